import { CheckpointError } from '../checkpoints/errors.ts';
import { EngineError } from '../threads/errors.ts';
import { RecountError } from '../recount/errors.ts';
import { UsageError } from './arguments.ts';
import { IS_SITE } from './publish.ts';
import { reasonOf } from './read-file.ts';
import { endWhenStopped } from './stopping.ts';
import { complain } from './terminal.ts';

/** The `regnetx` command: one verb a file, loaded when it is asked for. */
const VERBS: Readonly<Record<string, () => Promise<Verb>>> = {
  describe: async () => (await import('./describe.ts')).describe,
  inspect: async () => (await import('./inspect.ts')).inspect,
  convert: async () => (await import('./convert.ts')).convertFile,
  fetch: async () => (await import('./fetch.ts')).fetchWeights,
  verify: async () => (await import('./verify.ts')).verify,
  classify: async () => (await import('./classify.ts')).classify,
  recount: async () => (await import('./recount.ts')).recount,
  diff: async () => (await import('./diff.ts')).diff,
  time: async () => (await import('./time.ts')).time,
  weights: async () => (await import('./weights.ts')).shipFolder,
};

type Verb = (args: readonly string[]) => Promise<void>;

const HELP_WORDS = new Set(['help', '--help', '-h']);

const HELP = `Usage: ${IS_SITE ? 'npm run -s regnetx --' : 'npx regnetx-zoo'} <verb> …

  describe ID                          a variant: design, stages, complexity, layers
  describe --d N --w0 N --wa N --wm N --g N [--resolution N] [--classes N]
                                       any other design
  describe --json -                    a design a line on standard input, as
                                       {"d":…,"w0":…,"wa":…,"wm":…,"g":…}, a result a line out
  inspect FILE                         what a checkpoint holds, and which network it fits
  convert FILE -o OUT.safetensors [--dtype f16|f32]
                                       any checkpoint as safetensors with timm's names
  convert FILE -o OUT.onnx --to onnx   the network as ONNX, batch norm folded, any batch
  convert FILE                         with FILE's description beside it (same name, .json):
                                       into public/weights/ and content/checkpoints/
  fetch ID [-o OUT.safetensors] [--source timm|torchvision|pycls] [--dtype f16|f32] [--base URL]
                                       official weights: downloads (or goes on), checks the hash,
                                       converts into a file, or, without -o, into public/weights/
                                       and content/checkpoints/
  verify FILE --golden GOLDEN.json     how far its logits are from PyTorch's
  classify FILE IMAGE [--top 5]        what it sees in a picture
  recount PICTURES --weights FILE [--truth LIST] [--protocol NAME] [--batch N] [--threads N]
                                       its accuracy on a folder or archive (.tar, .zip) of
                                       pictures, in folders by class or with a list; --json is a
                                       certificate, --no-predictions leaves single pictures out
  recount --compare A.json B.json      two certificates, picture by picture
  diff A B                             two checkpoints of any origin, layer by layer: equal, close
                                       (no tensor farther than a relative L2 of 0.01) or different
  time [ID…] [--backend wasm|cpu] [--threads N] [--rounds N]
                                       the variants on this machine, with weights drawn from a seed,
                                       and how their time depends on their costs
  weights [FOLDER]                     every checkpoint of a folder that has its description beside
                                       it: into public/weights/ and content/checkpoints/, float16

FILE is a PyTorch checkpoint of any version or safetensors, named as in timm, torchvision, pycls,
MMPretrain, Hugging Face transformers or d-li14/regnet.pytorch. --channel-order RGB|BGR says what its
first convolution expects, where that is not the custom of its code base.

Every verb takes --json for one JSON document. Exit status 0, or 1 with one line on standard error.
`;

async function main([name, ...args]: readonly string[]): Promise<void> {
  if (name === undefined || HELP_WORDS.has(name) || args.includes('--help')) {
    process.stdout.write(HELP);
    return;
  }
  const load = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!load)
    throw new UsageError(
      `There is no verb ${name}; there are ${Object.keys(VERBS).join(', ')}, and --help.`,
    );
  const verb = await load();
  await verb(args);
}

/** Errors that a person caused and can mend. */
function isExpected(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof CheckpointError ||
    error instanceof EngineError ||
    error instanceof RecountError
  );
}

/** The one line with which the command fails. A surprise is our fault, and says so. */
function describeError(error: unknown): string {
  if (isExpected(error)) return error.message;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `Internal error, please report it with the command that you gave: ${message}`;
}

function fail(error: unknown): void {
  complain(describeError(error));
  process.exitCode = 1;
}

endWhenStopped();
process.on('uncaughtException', (error) => {
  fail(error);
  process.exit();
});
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) is no error.
  if (error.code === 'EPIPE') process.exit(0);
  complain(`Standard output cannot be written: ${reasonOf(error)}.`);
  process.exit(1);
});
// Nobody is left to be told.
process.stderr.on('error', () => process.exit(1));

try {
  await main(process.argv.slice(2));
} catch (error) {
  fail(error);
}
