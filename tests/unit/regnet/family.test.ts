import { describe, expect, it } from 'vitest';
import {
  complexityOf,
  float32Bytes,
  layersOf,
  networkOf,
  stagesOf,
} from '../../../src/regnet/index.ts';
import { models } from '../../../src/zoo/models.ts';
import { citation } from '../../../src/zoo/results.ts';
import { mmpretrain, pycls, seed, timm, torchvision } from '../../../src/zoo/sources.ts';
import designs from '../../fixtures/regnet/designs.json' with { type: 'json' };
import seedNetworks from '../../fixtures/regnet/seed.json' with { type: 'json' };

describe.each(models)('$name', ({ id, design }) => {
  const network = networkOf(design);

  it.each(['params', 'flops', 'acts'] as const)('has the published %s', (cost) => {
    expect(network.complexity[cost]).toBe(citation(pycls, id, cost).figure.value);
  });

  it("has d-li14's depths, widths and group width", () => {
    const { depths, widths, groupWidth } = seedNetworks[id as keyof typeof seedNetworks];
    expect(network.stages.map((s) => s.depth)).toEqual(depths);
    expect(network.stages.map((s) => s.width)).toEqual(widths);
    expect(network.stages.every((s) => s.groupWidth === Math.min(groupWidth, s.width))).toBe(true);
  });

  it('has groups that divide every stage', () => {
    for (const { width, groups, groupWidth } of network.stages)
      expect(groups * groupWidth).toBe(width);
  });
});

describe('any other design', () => {
  it.each(designs)('d=$d w0=$w0 wa=$wa wm=$wm g=$g agrees with numpy', (expected) => {
    const { d, w0, wa, wm, g, stages } = expected;
    const found = stagesOf({ depth: d, w0, wa, wm, groupWidth: g });
    expect(found.map((s) => [s.width, s.depth, s.groupWidth])).toEqual(stages);
  });

  it('rounds halves to even where the family depends on it', () => {
    const widths = (id: string) => {
      const model = models.find((m) => m.id === id);
      return model ? stagesOf(model.design).map((s) => s.width) : [];
    };
    expect(widths('regnetx_004').at(-1)).toBe(384);
    expect(widths('regnetx_016').at(1)).toBe(168);
  });
});

describe('layer list', () => {
  const stages = stagesOf({ depth: 6, w0: 16, wa: 10.5, wm: 2.1, groupWidth: 8 });

  it('names inputs and residuals that come earlier', () => {
    const seen = new Set(['image']);
    for (const layer of layersOf(stages, 64, 10)) {
      expect(seen).toContain(layer.input);
      if (layer.residual !== null) expect(seen).toContain(layer.residual);
      seen.add(layer.name);
    }
  });

  it('has the shapes of a picture of odd size', () => {
    const sizes = layersOf(stages, 63, 10)
      .filter((l) => l.role === 'conv2')
      .map((l) => l.hout);
    expect(sizes[0]).toBe(16);
    expect(new Set(sizes)).toEqual(new Set([16, 8, 4]));
  });

  it('counts another resolution and class count', () => {
    const at = (resolution: number, classes: number) =>
      complexityOf(layersOf(stages, resolution, classes));
    expect(at(64, 10).params).toBe(49450);
    expect(at(128, 10).params).toBe(at(64, 10).params);
    expect(at(64, 1000).params - at(64, 10).params).toBe(990 * ((stages.at(-1)?.width ?? 0) + 1));
    const head = at(64, 10).flops - at(64, 1).flops;
    expect(head).toBe(9 * ((stages.at(-1)?.width ?? 0) + 1));
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity])('refuses a resolution of %s', (resolution) => {
    expect(() => layersOf(stages, resolution)).toThrow(/^resolution must be/);
  });

  it.each([0, 2.5, Number.NaN])('refuses %s classes', (classes) => {
    expect(() => layersOf(stages, 224, classes)).toThrow(/^classes must be/);
  });
});

describe('designs that cannot exist', () => {
  const good = { depth: 13, w0: 24, wa: 36.44, wm: 2.49, groupWidth: 8 };
  it.each([
    ['depth', { depth: 0 }],
    ['depth', { depth: 2.5 }],
    ['depth', { depth: Number.NaN }],
    ['depth', { depth: 1e9 }],
    ['w0', { w0: 20 }],
    ['w0', { w0: 0 }],
    ['w0', { w0: -8 }],
    ['wa', { wa: -1 }],
    ['wa', { wa: Number.NaN }],
    ['wa', { wa: Infinity }],
    ['wa', { wa: 1e9 }],
    ['wm', { wm: 1 }],
    ['wm', { wm: 0.5 }],
    ['wm', { wm: Number.NaN }],
    ['groupWidth', { groupWidth: 0 }],
    ['groupWidth', { groupWidth: 1.5 }],
  ])('%s is named for %j', (parameter, change) => {
    expect(() => networkOf({ ...good, ...change })).toThrow(
      expect.objectContaining({
        parameter,
        message: expect.stringMatching(`^${parameter} must be`) as string,
      }),
    );
  });
});

it('counts what other sources publish, where they describe the same network', () => {
  const params = (id: string) => {
    const model = models.find((m) => m.id === id);
    return model ? networkOf(model.design).complexity.params : Number.NaN;
  };
  // The README's 15.296 M of RegNetX-3.2G is cut, not rounded: 15,296,552.
  for (const { id } of models)
    expect(Math.abs(citation(seed, id, 'params').figure.value * 1e6 - params(id))).toBeLessThan(
      1000,
    );
  const different = torchvision.figures
    .filter((f) => f.metric === 'params' && f.value !== params(f.model))
    .map((f) => f.model);
  expect(new Set(different)).toEqual(new Set(['regnetx_004']));
  const timmOff = timm.figures
    .filter((f) => f.metric === 'params' && Math.abs(f.value * 1e6 - params(f.model)) > 5000)
    .map((f) => f.checkpoint);
  expect(timmOff).toEqual(['regnetx_004_tv.tv2_in1k']);
  const mmOff = mmpretrain.figures
    .filter((f) => f.metric === 'params' && Math.abs(f.value - params(f.model)) > 5000)
    .map((f) => f.model);
  expect(mmOff).toEqual(['regnetx_032']);
});

it('tells the bytes of a float32 file: parameters and two running statistics a channel', () => {
  const [smallest] = models;
  const { layers } = networkOf(
    smallest?.design ?? { depth: 1, w0: 8, wa: 0, wm: 2, groupWidth: 8 },
  );
  expect(float32Bytes(layers)).toBe(4 * (2_684_792 + 20_848));
});
