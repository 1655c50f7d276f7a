/** The role of a module within the network: convolution and batch norm of each layer, and the head. */
type Pair = readonly [conv: string, bn: string];

/**
 * How a code base names the modules of a RegNetX. In `block`, `{s}` and `{b}` stand for stage and
 * block counted from 1, `{s-1}` and `{b-1}` for the same counted from 0.
 */
export interface Scheme {
  /** In a sentence. */
  readonly label: string;
  /**
   * The order in which the code base's published networks take their channels: pycls and
   * MMPretrain train RegNetX on BGR (the configs/regnet of the latter say `to_rgb=False`).
   */
  readonly channelOrder: 'RGB' | 'BGR';
  /** Pillow's filter for the network's pictures, as whoever publishes weights with these names resizes. */
  readonly filter: 'bilinear' | 'bicubic';
  /** The module that stem and blocks stand in, beside the classifier: nothing, or a name and a dot. */
  readonly body: string;
  /** Within `body`, as `block`. */
  readonly stem: Pair;
  readonly block: string;
  readonly conv1: Pair;
  readonly conv2: Pair;
  readonly conv3: Pair;
  readonly downsample: Pair;
  /** Beside `body`. */
  readonly fc: string;
}

/** One table a scheme, read in both directions. timm's names are this project's own. */
export const SCHEMES = {
  timm: {
    label: 'timm',
    channelOrder: 'RGB',
    filter: 'bicubic',
    body: '',
    stem: ['stem.conv', 'stem.bn'],
    block: 's{s}.b{b}',
    conv1: ['conv1.conv', 'conv1.bn'],
    conv2: ['conv2.conv', 'conv2.bn'],
    conv3: ['conv3.conv', 'conv3.bn'],
    downsample: ['downsample.conv', 'downsample.bn'],
    fc: 'head.fc',
  },
  'd-li14': {
    label: 'd-li14/regnet.pytorch',
    channelOrder: 'RGB',
    filter: 'bilinear',
    body: '',
    stem: ['conv1', 'bn1'],
    block: 'layer{s}.{b-1}',
    conv1: ['conv1', 'bn1'],
    conv2: ['conv2', 'bn2'],
    conv3: ['conv3', 'bn3'],
    downsample: ['downsample.0', 'downsample.1'],
    fc: 'fc',
  },
  torchvision: {
    label: 'torchvision',
    channelOrder: 'RGB',
    filter: 'bilinear',
    body: '',
    stem: ['stem.0', 'stem.1'],
    block: 'trunk_output.block{s}.block{s}-{b-1}',
    conv1: ['f.a.0', 'f.a.1'],
    conv2: ['f.b.0', 'f.b.1'],
    conv3: ['f.c.0', 'f.c.1'],
    downsample: ['proj.0', 'proj.1'],
    fc: 'fc',
  },
  pycls: {
    label: 'pycls',
    channelOrder: 'BGR',
    filter: 'bilinear',
    body: '',
    stem: ['stem.conv', 'stem.bn'],
    block: 's{s}.b{b}',
    conv1: ['f.a', 'f.a_bn'],
    conv2: ['f.b', 'f.b_bn'],
    conv3: ['f.c', 'f.c_bn'],
    downsample: ['proj', 'bn'],
    fc: 'head.fc',
  },
  mmpretrain: {
    label: 'MMPretrain',
    channelOrder: 'BGR',
    filter: 'bilinear',
    body: 'backbone.',
    stem: ['conv1', 'bn1'],
    block: 'layer{s}.{b-1}',
    conv1: ['conv1', 'bn1'],
    conv2: ['conv2', 'bn2'],
    conv3: ['conv3', 'bn3'],
    downsample: ['downsample.0', 'downsample.1'],
    fc: 'head.fc',
  },
  transformers: {
    label: 'Hugging Face transformers',
    channelOrder: 'RGB',
    filter: 'bicubic',
    body: 'regnet.',
    stem: ['embedder.embedder.convolution', 'embedder.embedder.normalization'],
    block: 'encoder.stages.{s-1}.layers.{b-1}',
    conv1: ['layer.0.convolution', 'layer.0.normalization'],
    conv2: ['layer.1.convolution', 'layer.1.normalization'],
    conv3: ['layer.2.convolution', 'layer.2.normalization'],
    downsample: ['shortcut.convolution', 'shortcut.normalization'],
    fc: 'classifier.1',
  },
} as const satisfies Record<string, Scheme>;

export type SchemeId = keyof typeof SCHEMES;

/** Every scheme. */
export const SCHEME_IDS = Object.keys(SCHEMES) as readonly SchemeId[];
