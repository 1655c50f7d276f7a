import { CheckpointError, type CheckpointErrorCode } from './errors.ts';
import {
  dumped,
  entries,
  entry,
  head,
  headOf,
  keys,
  looksLikeCoreMl,
  looksLikeMessagePack,
  looksLikeOnnx,
  magic,
  names,
  object,
  oneOf,
  text,
  type PickleContents,
  type Sign,
} from './format-signs.ts';

/** A format that is not read: what it is, with its article, and what to do. */
export interface Format {
  readonly what: string;
  readonly next: string;
  readonly sign: Sign;
}

const UNPACK = 'unpack it and bring the checkpoint that is in it';
const EXPORT = 'bring the PyTorch or safetensors file that it was made from';
const AGAIN = 'the download went wrong, so download the checkpoint again';
const CONVERT = 'load its weights into a PyTorch network and save the state_dict() with torch.save';
const MODEL =
  'bring the file of the weights, such as model.safetensors, pytorch_model.bin or *.pth';
const SHARDS = 'bring all the files of weights that it lists together with it';
const PICTURE = 'bring a checkpoint here, and give pictures to a classifier';

/**
 * Every format that is called by its name, the first that fits. What is in a row of the archives is
 * looked for before PyTorch's own names, what is in a row of the pickles only if no weights were found.
 */
export const FORMATS: readonly Format[] = [
  // Packed files
  {
    what: 'packed with gzip',
    next: 'unpack it (gunzip) and bring what comes out',
    sign: magic('\x1f\x8b'),
  },
  {
    what: 'packed with bzip2',
    next: 'unpack it (bunzip2) and bring what comes out',
    sign: magic('BZh'),
  },
  {
    what: 'packed with xz',
    next: 'unpack it (unxz) and bring what comes out',
    sign: magic('\xfd7zXZ\0'),
  },
  {
    what: 'packed with Zstandard',
    next: 'unpack it (unzstd) and bring what comes out',
    sign: magic('(\xb5/\xfd'),
  },
  {
    what: 'packed with LZ4',
    next: 'unpack it (unlz4) and bring what comes out',
    sign: magic('\x04"M\x18'),
  },
  { what: 'a 7-Zip archive', next: UNPACK, sign: magic("7z\xbc\xaf'\x1c") },
  { what: 'a RAR archive', next: UNPACK, sign: magic('Rar!\x1a\x07') },
  { what: 'a tar archive', next: UNPACK, sign: magic('ustar', 257) },
  // Networks of other programs
  {
    what: 'an HDF5 file, as Keras and TensorFlow write',
    next: CONVERT,
    sign: magic('\x89HDF\r\n\x1a\n'),
  },
  { what: 'a TensorFlow Lite model', next: EXPORT, sign: magic('TFL3', 4) },
  {
    what: 'a GGUF file, as llama.cpp uses',
    next: EXPORT,
    sign: oneOf(['GGUF', 'lmgg', 'tjgg', 'fmgg']),
  },
  { what: 'an ExecuTorch program', next: EXPORT, sign: oneOf(['ET12', 'ET13'], 4) },
  { what: 'an ONNX model', next: EXPORT, sign: head(looksLikeOnnx) },
  { what: 'a Core ML model or a TensorFlow SavedModel', next: EXPORT, sign: head(looksLikeCoreMl) },
  { what: 'a NumPy array (.npy)', next: CONVERT, sign: magic('\x93NUMPY') },
  { what: 'an MXNet parameter file', next: CONVERT, sign: magic('\x12\x01\0\0\0\0\0\0') },
  { what: 'an ncnn model', next: EXPORT, sign: text(/^7767517\s/) },
  { what: 'an OpenVINO model', next: EXPORT, sign: text(/^(<\?xml[^>]*>\s*)?<net\s/) },
  { what: 'a MessagePack file, as Flax writes', next: CONVERT, sign: head(looksLikeMessagePack) },
  // Other files
  {
    what: 'a picture',
    next: PICTURE,
    sign: oneOf([
      '\xff\xd8\xff',
      '\x89PNG\r\n\x1a\n',
      'GIF8',
      'II*\0',
      'MM\0*',
      '\xff\x0a',
      '\0\0\0\x0cJXL ',
    ]),
  },
  { what: 'a picture (WebP)', next: PICTURE, sign: head((h) => /^RIFF[^]{4}WEBP/.test(h.latin1)) },
  {
    what: 'a picture (AVIF or HEIF)',
    next: PICTURE,
    sign: head((h) => /^[^]{4}ftyp(avi[fs]|hei[cfx]|mif1|msf1)/.test(h.latin1)),
  },
  { what: 'a picture (BMP)', next: PICTURE, sign: head((h) => /^BM[^]{4}\0\0\0\0/.test(h.latin1)) },
  {
    what: 'a picture (SVG)',
    next: PICTURE,
    sign: text(/^(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i),
  },
  {
    what: 'a video or sound',
    next: MODEL,
    sign: head((h) => /^([^]{4}ftyp|RIFF|\x1aE\xdf\xa3|OggS|ID3|fLaC)/.test(h.latin1)),
  },
  { what: 'a PDF document', next: MODEL, sign: magic('%PDF-') },
  {
    what: 'a program',
    next: MODEL,
    sign: head((h) => /^(\x7fELF|MZ[^]{58}|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe|#!)/.test(h.latin1)),
  },
  { what: 'an SQLite database', next: MODEL, sign: magic('SQLite format 3\0') },
  { what: 'a Parquet or Arrow table', next: MODEL, sign: oneOf(['PAR1', 'ARROW1']) },
  // Texts
  {
    what: 'a Git LFS pointer, not the file it points to',
    next: 'run git lfs pull and bring the file that it fetches',
    sign: text(/^version https:\/\/git-lfs/),
  },
  {
    what: 'a web page',
    next: AGAIN,
    sign: text(/^(<!--[^]*?-->\s*)?<(!doctype html|html|head|body)[\s>]/i),
  },
  { what: "a server's error message (XML)", next: AGAIN, sign: text(/^(<\?xml[^>]*>\s*)?<Error>/) },
  { what: 'an XML document', next: MODEL, sign: text(/^</) },
  {
    what: 'an index of shards, which holds no weights',
    next: SHARDS,
    sign: text(/^\{[^]*"weight_map"\s*:/),
  },
  { what: 'a Jupyter notebook', next: MODEL, sign: text(/^\{\s*"(cells|nbformat|metadata)"/) },
  {
    what: "a network's settings (JSON), which hold no weights",
    next: MODEL,
    sign: text(
      /^\{[^]*"(architectures?|model_type|image_mean|id2label|num_classes|pretrained_cfg)"\s*:/,
    ),
  },
  {
    what: "a server's error message (JSON)",
    next: AGAIN,
    sign: text(/^\{[^]{0,300}?"(errors?|message|detail|status|code|msg)"\s*:/i),
  },
  { what: 'a JSON text', next: MODEL, sign: text(/^[{[]/) },
  {
    what: "a server's error message (text)",
    next: AGAIN,
    sign: text(
      /^[^]{0,200}?(not found|denied|forbidden|unauthori[sz]ed|too many requests|rate limit|invalid (username|credentials)|expired|quota|\b[45]\d\d\b)/i,
    ),
  },
  { what: 'a text', next: MODEL, sign: text(/./) },
  {
    what: 'filled with zeros from its first byte, as an unfinished download is',
    next: 'download the checkpoint again',
    sign: head(({ bytes }) => bytes.length >= 64 && bytes.every((byte) => byte === 0)),
  },
  // Archives
  {
    what: 'a TorchScript program, not a checkpoint',
    next: 'load it with torch.jit.load and save its state_dict() with torch.save',
    sign: entry(/^([^/]+\/)?(constants\.pkl|code\/.+\.py)$/),
  },
  {
    what: 'an exported program of PyTorch (.pt2), not a checkpoint',
    next: 'load it with torch.export.load and save its state_dict with torch.save',
    sign: entry(/(^|\/)(archive_format|serialized_exported_program\.json|models\/[^/]+\.json)$/),
  },
  {
    what: 'a package of PyTorch (torch.package)',
    next: CONVERT,
    sign: entry(/^([^/]+\/)?\.data\/(extern_modules|python_version)$/),
  },
  { what: 'a Keras model (.keras)', next: CONVERT, sign: entry(/(^|\/)model\.weights\.h5$/) },
  { what: 'a Core ML package', next: EXPORT, sign: entry(/com\.apple\.CoreML/) },
  { what: 'an archive of NumPy arrays (.npz)', next: CONVERT, sign: entries(/\.npy$/) },
  { what: 'an office document', next: MODEL, sign: entry(/^(\[Content_Types\]\.xml|mimetype)$/) },
  {
    what: 'a TensorFlow SavedModel in an archive',
    next: EXPORT,
    sign: entry(/(^|\/)saved_model\.pb$/),
  },
  // What was saved in place of weights
  {
    what: "an optimizer's state, not a network's weights",
    next: MODEL,
    sign: keys('state', 'param_groups'),
  },
  {
    what: "a learning-rate schedule's state, not a network's weights",
    next: MODEL,
    sign: keys('last_epoch', '_step_count'),
  },
  {
    what: "a gradient scaler's state, not a network's weights",
    next: MODEL,
    sign: keys('scale', 'growth_factor'),
  },
  {
    what: "the state of random generators, not a network's weights",
    next: MODEL,
    sign: keys('python', 'numpy', 'cpu'),
  },
  {
    what: "a trainer's settings (training_args.bin), not a network's weights",
    next: MODEL,
    sign: object(/(Training|Seq2SeqTraining)?Arguments$|\.Namespace$/),
  },
  {
    what: 'a PaddlePaddle checkpoint (.pdparams)',
    next: CONVERT,
    sign: dumped(
      ({ saved, globals }) =>
        (saved instanceof Map && saved.has('StructuredToParameterName@@')) ||
        names(/^paddle\./)({ saved, globals, isTorch: false }),
    ),
  },
  {
    what: 'a Detectron2 model (.pkl)',
    next: 'load it with DetectionCheckpointer and save the state_dict() with torch.save',
    sign: dumped(
      ({ saved }) =>
        saved instanceof Map && (saved.has('__author__') || saved.has('matching_heuristics')),
    ),
  },
  {
    what: 'a joblib or scikit-learn file',
    next: MODEL,
    sign: dumped(names(/^(joblib|sklearn)\./)),
  },
];

const CODES = {
  head: 'unrecognised',
  archive: 'unsupported',
  pickle: 'no-weights',
} as const satisfies Record<Sign['in'], CheckpointErrorCode>;

/** The error that calls a format by its name. */
export function refusalOf({ what, next, sign }: Format): CheckpointError {
  return new CheckpointError(CODES[sign.in], `The file is ${what}; ${next}.`);
}

/** The format of a file that is no zip, pickle or safetensors, from its first bytes. */
export function formatOfBytes(bytes: Uint8Array): Format | undefined {
  const start = headOf(bytes);
  return FORMATS.find(({ sign }) => sign.in === 'head' && sign.test(start));
}

/** The format of an archive, from its entries' names; undefined for PyTorch's. */
export function formatOfArchive(archive: readonly string[]): Format | undefined {
  return FORMATS.find(({ sign }) => sign.in === 'archive' && sign.test(archive));
}

/** What a pickle without weights holds. */
export function formatOfPickle(pickle: PickleContents): Format | undefined {
  return FORMATS.find(({ sign }) => sign.in === 'pickle' && sign.test(pickle));
}
