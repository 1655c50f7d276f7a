/** A checkpoint and its training record, as a network that ships with the site. */
import { createHash } from 'node:crypto';
import {
  convert,
  descriptionSchema,
  type Checkpoint,
  type CheckpointDescription,
  type Fit,
} from '../checkpoints/index.ts';
import { UsageError } from './arguments.ts';
import { publish } from './publish.ts';
import type { ParsedRecord } from './training-record.ts';

/** What was written into a file. */
export interface Written {
  readonly bytes: number;
  readonly sha256: string;
}

interface Shipment {
  readonly checkpoint: Checkpoint;
  readonly fit: Fit;
  readonly description: CheckpointDescription;
  readonly dtype: 'f16' | 'f32';
}

/**
 * Converts a checkpoint and puts it into a site, batch norm halved like the rest: what ships is
 * downloaded by everybody. Errors as in `convert` and `publish`.
 */
export async function ship(
  site: string,
  { checkpoint, fit, description, dtype }: Shipment,
): Promise<Written & { readonly outputs: readonly string[] }> {
  const bytes = convert(checkpoint, fit, { dtype, norm: dtype, description });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const outputs = await publish(site, bytes, { description, dtype, sha256 });
  return { outputs, bytes: bytes.length, sha256 };
}

/** The description with what the checkpoint tells, which must not contradict it. */
export function describe({ file, description }: ParsedRecord, fit: Fit): CheckpointDescription {
  if (fit.design !== description.variant)
    throw new UsageError(
      `${file}: variant: it says ${description.variant}, but the weights are ${fit.design === null ? 'none of the twelve' : `a ${fit.design}`}.`,
    );
  return descriptionSchema.parse({ ...description, classes: fit.classes });
}
