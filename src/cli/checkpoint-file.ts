import {
  nameTensors,
  readContents,
  requireFit,
  type Checkpoint,
  type Fit,
} from '../checkpoints/index.ts';
import { models } from '../zoo/models.ts';
import { oneOf } from './arguments.ts';
import { readBytes } from './read-file.ts';

/** For `parseOptions` of every verb that reads a checkpoint. */
export const CHANNEL_ORDER_OPTION = { 'channel-order': { type: 'string' } } as const;

/** What `--channel-order` says, if anything. */
export function channelOrderOf(values: {
  readonly 'channel-order'?: string | undefined;
}): 'RGB' | 'BGR' | undefined {
  const order = values['channel-order'];
  return order === undefined ? undefined : oneOf('--channel-order', order, ['RGB', 'BGR'] as const);
}

/** Reads a checkpoint that must fit a RegNetX. Throws a UsageError or CheckpointError. */
export async function readFittingFile(
  file: string,
  channelOrder?: 'RGB' | 'BGR',
): Promise<{ checkpoint: Checkpoint; fit: Fit }> {
  const checkpoint = nameTensors(readContents(await readBytes(file)), { channelOrder });
  return { checkpoint, fit: requireFit(checkpoint, models) };
}
