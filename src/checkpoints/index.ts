/**
 * Checkpoints: bytes to named tensors, to a network that they fit, to folded weights; and back to a
 * file. The same code in the browser and in Node.
 */
export { nameTensors, type Checkpoint, type ReadOptions } from './checkpoint.ts';
export { readContents, type Container, type Contents } from './container.ts';
export { convert, convertInPieces, type ConvertOptions } from './convert.ts';
export * from './description.ts';
export {
  CLOSE,
  diffCheckpoints,
  type CheckpointDiff,
  type LayerDifference,
  type TensorDifference,
  type Verdict,
} from './diff.ts';
export type { Fitted } from './diff-settings.ts';
export type { Setting } from './diff-settings.ts';
export { CheckpointError, type CheckpointErrorCode, type Mismatch } from './errors.ts';
export {
  fitRegNetX,
  misfitError,
  requireFit,
  tellMismatch,
  type Fit,
  type KnownDesign,
} from './fit.ts';
export { foldBatchNorm, foldLayer, type FoldedLayer, type FoldedWeights } from './fold.ts';
export {
  cluesOf,
  LABEL_SETS,
  usualPreprocessing,
  type CheckpointClues,
  type CheckpointMeaning,
} from './meaning.ts';
export { namerOf } from './naming.ts';
export { onnxInPieces, type OnnxConvertOptions } from './onnx/convert.ts';
export { readCheckpoint } from './read.ts';
export { SCHEMES, type SchemeId } from './schemes.ts';
export { isShardIndex, joinShards, missingShards, shardNameOf, type NamedFile } from './shards.ts';
export { MOST_BINS, statisticsOf, type TensorStatistics } from './statistics.ts';
export { type ChannelOrder, type ClassNames } from './told.ts';
export { bytesOf, elementsOf, toFloat32, type Dtype, type Tensor } from './tensor.ts';
