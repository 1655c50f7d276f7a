/** Backbones of other families as the home page shows them: at build time, never in an island. */
import file from '../../content/families.json' with { type: 'json' };
import type { Other } from './others.ts';
import { passportId, type Citation } from './results.ts';
import type { Families, Source } from './schema.ts';

const { models, benchmarkUrl, ...origin } = file as Families;
const source: Source = { ...origin, protocols: {}, figures: [] };
type Backbone = Families['models'][number];

/**
 * Every backbone with its accuracy and costs at the size on which the accuracy was measured. timm
 * counts some at another size: multiply-adds and activations are then scaled by the area of the
 * picture, which is what convolutions cost; a time is not scaled but left out.
 */
export function others(): Other[] {
  return models.map((backbone) => {
    const { name, label, top1, resolution, benchmarkResolution, perSecond } = backbone;
    const scale = (resolution / benchmarkResolution) ** 2;
    return {
      name,
      ...(label === undefined ? {} : { label }),
      accuracy: top1,
      costs: {
        flops: backbone.flops * 1e9 * scale,
        params: backbone.params * 1e6,
        acts: backbone.acts * 1e6 * scale,
        gpu: scale === 1 ? 1000 / perSecond : null,
        cpu: null,
        time: null,
        bytes: null,
      },
      passport: passportId(citationOf(backbone)),
    };
  });
}

/** Their passports. */
export function publishedOthers(): { citation: Citation; label: string }[] {
  return models.map((backbone) => ({
    citation: citationOf(backbone),
    label: `top-1, ${backbone.name}`,
  }));
}

function citationOf(backbone: Backbone): Citation {
  const { name, top1, resolution, cropShare, interpolation, benchmarkResolution } = backbone;
  const scaled =
    resolution === benchmarkResolution
      ? ''
      : ` Multiply-adds and activations are counted at ${benchmarkResolution} px and scaled by area.`;
  return {
    figure: {
      model: name,
      metric: 'top1',
      value: top1,
      unit: '%',
      dataset: 'imagenet',
      note: `Crop of ${resolution} px, ${Math.round(100 * cropShare)}% of the shorter side, ${interpolation}.${scaled} Costs: ${benchmarkUrl.split('/').pop() ?? ''}.`,
    },
    source,
    protocol: undefined,
    url: source.url,
  };
}
