import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  bundledCheckpointSchema,
  readCheckpoint,
  requireFit,
} from '../../../src/checkpoints/index.ts';
import { models } from '../../../src/zoo/models.ts';
import {
  checkpoint,
  CHECKPOINTS,
  inTemporaryFolder,
  regnetx,
  regnetxJson,
  ROOT,
  WEIGHTS,
  type Result,
} from './run.ts';

const GOLDEN = path.join(CHECKPOINTS, 'golden.json');
const ID = 'regnetx_002.tiny-imagenet-200';
const TRAINED = path.join(WEIGHTS, `${ID}.pth`);
const SHIPPED = path.join(ROOT, `public/weights/${ID}.safetensors`);
const CAT = 'cat-chelsea.png';

function expectOneLine({ code, stdout, stderr }: Result, message: string): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr.match(/\n/g)).toHaveLength(1);
}

describe('the command itself', () => {
  test('--help names every verb', async () => {
    const { code, stdout } = await regnetx(['--help']);
    expect(code).toBe(0);
    for (const verb of ['describe', 'inspect', 'convert', 'fetch', 'verify', 'classify', 'diff'])
      expect(stdout).toContain(`  ${verb} `);
  });

  test('an unknown verb ends in one line', async () => {
    expectOneLine(await regnetx(['train']), 'There is no verb train; there are describe, inspect');
  });
});

describe('inspect', () => {
  test('prints container, naming, design, classes, parameters and tensors', async () => {
    const report = await regnetxJson<{ tensors: object[] }>(
      'inspect',
      checkpoint('pycls-zip.pyth'),
    );
    expect(report).toMatchObject({
      bytes: 248325,
      container: 'pytorch-zip',
      naming: 'pycls',
      wrapper: ['model_state'],
      channelOrder: 'BGR',
      variant: null,
      classes: 10,
      params: 49450,
      mismatches: [],
    });
    expect(report.tensors).toHaveLength(134);
    expect(report.tensors[0]).toEqual({
      name: 'stem.conv.weight',
      dtype: 'F32',
      shape: [32, 3, 3, 3],
    });
  });

  test('recognises a variant and its own description', async () => {
    const { code, stdout } = await regnetx(['inspect', SHIPPED]);
    expect(code).toBe(0);
    expect(stdout).toContain('network     regnetx_002: 1 x 24, 1 x 56, 4 x 152, 7 x 368');
    expect(stdout).toContain(`described   ${ID}`);
  });

  test('a hostile file is refused, and runs nothing', async () => {
    const result = await regnetx(['inspect', checkpoint('hostile.pth')]);
    expectOneLine(result, 'The file asks for posix.system, which no checkpoint needs');
    expect(result.stdout + result.stderr).not.toContain('owned');
  });

  test('what does not fit is printed, and fails', async () => {
    await inTemporaryFolder(async (folder) => {
      const file = path.join(folder, 'other.safetensors');
      const text = readFileSync(checkpoint('timm.safetensors'), 'latin1');
      writeFileSync(file, text.replace('s3.b2.conv1.bn.bias', 's3.b2.convX.bn.bias'), 'latin1');
      const { code, stdout, stderr } = await regnetx(['inspect', file, '--json']);
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        mismatches: [
          { name: 's3.b2.conv1.bn.bias', expected: [72], found: null },
          { name: 's3.b2.convX.bn.bias', expected: null, found: [72] },
        ],
      });
      expect(stderr).toBe(
        "The weights are no RegNetX's: s3.b2.conv1.bn.bias (72) is missing; s3.b2.convX.bn.bias (72) has no place.\n",
      );
    });
  });

  test.each([
    ['there-is-none.pth', 'there-is-none.pth cannot be read: there is no such file.'],
    [GOLDEN, 'The file is a JSON text; bring the file of the weights'],
  ])('%s ends in one line', async (file, message) => {
    expectOneLine(await regnetx(['inspect', file]), message);
  });
});

describe('convert', () => {
  test('writes what timm names, in float32 unless told otherwise', async () => {
    await inTemporaryFolder(async (folder) => {
      const [single, half] = ['single', 'half'].map((n) => path.join(folder, `${n}.safetensors`));
      if (single === undefined || half === undefined) throw new Error('unreachable');
      const from = checkpoint('transformers-zip.bin');
      const report = await regnetxJson<object>('convert', from, '-o', single);
      const bytes = readFileSync(single);
      expect(report).toMatchObject({
        outputs: [single],
        container: 'pytorch-zip',
        naming: 'transformers',
        dtype: 'f32',
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      expect(requireFit(readCheckpoint(bytes), models).params).toBe(49450);
      await regnetxJson('convert', from, '-o', half, '--dtype', 'f16');
      expect(readFileSync(half).length).toBeLessThan(0.7 * bytes.length);
    });
  });

  test('dropping two files and running one command puts a network on the site', async () => {
    await inTemporaryFolder(async (site) => {
      cpSync(path.join(ROOT, 'content/labels'), path.join(site, 'content/labels'), {
        recursive: true,
      });
      const report = await regnetxJson<object>('convert', TRAINED, '--site', site);
      const outputs = [`public/weights/${ID}.safetensors`, `content/checkpoints/${ID}.json`];
      expect(report).toMatchObject({ outputs, variant: 'regnetx_002', dtype: 'f16' });
      for (const output of outputs)
        expect(
          readFileSync(path.join(site, output)).equals(readFileSync(path.join(ROOT, output))),
        ).toBe(true);
    });
  });

  /** The trained network with an edited record beside it. */
  async function withRecord(
    edit: (record: Record<string, unknown>) => void,
    check: (result: Result, site: string) => void,
  ): Promise<void> {
    await inTemporaryFolder(async (folder) => {
      const record = JSON.parse(readFileSync(TRAINED.replace('.pth', '.json'), 'utf8')) as Record<
        string,
        unknown
      >;
      edit(record);
      mkdirSync(path.join(folder, 'content/labels'), { recursive: true });
      copyFileSync(
        path.join(ROOT, 'content/labels/tiny-imagenet-200.tsv'),
        path.join(folder, 'content/labels/tiny-imagenet-200.tsv'),
      );
      copyFileSync(TRAINED, path.join(folder, 'net.pth'));
      writeFileSync(path.join(folder, 'net.json'), JSON.stringify(record));
      check(await regnetx(['convert', path.join(folder, 'net.pth'), '--site', folder]), folder);
    });
  }

  test('the record may say things in other words', async () => {
    const edit = (record: Record<string, unknown>): void => {
      record.id = 'regnetx_002.other';
      record.channel_order = 'BGR';
      record.input = { size: 96, resize: 'shorter side to 110, bicubic, antialiased' };
      record.recipe = { init: 'regnetx_002.tiny-imagenet-200', epochs: 3, mixup: null };
      record.seed = 7;
    };
    await withRecord(edit, ({ code, stderr }, site) => {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const file = path.join(site, 'content/checkpoints/regnetx_002.other.json');
      const entry = bundledCheckpointSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      expect(entry).toMatchObject({
        preprocessing: { resize: 110, crop: 96, interpolation: 'bicubic', channelOrder: 'RGB' },
        training: 'regnetx_002.tiny-imagenet-200; epochs 3',
      });
      const written = readCheckpoint(readFileSync(path.join(site, 'public', entry.url)));
      expect(written.sourceChannelOrder).toBe('BGR');
    });
  });

  test.each([
    ['variant', 'regnetx_004', 'variant: it says regnetx_004, but the weights are a regnetx_002.'],
    ['variant', 'resnet50', 'variant: there is no resnet50.'],
    ['accuracy', { large: {} }, 'accuracy.large:'],
    ['licence', undefined, 'licence: Invalid input: expected string, received undefined.'],
    ['input', { size: 96, resize: 'to 110' }, 'input.resize: "to 110" does not read'],
    ['classes', 'flowers.tsv', 'The class names are missing; put them into content/labels/flowers'],
  ])('a record with %s = %j is refused, and nothing is written', async (key, value, message) => {
    await withRecord(
      (record) => {
        record[key] = value;
      },
      (result, site) => {
        expectOneLine(result, message);
        expect(existsSync(path.join(site, 'public'))).toBe(false);
      },
    );
  });

  test.each([
    [[checkpoint('timm.safetensors')], 'Say where to write with -o OUT.safetensors, or describe'],
    [[checkpoint('hostile.pth'), '-o', 'x.safetensors'], 'posix.system'],
    [[checkpoint('timm.safetensors'), '-o', 'x', '--dtype', 'f8'], '--dtype must be f16 or f32'],
    [[checkpoint('timm.safetensors'), '-o', `${GOLDEN}/x`], 'cannot be written'],
  ])('%j ends in one line', async (args, message) => {
    expectOneLine(await regnetx(['convert', ...args]), message);
    expect(existsSync(path.join(ROOT, 'x.safetensors'))).toBe(false);
  });
});

describe('verify', () => {
  test.each(['pycls-legacy.pyth', 'torchvision-zip.pth'])(
    "%s gives PyTorch's logits",
    async (name) => {
      const result = await regnetxJson<{ maxAbsError: number }>(
        ...['verify', checkpoint(name), '--golden', GOLDEN],
      );
      expect(result).toEqual({ maxAbsError: expect.any(Number) as number, top1Agreement: 1 });
      expect(result.maxAbsError).toBeLessThan(1e-4);
    },
  );

  test('what was converted still does, from BGR too', async () => {
    await inTemporaryFolder(async (folder) => {
      const file = path.join(folder, 'rgb.safetensors');
      await regnetxJson('convert', checkpoint('pycls-zip.pyth'), '-o', file);
      const { maxAbsError } = await regnetxJson<{ maxAbsError: number }>(
        ...['verify', file, '--golden', GOLDEN],
      );
      expect(maxAbsError).toBeLessThan(1e-4);
    });
  });

  test.each([
    [[checkpoint('timm.safetensors')], 'Name the reference with --golden FILE.'],
    [[checkpoint('timm.safetensors'), '--golden', TRAINED], 'is no JSON.'],
    [[SHIPPED, '--golden', GOLDEN], 'The network has 200 classes, the reference 10.'],
  ])('%j ends in one line', async (args, message) => {
    expectOneLine(await regnetx(['verify', ...args]), message);
  });
});

describe('classify', () => {
  const golden = JSON.parse(
    readFileSync(path.join(WEIGHTS, 'golden.regnetx_002.json'), 'utf8'),
  ) as {
    cases: { image: string; probabilities: number[]; top5: { index: number; label: string }[] }[];
  };

  interface Classified {
    readonly predictions: { index: number; label: string; probability: number }[];
  }

  /** Largest difference from PyTorch's probabilities over the pictures of the golden. */
  async function worstError(file: string): Promise<number> {
    const errors = golden.cases.map(async ({ image, probabilities, top5 }) => {
      const picture = path.join(WEIGHTS, image);
      const { predictions } = await regnetxJson<Classified>('classify', file, picture, '--top=200');
      expect(predictions[0]).toMatchObject({ index: top5[0]?.index, label: top5[0]?.label });
      expect(predictions).toHaveLength(probabilities.length);
      return predictions.map((p) => Math.abs(p.probability - (probabilities[p.index] ?? NaN)));
    });
    return Math.max(...(await Promise.all(errors)).flat());
  }

  test("float32 weights give PyTorch's probabilities", async () => {
    await inTemporaryFolder(async (folder) => {
      const file = path.join(folder, 'f32.safetensors');
      // The record beside the checkpoint goes along, and with it the preprocessing.
      await regnetxJson('convert', TRAINED, '-o', file);
      expect(await worstError(file)).toBeLessThan(1e-4);
    });
  });

  test('the file that ships is as close as float16 allows', async () => {
    expect(await worstError(SHIPPED)).toBeLessThan(5e-3);
  });

  test('prints a table, five classes unless told otherwise', async () => {
    const { code, stdout } = await regnetx(['classify', SHIPPED, path.join(WEIGHTS, CAT)]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(6);
    expect(stdout).toMatch(/^ +10\.\d\d +26 +golden retriever$/m);
  });

  test.each([
    [[SHIPPED], 'Name a checkpoint file and a picture.'],
    [[SHIPPED, GOLDEN], 'golden.json cannot be read as a picture:'],
    [
      [SHIPPED, path.join(WEIGHTS, CAT), '--top', '0'],
      '--top must be a whole number from 1, not 0.',
    ],
  ])('%j ends in one line', async (args, message) => {
    expectOneLine(await regnetx(['classify', ...args]), message);
  });
});
