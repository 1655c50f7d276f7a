/** What somebody dropped on a panel that takes pictures and checkpoints. */

/** How checkpoints are called; a file with such a name is told what is wrong with it as one. */
const CHECKPOINT_NAMES = /\.(pth|pyth|pt|ckpt|bin|safetensors)$/i;
/** Enough for every container's first bytes. */
const HEAD_BYTES = 64;

/**
 * Told from the first bytes: a checkpoint may have any name. What is neither counts as a picture
 * unless its name is a checkpoint's, so that its error speaks of what was meant.
 */
export async function kindOf(file: File): Promise<'checkpoint' | 'picture'> {
  if (file.type.startsWith('image/')) return 'picture';
  if (CHECKPOINT_NAMES.test(file.name)) return 'checkpoint';
  const { looksLikeCheckpoint } = await import('../../checkpoints/container.ts');
  // What cannot be read, such as a folder, is told by whoever opens it as a picture.
  const head = await file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  return looksLikeCheckpoint(new Uint8Array(head)) ? 'checkpoint' : 'picture';
}
