import { describe, expect, test } from 'vitest';
import { networkOf } from '../../../src/regnet/index.ts';
import { models } from '../../../src/zoo/models.ts';
import { regnetx, regnetxJson, run } from './run.ts';

const LAYER_KEYS = [
  ...['name', 'op', 'kernel', 'stride', 'groups', 'cin', 'cout', 'hout', 'wout'],
  ...['params', 'flops', 'acts'],
];

interface Described {
  readonly id: string;
  readonly complexity: object;
  readonly layers: object[];
}

describe('one design', () => {
  test('a variant by its id, through npm', async () => {
    const args = ['run', '-s', 'regnetx', '--', 'describe', 'regnetx_002', '--json'];
    const { code, stdout } = await run('npm', args);
    expect(code).toBe(0);
    const { layers, ...rest } = JSON.parse(stdout) as Described;
    expect(rest).toEqual({
      schema: 1,
      id: 'regnetx_002',
      name: 'RegNetX-200MF',
      aliases: models[0]?.aliases,
      design: { depth: 13, w0: 24, wa: 36.44, wm: 2.49, groupWidth: 8 },
      stages: [
        { width: 24, depth: 1, groups: 3, groupWidth: 8, stride: 2, resolution: 56 },
        { width: 56, depth: 1, groups: 7, groupWidth: 8, stride: 2, resolution: 28 },
        { width: 152, depth: 4, groups: 19, groupWidth: 8, stride: 2, resolution: 14 },
        { width: 368, depth: 7, groups: 46, groupWidth: 8, stride: 2, resolution: 7 },
      ],
      complexity: { params: 2684792, flops: 199040872, acts: 2164056, resolution: 224 },
    });
    expect(layers).toHaveLength(46);
    for (const layer of layers) expect(Object.keys(layer)).toEqual(LAYER_KEYS);
  });

  test('a variant by another name, at another resolution', async () => {
    const { id, complexity } = await regnetxJson<Described>(
      ...['describe', 'regnet_x_400mf', '--resolution', '64', '--classes', '10'],
    );
    expect(id).toBe('regnetx_004');
    const { design } = models[1] ?? {};
    expect(complexity).toEqual(design && networkOf(design, 64, 10).complexity);
  });

  test('any parameters', async () => {
    const result = await regnetxJson<Described>(
      ...['describe', '--d', '6', '--w0', '16', '--wa', '10.5', '--wm', '2.1', '--g', '8'],
    );
    expect(Object.keys(result)).toEqual(['schema', 'design', 'stages', 'complexity', 'layers']);
  });

  test('a text for people', async () => {
    const { code, stdout } = await regnetx(['describe', 'regnetx_002']);
    expect(code).toBe(0);
    expect(stdout).toContain('RegNetX-200MF (also RegNetX-200M');
    expect(stdout).toContain('2,684,792 parameters, 199,040,872 multiply-adds');
    expect(stdout).toMatch(/^ {4}4 {4}368 {6}7 {6}46 {12}8 {7}2 {11}7$/m);
  });

  const good = ['--d', '6', '--w0', '16', '--wa', '10.5', '--wm', '2.1'];
  test.each([
    [['regnetx_999'], 'There is no variant regnetx_999; there are regnetx_002,'],
    [[], 'Name a variant, such as regnetx_002, or give --d --w0 --wa --wm --g.'],
    [['regnetx_002', '--d', '3'], 'Name one variant,'],
    [good, 'g (groupWidth) is missing.'],
    [
      [...good, '--g', 'x'],
      'g (groupWidth) must be a whole number of channels, at least 1, not NaN.',
    ],
    [[...good, '--g', '8', '--wa', '-1'], 'wa must be a finite number, zero or more, not -1.'],
    [[...good, '--g', '8', '--resolution', '0'], 'resolution must be a whole number of pixels'],
    [['--depth', '3'], "Unknown option '--depth'"],
  ])('%j ends in one line', async (args, message) => {
    const { code, stdout, stderr } = await regnetx(['describe', ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.match(/\n/g)).toHaveLength(1);
  });
});

describe('a stream of designs', () => {
  const good = { d: 13, w0: 24, wa: 36.44, wm: 2.49, g: 8 };
  const stream = async (input: string): Promise<unknown[]> => {
    const { code, stdout, stderr } = await regnetx(['describe', '--json', '-'], input);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
  };

  test('a result a line, in order, errors between them; blank lines give none', async () => {
    const lines: (object | string)[] = [
      good,
      '',
      { ...good, wm: 1 },
      '  \r',
      { ...good, resolution: 64, classes: 10 },
      { ...good, d: '13' },
      'nonsense',
    ];
    const input = lines.map((l) => (typeof l === 'string' ? l : JSON.stringify(l))).join('\n');
    const design = { depth: 13, w0: 24, wa: 36.44, wm: 2.49, groupWidth: 8 };
    expect(await stream(input)).toMatchObject([
      { schema: 1, design, complexity: networkOf(design).complexity },
      { error: 'wm must be a finite number greater than 1, not 1.' },
      { complexity: networkOf(design, 64, 10).complexity },
      { error: 'd (depth) must be a number, not "13".' },
      { error: 'The line is no JSON.' },
    ]);
  });

  const bad: readonly (readonly [line: string, message: string])[] = [
    [JSON.stringify({ ...good, d: 0 }), 'd (depth) must be a whole number of blocks from 1 to'],
    [JSON.stringify({ ...good, w0: 20 }), 'w0 must be a positive multiple of 8'],
    [JSON.stringify({ ...good, wa: null }), 'wa must be a number, not null.'],
    [JSON.stringify({ ...good, g: 0 }), 'g (groupWidth) must be'],
    [JSON.stringify({ ...good, resolution: 1e9 }), 'resolution must be'],
    [JSON.stringify({ ...good, classes: 0 }), 'classes must be'],
    [JSON.stringify({ ...good, wm: [2] }), 'wm must be a number, not [2].'],
    ['{"w0":24,"wa":36.44,"wm":2.49,"g":8}', 'd (depth) is missing.'],
    [JSON.stringify([good]), 'The line is no JSON object'],
    ['null', 'The line is no JSON object'],
    ['{"d":13', 'The line is no JSON.'],
    // As Python writes them
    ['{"d":13,"w0":24,"wa":NaN,"wm":2.49,"g":8}', 'wa must be a number, not "NaN".'],
    ['{"d":13,"w0":24,"wa":36.44,"wm":-Infinity,"g":8}', 'wm must be a number, not "-Infinity".'],
    ['{"d":13,"w0":24,"wa":36.44,"wm":1e999,"g":8}', 'wm must be a finite number'],
  ];

  test('whatever is wrong with a line is told on its own line', async () => {
    const results = await stream(bad.map(([line]) => line).join('\n'));
    expect(results).toEqual(
      bad.map(([, message]) => ({ error: expect.stringContaining(message) as string })),
    );
  });

  test('nothing in, nothing out', async () => {
    expect(await stream('')).toEqual([]);
  });

  test('a thousand designs flow', async () => {
    const lines = Array.from({ length: 1000 }, (_, i) =>
      JSON.stringify({ ...good, d: 1 + (i % 28), wa: i / 20 }),
    );
    const results = (await stream(lines.join('\n'))) as { design: { wa: number } }[];
    expect(results.map(({ design }) => design.wa)).toEqual(lines.map((_, i) => i / 20));
  });
});
