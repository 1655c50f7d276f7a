/** The lines of Python that hand on the maps of a variant's stages. */
import { TORCHVISION_400MF } from '../regnet/index.ts';
import { ENDINGS } from './endings.ts';
import type { Model } from './models.ts';

/** In one library. */
export interface FeatureSnippet {
  readonly library: 'timm' | 'torchvision';
  readonly code: string;
  /** What to know before it is copied. */
  readonly note?: string;
}

/** In timm, and in torchvision where that has the variant; `images` are batches of 3 channels. */
export function featuresIn({ id, names }: Pick<Model, 'id' | 'names'>): FeatureSnippet[] {
  const inTimm = `import timm

model = timm.create_model('${names.timm}${ENDINGS.pyclsInTimm}', pretrained=True,
                          features_only=True, out_indices=(1, 2, 3, 4)).eval()
s1, s2, s3, s4 = model(images)  # strides 4, 8, 16, 32`;
  const { torchvision } = names;
  if (torchvision === undefined) return [{ library: 'timm', code: inTimm }];
  const inTorchvision = `from torchvision.models import ${torchvision}
from torchvision.models.feature_extraction import create_feature_extractor

model = create_feature_extractor(
    ${torchvision}(weights='${ENDINGS.v2}'),
    {f'trunk_output.block{i}': f's{i}' for i in (1, 2, 3, 4)}).eval()
maps = model(images)  # s1 to s4: strides 4, 8, 16, 32`;
  return [
    { library: 'timm', code: inTimm },
    {
      library: 'torchvision',
      code: inTorchvision,
      ...(id === TORCHVISION_400MF.of
        ? { note: 'torchvision’s 400MF is another network: its s4 has 400 channels, not 384.' }
        : {}),
    },
  ];
}
