import { describe, expect, test } from 'vitest';
import { CheckpointError, readContents } from '../../../src/checkpoints/index.ts';

/** A character a byte. */
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

function messageOf(bytes: Uint8Array): string {
  try {
    readContents(bytes);
  } catch (error) {
    if (error instanceof CheckpointError) return error.message;
    throw error;
  }
  throw new Error('The file was read.');
}

/** The names of an archive whose entries are empty. */
function archive(...names: string[]): string {
  const number = (value: number, length: number): string =>
    Array.from({ length }, (_, i) => String.fromCharCode((value >> (8 * i)) & 255)).join('');
  const local = names.map(
    (name) => `PK\x03\x04${'\0'.repeat(22)}${number(name.length, 2)}\0\0${name}`,
  );
  const central = names.map(
    (name) => `PK\x01\x02${'\0'.repeat(24)}${number(name.length, 2)}${'\0'.repeat(16)}${name}`,
  );
  const [data, directory] = [local.join(''), central.join('')];
  const counts = number(names.length, 2).repeat(2);
  return `${data}${directory}PK\x05\x06\0\0\0\0${counts}${number(directory.length, 4)}${number(data.length, 4)}\0\0`;
}

/** An old PyTorch file without storages around the opcodes. */
const torch = (code: string): string =>
  `\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.\x80\x02}U\x0dlittle_endian\x88s.\x80\x02${code}.\x80\x02].`;

describe('a file of another format is called by its name', () => {
  test.each([
    ['gzip', '\x1f\x8b\x08\0', 'packed with gzip; unpack it (gunzip)'],
    ['bzip2', 'BZh91AY', 'packed with bzip2; unpack it'],
    ['xz', '\xfd7zXZ\0', 'packed with xz; unpack it'],
    ['zstd', '(\xb5/\xfd', 'packed with Zstandard; unpack it'],
    ['7z', "7z\xbc\xaf'\x1c", 'a 7-Zip archive; unpack it'],
    ['rar', 'Rar!\x1a\x07\x01', 'a RAR archive; unpack it'],
    ['tar', `model.pth${'\0'.repeat(248)}ustar`, 'a tar archive; unpack it'],
    ['HDF5', '\x89HDF\r\n\x1a\n', 'an HDF5 file, as Keras and TensorFlow write; load'],
    ['TFLite', '\x1c\0\0\0TFL3', 'a TensorFlow Lite model'],
    ['GGUF', 'GGUF\x03\0\0\0', 'a GGUF file'],
    ['ONNX', '\x08\x08\x12\x07pytorch', 'an ONNX model'],
    ['ONNX without a producer', '\x08\x07:\x80\x01', 'an ONNX model'],
    ['Core ML', '\x08\x04\x12\x0a\x0a\x05input', 'a Core ML model or a TensorFlow SavedModel'],
    ['npy', '\x93NUMPY\x01\0', 'a NumPy array'],
    ['Flax', '\x81\xa6params\x81', 'a MessagePack file'],
    ['JPEG', '\xff\xd8\xff\xe0', 'a picture; bring a checkpoint here'],
    ['PNG', '\x89PNG\r\n\x1a\n', 'a picture'],
    ['GIF', 'GIF89a', 'a picture'],
    ['WebP', 'RIFF\0\0\0\0WEBPVP8 ', 'a picture'],
    ['AVIF', '\0\0\0\x1cftypavif', 'a picture'],
    ['SVG', '<svg xmlns="">', 'a picture'],
    ['MP4', '\0\0\0\x1cftypisom', 'a video or sound'],
    ['PDF', '%PDF-1.7', 'a PDF document'],
    ['ELF', '\x7fELF', 'a program'],
    [
      'LFS',
      'version https://git-lfs.github.com/spec/v1\noid sha256:00',
      'a Git LFS pointer, not the file it points to; run git lfs pull',
    ],
    ['HTML', '\n<!DOCTYPE html><html>', 'a web page; the download went wrong'],
    [
      'S3',
      '<?xml version="1.0"?>\n<Error><Code>AccessDenied',
      "a server's error message (XML); the download",
    ],
    [
      'shards',
      '{"metadata": {}, "weight_map": {"a": "b"}}',
      'an index of shards, which holds no weights; bring all the files',
    ],
    ['settings', '{"architectures": ["RegNet"]}', "a network's settings (JSON)"],
    [
      'JSON error',
      '{"error":"Repository not found"}',
      "a server's error message (JSON); the download",
    ],
    ['JSON', '[1, 2]', 'a JSON text'],
    ['text error', 'Entry not found', "a server's error message (text); the download"],
    ['text', 'import torch\n', 'a text'],
    ['zeros', '\0'.repeat(64), 'filled with zeros'],
    [
      'TorchScript',
      archive('m/constants.pkl', 'm/data.pkl', 'm/code/a.py'),
      'a TorchScript program, not a checkpoint; load it with torch.jit.load',
    ],
    [
      'torch.export',
      archive('m/archive_format', 'm/models/model.json'),
      'an exported program of PyTorch (.pt2)',
    ],
    [
      'Keras',
      archive('metadata.json', 'config.json', 'model.weights.h5'),
      'a Keras model (.keras)',
    ],
    ['npz', archive('a.npy', 'b.npy'), 'an archive of NumPy arrays (.npz)'],
    ['docx', archive('[Content_Types].xml', 'word/document.xml'), 'an office document'],
    [
      'zip of a checkpoint',
      archive('runs/', 'runs/best.pth'),
      'a zip archive that holds runs/best.pth; unpack it first',
    ],
    [
      'zip of an unpacked checkpoint',
      archive('a/b/data.pkl'),
      'a zip archive that holds a/b/data.pkl; unpack it first',
    ],
    ['zip of something else', archive('a.csv'), 'a zip archive without a checkpoint in it'],
    ['optimizer', torch('}(U\x05stateNU\x0cparam_groupsNu'), "an optimizer's state"],
    [
      'training_args.bin',
      torch('ctransformers.training_args\nTrainingArguments\n)\x81}b'),
      "a trainer's settings",
    ],
    ['pdparams', '\x80\x02}U\x1bStructuredToParameterName@@}s.', 'a PaddlePaddle checkpoint'],
    ['Detectron2', '\x80\x02}U\x0a__author__U\x01xs.', 'a Detectron2 model (.pkl)'],
    ['joblib', '\x80\x04\x8c\x0csklearn.tree\x8c\x01T\x93)\x81.', 'a joblib or scikit-learn file'],
    [
      'pickle.dump',
      '\x80\x04}.',
      'a plain pickle (pickle.dump), not one of torch.save; load it with pickle.load',
    ],
    ['pickle.dump, protocol 0', '(dp0\n.', 'a plain pickle (pickle.dump)'],
    [
      'pickle.dump of tensors',
      '\x80\x02ctorch.storage\n_load_from_bytes\n)R.',
      'a plain pickle of PyTorch tensors',
    ],
  ])('%s', (_, text, message) => {
    expect(messageOf(bytesOf(text))).toContain(`The file is ${message}`);
  });

  test('an empty file, and one of no known format', () => {
    expect(messageOf(new Uint8Array(0))).toBe('The file is empty.');
    expect(messageOf(bytesOf('\x01\x02\x03\x04\x05'))).toBe(
      'The file is neither a PyTorch checkpoint nor safetensors, and of no format that is known here.',
    );
  });
});
