import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../../src/checkpoints/safetensors.ts';
import { Tensor, toFloat32 } from '../../../src/checkpoints/tensor.ts';
import { table } from '../../../src/cli/table.ts';
import { visible } from '../../../src/cli/terminal.ts';
import { CHECKPOINTS, inTemporaryFolder, regnetx } from './run.ts';

/** All that moves a terminal's cursor, colours it, turns its text round or is not seen. */
const NASTY = 'a\u001b[2Jb\nc\rd\u0007e\u009b31mf\u202eg\u200bh\u2028i\u0000j\u{e0041}k';
const UNSEEN = /[^\P{C}\n]|[\p{Zl}\p{Zp}]/u;

describe('visible', () => {
  test('writes what is not seen as an escape, and leaves the rest alone', () => {
    expect(visible(NASTY)).toBe(
      'a\\u{1b}[2Jb\\nc\\rd\\u{7}e\\u{9b}31mf\\u{202e}g\\u{200b}h\\u{2028}i\\u{0}j\\u{e0041}k',
    );
    const seen = 'blocks\\s1, Füße 犬 🐕 é — “x”';
    expect(visible(seen)).toBe(seen);
    expect(visible(visible(NASTY))).toBe(visible(NASTY));
    expect(visible('\ud800')).toBe('\\u{d800}');
  });

  test('the columns of a table stay where they are', () => {
    const lines = table(
      ['name', 'size'],
      [
        [NASTY, 1],
        ['plain', 20],
      ],
    );
    expect(lines).toHaveLength(3);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });
});

test('names in a file and of a file cannot reach the terminal; JSON says them as they are', () =>
  inTemporaryFolder(async (folder) => {
    const source = readSafetensors(new Uint8Array(readFileSync(`${CHECKPOINTS}/timm.safetensors`)));
    const tensors = [...source.tensors, [NASTY, source.tensors.get('stem.bn.bias')] as const];
    const file = path.join(folder, 'a\u001b[31m\nb\u202e.safetensors');
    const bytes = writeSafetensors(
      tensors.flatMap(([name, tensor]) =>
        tensor instanceof Tensor
          ? [{ name, shape: tensor.shape, dtype: 'F32', values: () => toFloat32(tensor) }]
          : [],
      ),
      {},
    );
    writeFileSync(file, bytes);

    const text = await regnetx(['inspect', file]);
    expect(text.stdout).toContain(`${visible(NASTY)}  F32`);
    expect(text.stdout).toContain('a\\u{1b}[31m\\nb\\u{202e}.safetensors (');
    expect(text.stdout + text.stderr).not.toMatch(UNSEEN);

    const { stdout } = await regnetx(['inspect', file, '--json']);
    expect(stdout).not.toMatch(UNSEEN);
    const report = JSON.parse(stdout) as { file: string; tensors: { name: string }[] };
    expect(report.file).toBe(file);
    expect(report.tensors.map(({ name }) => name)).toContain(NASTY);

    const missing = await regnetx(['inspect', `${file}\u001b]0;title\u0007`]);
    expect(missing.stderr).not.toMatch(UNSEEN);
    expect(missing.stderr.match(/\n/g)).toHaveLength(1);
  }));
