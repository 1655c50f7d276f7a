import { createHash } from 'node:crypto';
import {
  convertInPieces,
  nameTensors,
  onnxInPieces,
  readContents,
  requireFit,
  usualPreprocessing,
} from '../checkpoints/index.ts';
import { models } from '../zoo/models.ts';
import { oneOf, onePositional, parseOptions, UsageError } from './arguments.ts';
import { CHANNEL_ORDER_OPTION, channelOrderOf, readCheckpointBytes } from './checkpoint-file.ts';
import { siteOf } from './publish.ts';
import { describe, ship, type Written } from './ship.ts';
import { printJson, printLines } from './terminal.ts';
import { readRecord, recordPath } from './training-record.ts';
import { writeWhole } from './write-file.ts';

const FORMATS = ['safetensors', 'onnx'] as const;

/**
 * `regnetx convert`: any checkpoint to safetensors with timm's names, or to ONNX. Without `-o` a
 * training record beside the checkpoint says what it is, and the result goes into the site
 * (`--site`, this one).
 */
export async function convertFile(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, {
    ...CHANNEL_ORDER_OPTION,
    output: { type: 'string', short: 'o' },
    to: { type: 'string', default: 'safetensors' },
    dtype: { type: 'string' },
    site: { type: 'string' },
    json: { type: 'boolean' },
  });
  const file = onePositional(positionals, 'a checkpoint file');
  const { output, site } = values;
  const to = oneOf('--to', values.to, FORMATS);
  const onSite = output === undefined;
  const dtype = oneOf('--dtype', values.dtype ?? (onSite ? 'f16' : 'f32'), ['f16', 'f32']);
  if (to === 'onnx' && onSite) throw new UsageError('Say where to write with -o OUT.onnx.');
  if (to === 'onnx' && dtype === 'f16')
    throw new UsageError('ONNX is written in float32; leave out --dtype f16.');

  const contents = readContents(await readCheckpointBytes(file));
  const record = await readRecord(file);
  const channelOrder = channelOrderOf(values) ?? record?.channelOrder;
  const checkpoint = nameTensors(contents, { channelOrder });
  const fit = requireFit(checkpoint, models);
  const description = record && describe(record, fit);

  let outputs: readonly string[];
  let written: Written;
  if (output !== undefined) {
    outputs = [output];
    const preprocessing =
      (description ?? checkpoint.description)?.preprocessing ??
      usualPreprocessing(checkpoint.scheme);
    const pieces =
      to === 'onnx'
        ? onnxInPieces(checkpoint, fit, { preprocessing, description })
        : convertInPieces(checkpoint, fit, { dtype, description });
    written = await writeCounted(output, pieces);
  } else if (description) {
    ({ outputs, ...written } = await ship(siteOf(site), { checkpoint, fit, description, dtype }));
  } else {
    throw new UsageError(
      `Say where to write with -o OUT.safetensors, or describe the checkpoint in ${recordPath(file)} to put it on the site.`,
    );
  }
  const { scheme: naming, container } = checkpoint;
  const { design: variant, classes, params } = fit;
  if (values.json)
    printJson({ outputs, container, naming, variant, classes, params, to, dtype, ...written });
  else
    printLines([
      ...outputs,
      `${written.bytes.toLocaleString('en')} bytes, ${dtype}, SHA-256 ${written.sha256}`,
    ]);
}

/** Writes a file piece by piece, and tells what was written. */
async function writeCounted(file: string, pieces: Iterable<Uint8Array>): Promise<Written> {
  const hash = createHash('sha256');
  let bytes = 0;
  function* counted() {
    for (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  }
  await writeWhole({ file, pieces: counted() });
  return { bytes, sha256: hash.digest('hex') };
}
