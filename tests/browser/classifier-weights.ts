/** The demonstration network in the two kinds that the classifier must agree with PyTorch in. */
import {
  convert,
  readCheckpoint,
  requireFit,
  type CheckpointDescription,
} from '../../src/checkpoints/index.ts';
import labelTable from '../../content/labels/tiny-imagenet-200.tsv?raw';
import { models } from '../../src/zoo/models.ts';

/** The golden pictures are 128 px already, so this preprocessing leaves them as they are. */
const DESCRIPTION: CheckpointDescription = {
  id: 'regnetx_002.tiny-imagenet-200',
  variant: 'regnetx_002',
  dataset: 'Tiny-ImageNet-200',
  labels: 'tiny-imagenet-200',
  classes: 200,
  preprocessing: {
    resize: 128,
    crop: 128,
    interpolation: 'bilinear',
    channelOrder: 'RGB',
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  },
  accuracy: [],
  training: '',
  licence: 'MIT',
};

export async function fixture(name: string): Promise<Blob> {
  const response = await fetch(new URL(`../fixtures/weights/${name}`, import.meta.url));
  return response.blob();
}

/** PyTorch's own file, converted as `regnetx convert` does it. */
export async function weights(dtype: 'f16' | 'f32'): Promise<Uint8Array<ArrayBuffer>> {
  const file = await fixture('regnetx_002.tiny-imagenet-200.pth');
  const checkpoint = readCheckpoint(new Uint8Array(await file.arrayBuffer()));
  return convert(checkpoint, requireFit(checkpoint, models), { dtype, description: DESCRIPTION });
}

/** Where the class names can be fetched, as the site's endpoint gives them. */
export function labelsUrl(): string {
  const [, ...rows] = labelTable.trimEnd().split('\n');
  const names = rows.map((row) => row.split('\t')[3]);
  return URL.createObjectURL(new Blob([JSON.stringify(names)], { type: 'application/json' }));
}
