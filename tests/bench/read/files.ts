/** Checkpoints of any size, written piece by piece: nothing but one tensor stands in memory. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { parametersOf, type Parameter } from '../../../src/checkpoints/parameters.ts';
import { safetensorsPieces } from '../../../src/checkpoints/safetensors.ts';
import { networkOf, type Design } from '../../../src/regnet/index.ts';
import { seededValues } from '../../seeded.ts';

const elements = ({ shape }: Parameter) => shape.reduce((product, size) => product * size, 1);

/** Values that are neither zero nor regular, repeated from one block: making them must not take long. */
const BLOCK = seededValues(1 << 20, 5);
function valuesOf(parameter: Parameter): Float32Array {
  const values = new Float32Array(elements(parameter));
  for (let at = 0; at < values.length; at += BLOCK.length)
    values.set(BLOCK.subarray(0, Math.min(BLOCK.length, values.length - at)), at);
  // Variances are positive.
  return parameter.name.endsWith('running_var') ? values.map(Math.abs) : values;
}

const parameters = (design: Design) => networkOf(design).layers.flatMap(parametersOf);

function writePieces(file: string, pieces: Iterable<Uint8Array>): void {
  const descriptor = openSync(file, 'w');
  for (const piece of pieces)
    for (let done = 0; done < piece.length;) done += writeSync(descriptor, piece, done);
  closeSync(descriptor);
}

/** A network as safetensors with timm's names, float32. */
export function writeSafetensorsFile(file: string, design: Design): void {
  const tensors = parameters(design).map((p) => ({
    name: p.name,
    shape: p.shape,
    dtype: 'F32' as const,
    values: () => valuesOf(p),
  }));
  writePieces(file, safetensorsPieces(tensors, { format: 'pt' }));
}

/** A network as torch.save writes it since 1.6: a zip of stored entries, storages aligned to 64 bytes. */
export function writeTorchZipFile(file: string, design: Design): void {
  writePieces(file, zipPieces(torchEntries(parameters(design))));
}

interface Entry {
  readonly name: string;
  readonly data: () => Uint8Array;
}

function* torchEntries(all: readonly Parameter[]): Generator<Entry> {
  yield { name: 'archive/data.pkl', data: () => pickle(all) };
  for (const [key, parameter] of all.entries())
    yield {
      name: `archive/data/${key}`,
      data: () => new Uint8Array(valuesOf(parameter).buffer),
    };
}

const text = (value: string) => Buffer.from(value, 'latin1');
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const string = (value: string) => Buffer.concat([text('X'), int32(value.length), text(value)]);
const int = (value: number) => Buffer.concat([text('J'), int32(value)]);
const tuple = (...items: Buffer[]) => Buffer.concat([text('('), ...items, text('t')]);
const global = (module: string, name: string) => text(`c${module}\n${name}\n`);
const ordered = Buffer.concat([global('collections', 'OrderedDict'), text(')R')]);

/** An OrderedDict of tensors as pickle protocol 2, each with a storage of its own. */
function pickle(all: readonly Parameter[]): Uint8Array {
  const items = all.map((parameter, key) => {
    const strides = parameter.shape.map((_, axis) =>
      parameter.shape.slice(axis + 1).reduce((product, size) => product * size, 1),
    );
    const storage = tuple(
      string('storage'),
      global('torch', 'FloatStorage'),
      string(String(key)),
      string('cpu'),
      int(elements(parameter)),
    );
    return Buffer.concat([
      string(parameter.name),
      global('torch._utils', '_rebuild_tensor_v2'),
      tuple(
        Buffer.concat([storage, text('Q')]),
        int(0),
        tuple(...parameter.shape.map(int)),
        tuple(...strides.map(int)),
        text('\x89'),
        ordered,
      ),
      text('R'),
    ]);
  });
  return Buffer.concat([text('\x80\x02'), ordered, text('('), ...items, text('u.')]);
}

const ALIGNMENT = 64;

/** A zip of stored entries; an extra field before each keeps its data aligned, as PyTorch does. */
function* zipPieces(entries: Iterable<Entry>): Generator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const bytes = data();
    const misaligned = (offset + 30 + name.length + 4) % ALIGNMENT;
    const extra = Buffer.alloc(4 + ((ALIGNMENT - misaligned) % ALIGNMENT), 'Z');
    extra.write('FB', 'latin1');
    extra.writeUInt16LE(extra.length - 4, 2);
    const common = Buffer.alloc(26);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    common.writeUInt16LE(extra.length, 24);
    const header = Buffer.concat([text('PK\x03\x04'), common, text(name), extra]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    const listed = Buffer.from(common);
    listed.writeUInt16LE(0, 24);
    directory.push(Buffer.concat([text('PK\x01\x02\0\0'), listed, central, text(name)]));
    yield header;
    yield bytes;
    offset += header.length + bytes.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  yield central;
  yield Buffer.concat([text('PK\x05\x06'), end]);
}
