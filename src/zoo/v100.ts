/** pycls's inference times on a V100, before its tables round them. */
import { citation, type Citation } from './results.ts';
import { pycls } from './sources.ts';

/** pycls's tables give the time for as many pictures on one GPU. */
export const V100_PICTURES = 64;
/** Its test batches are divided among as many. */
const GPUS = 8;

/** The forward time of one variant. */
export interface V100Time {
  /** The time of one GPU's share of a test batch. */
  readonly citation: Citation;
  /** That share: pictures at a time on one GPU. */
  readonly batch: number;
  /** Milliseconds for V100_PICTURES. */
  readonly ms: number;
}

/** As dev/model_zoo_tables.py computes the column `infer (ms)`, without its rounding. */
export function v100Time(model: string): V100Time {
  const time = citation(pycls, model, 'test_fw_time');
  const batch = citation(pycls, model, 'test_batch_size').figure.value / GPUS;
  return { citation: time, batch, ms: (time.figure.value * 1000 * V100_PICTURES) / batch };
}
