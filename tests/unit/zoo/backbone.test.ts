import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { backboneOf, BACKBONE_SIDES } from '../../../src/zoo/backbone.ts';
import { detectorsOf } from '../../../src/zoo/detection.ts';
import { featuresIn } from '../../../src/zoo/features.ts';
import { modelOf, models } from '../../../src/zoo/models.ts';
import { useSchema } from '../../../src/zoo/schema.ts';
import { mmdetection } from '../../../src/zoo/sources.ts';
import { elsewhere, use } from '../../../src/zoo/use.ts';

describe('the maps of a backbone', () => {
  it('halve from stride 4 to 32, and have the stages’ widths', () => {
    for (const model of models)
      expect(backboneOf(model).map(({ stride }) => stride)).toEqual([4, 8, 16, 32]);
    expect(backboneOf(modelOf('regnetx_120')).map(({ channels }) => channels)).toEqual([
      224, 448, 896, 2240,
    ]);
  });

  it('are as large as the picture divided by the stride', () => {
    for (const { stride, sides } of backboneOf(modelOf('regnetx_032')))
      expect(sides).toEqual(BACKBONE_SIDES.map((side) => side / stride));
  });
});

describe('detectors', () => {
  it('are all that the source has, each with its schedule', () => {
    const all = models.flatMap(({ id }) => detectorsOf(id));
    const figures = all.flatMap(({ box, mask }) => (mask ? [box, mask] : [box]));
    expect(figures).toHaveLength(mmdetection.figures.length);
    for (const { epochs } of all) expect([12, 24, 36]).toContain(epochs);
    expect(detectorsOf('regnetx_002')).toEqual([]);
  });

  it('stand from the simplest to the dearest', () => {
    const told = detectorsOf('regnetx_032').map(
      ({ name, epochs, multiScale, box, mask }) =>
        `${name} ${epochs}${multiScale ? 's' : ''} ${box.figure.value}/${mask?.figure.value ?? '-'}`,
    );
    expect(told).toEqual([
      'RetinaNet 12 39.1/-',
      'Faster R-CNN 12 39.9/-',
      'Faster R-CNN 24 41.1/-',
      'Faster R-CNN 36s 42.3/-',
      'Mask R-CNN 12 40.3/36.6',
      'Mask R-CNN 36s 43.1/38.7',
      'Cascade Mask R-CNN 36s 45.8/40',
    ]);
  });

  it('never have masks more precise than boxes', () => {
    for (const { box, mask } of models.flatMap(({ id }) => detectorsOf(id)))
      if (mask) expect(mask.figure.value).toBeLessThan(box.figure.value);
  });
});

describe('the code that hands on the maps', () => {
  it('is timm’s for all, torchvision’s for those that it has', () => {
    for (const model of models) {
      const libraries = featuresIn(model).map(({ library }) => library);
      expect(libraries).toEqual(model.names.torchvision ? ['timm', 'torchvision'] : ['timm']);
    }
    const [inTimm, inTorchvision] = featuresIn(modelOf('regnetx_004'));
    expect(inTimm?.code).toContain("'regnetx_004.pycls_in1k'");
    expect(inTorchvision?.code).toContain('regnet_x_400mf(weights=');
    expect(inTorchvision?.note).toContain('another network');
  });
});

describe('use and limits', () => {
  it('fit the schema', () => {
    const file: unknown = JSON.parse(readFileSync('content/use.json', 'utf8'));
    expect(useSchema.parse(file)).toEqual(use);
  });

  it('show every variant on pictures of another origin, where it is worse', () => {
    for (const { id } of models) {
      const sets = elsewhere(id);
      expect(sets).toHaveLength(2);
      for (const { here, there } of sets) expect(there.accuracy).toBeLessThan(here.accuracy);
    }
  });
});
