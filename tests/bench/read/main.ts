/**
 * `npm run bench:read`: how fast checkpoints of RegNetX-32GF's size are read, beside plain
 * `fs.readFile` of the same file, each in a process of its own, in turns. `--json` for a report,
 * `--variant ID` for another size, `--repeats N`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { modelOf } from '../../../src/zoo/models.ts';
import { writeSafetensorsFile, writeTorchZipFile } from './files.ts';
import type { Measured, Task } from './measure.ts';

const FORMATS = { safetensors: writeSafetensorsFile, 'pytorch-zip': writeTorchZipFile } as const;
const TASKS: readonly Task[] = ['readFile', 'tensors', 'folded'];

const { values } = parseArgs({
  options: {
    variant: { type: 'string', default: 'regnetx_320' },
    repeats: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const { design } = modelOf(values.variant);
const repeats = Number(values.repeats);

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

function measure(task: Task, file: string): Measured {
  const child = path.join(import.meta.dirname, 'measure.ts');
  return JSON.parse(
    execFileSync(process.execPath, [child, task, file], { encoding: 'utf8' }),
  ) as Measured;
}

const folder = mkdtempSync(path.join(tmpdir(), 'regnetx-read-'));
try {
  const results = Object.entries(FORMATS).flatMap(([format, write]) => {
    const file = path.join(folder, format);
    write(file, design);
    const bytes = statSync(file).size;
    const rounds = Array.from({ length: repeats }, () => TASKS.map((task) => measure(task, file)));
    const of = (task: number, key: keyof Measured) =>
      median(rounds.map((round) => round[task]?.[key] ?? NaN));
    return TASKS.map((task, index) => ({
      format,
      task,
      bytes,
      medianMs: of(index, 'ms'),
      megabytesPerSecond: bytes / 1000 / of(index, 'ms'),
      ofReadFile: of(0, 'ms') / of(index, 'ms'),
      memoryOfFile: of(index, 'buffers') / bytes,
    }));
  });
  if (values.json)
    console.log(JSON.stringify({ schema: 1, variant: values.variant, repeats, results }));
  else
    console.table(
      results.map((r) => ({
        format: r.format,
        task: r.task,
        'MB/s': Math.round(r.megabytesPerSecond),
        'share of readFile': r.ofReadFile.toFixed(2),
        'most memory / file': r.memoryOfFile.toFixed(2),
      })),
    );
} finally {
  rmSync(folder, { recursive: true });
}
