/** Whose names tensors have that are of no RegNetX. */

/** One name of a kind is enough, so each stands for what no RegNetX has. */
const OTHERS: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: /\.lora_[AB]\b|\blora_(up|down)\./,
    what: 'adapters (LoRA), which change a network and are none',
  },
  { pattern: /(^|\.)(patch_embed\.|conv_proj\.|vit\.|cls_token$)/, what: 'a vision transformer' },
  { pattern: /\.relative_position_bias_table$/, what: 'a Swin transformer' },
  { pattern: /(^|\.)denseblock\d/, what: 'a DenseNet' },
  {
    pattern: /(^|\.)(conv_stem|_conv_stem)\.|\.(conv_pw|_depthwise_conv)\./,
    what: 'an EfficientNet or MobileNet',
  },
  { pattern: /\.(conv_dw|dwconv)\.weight$/, what: 'a ConvNeXt' },
  { pattern: /(^|\.)Mixed_\d/, what: 'an Inception network' },
  { pattern: /(^|\.)model\.\d+\.(cv\d|conv)\./, what: 'a YOLO' },
  {
    pattern: /(^|\.)(transformer\.h|encoder\.layer|decoder\.layers|model\.layers)\.\d+\./,
    what: 'a language model',
  },
  { pattern: /(^|\.)features\.\d+\./, what: 'a VGG, MobileNet or EfficientNet of torchvision' },
  { pattern: /(^|\.)layer\d\.\d+\.conv\d\.weight$/, what: 'a ResNet' },
];

/** What the names resemble, for a sentence; undefined where nothing known. */
export function resemblanceOf(names: Iterable<string>): string | undefined {
  for (const name of names) {
    const found = OTHERS.find(({ pattern }) => pattern.test(name));
    if (found) return found.what;
  }
  return undefined;
}
