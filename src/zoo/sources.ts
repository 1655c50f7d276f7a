/**
 * Everything published, one source a file of content/results/. Each is an export of its own, so that
 * a page carries only what it uses. The build and the tests hold the files against the schema.
 */
import mmpretrainFile from '../../content/results/mmpretrain.json' with { type: 'json' };
import pyclsFile from '../../content/results/pycls.json' with { type: 'json' };
import seedFile from '../../content/results/d-li14.json' with { type: 'json' };
import timmFile from '../../content/results/timm.json' with { type: 'json' };
import torchvisionFile from '../../content/results/torchvision.json' with { type: 'json' };
import type { Source } from './schema.ts';

/** d-li14/regnet.pytorch: "ours". */
export const seed = seedFile as Source;
/** facebookresearch/pycls: "official". */
export const pycls = pyclsFile as Source;
export const timm = timmFile as Source;
export const torchvision = torchvisionFile as Source;
export const mmpretrain = mmpretrainFile as Source;
