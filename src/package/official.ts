/** The paper's authors' weights of the twelve variants, as timm keeps them on the Hugging Face hub. */
import { publishedCheckpointSchema } from '../checkpoints/description.ts';
import type { CheckpointMeaning } from '../checkpoints/meaning.ts';
import { float32Bytes, networkOf } from '../regnet/index.ts';
import { EngineError } from '../threads/errors.ts';
import type { HubFile } from '../weights/hub-file.ts';
import { findModel, models } from '../zoo/models.ts';
import regnetx002 from '../../content/checkpoints/regnetx_002.pycls_in1k.json' with { type: 'json' };
import regnetx004 from '../../content/checkpoints/regnetx_004.pycls_in1k.json' with { type: 'json' };
import regnetx006 from '../../content/checkpoints/regnetx_006.pycls_in1k.json' with { type: 'json' };
import regnetx008 from '../../content/checkpoints/regnetx_008.pycls_in1k.json' with { type: 'json' };
import regnetx016 from '../../content/checkpoints/regnetx_016.pycls_in1k.json' with { type: 'json' };
import regnetx032 from '../../content/checkpoints/regnetx_032.pycls_in1k.json' with { type: 'json' };
import regnetx040 from '../../content/checkpoints/regnetx_040.pycls_in1k.json' with { type: 'json' };
import regnetx064 from '../../content/checkpoints/regnetx_064.pycls_in1k.json' with { type: 'json' };
import regnetx080 from '../../content/checkpoints/regnetx_080.pycls_in1k.json' with { type: 'json' };
import regnetx120 from '../../content/checkpoints/regnetx_120.pycls_in1k.json' with { type: 'json' };
import regnetx160 from '../../content/checkpoints/regnetx_160.pycls_in1k.json' with { type: 'json' };
import regnetx320 from '../../content/checkpoints/regnetx_320.pycls_in1k.json' with { type: 'json' };

const ENTRIES: readonly { readonly variant: string }[] = [
  regnetx002,
  regnetx004,
  regnetx006,
  regnetx008,
  regnetx016,
  regnetx032,
  regnetx040,
  regnetx064,
  regnetx080,
  regnetx120,
  regnetx160,
  regnetx320,
];

export interface OfficialWeights {
  readonly file: HubFile;
  readonly meaning: CheckpointMeaning;
}

/**
 * A variant's file, and what its numbers mean. `base` is a host that is laid out like the hub. Throws
 * an EngineError (`download`) when there is no such variant.
 */
export function officialWeights(variant: string, base: string | undefined): OfficialWeights {
  const model = findModel(variant);
  const entry = model && ENTRIES.find((one) => one.variant === model.id);
  if (!entry)
    throw new EngineError(
      'download',
      `There is no variant ${variant}; there are ${models.map(({ id }) => id).join(', ')}.`,
    );
  const { id, url, sha256, preprocessing, labels } = publishedCheckpointSchema.parse(entry);
  const at = base === undefined ? url : base.replace(/\/$/, '') + new URL(url).pathname;
  const bytes = float32Bytes(networkOf(model.design).layers);
  return { file: { id, url: at, bytes, sha256 }, meaning: { preprocessing, labels } };
}
