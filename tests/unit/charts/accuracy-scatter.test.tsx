import { describe, expect, it } from 'vitest';
import { answerWords } from '../../../src/charts/accuracy-scatter/answer.ts';
import { AXIS_WORDS } from '../../../src/charts/accuracy-scatter/axes.ts';
import {
  answerOf,
  budgetOf,
  candidatesOf,
  otherCandidates,
  readingsOf,
  scatterTable,
} from '../../../src/charts/accuracy-scatter/facts.ts';
import { accuracyScatter, markBox } from '../../../src/charts/accuracy-scatter/geometry.ts';
import { labelBox } from '../../../src/charts/accuracy-scatter/labels.ts';
import { ScatterDrawing } from '../../../src/charts/accuracy-scatter/View.tsx';
import { LAYOUTS, overlap, type Layout } from '../../../src/charts/shared/svg.ts';
import { inUnit, type Unit } from '../../../src/charts/shared/units.ts';
import { DEFAULT_QUESTION, SCALES, type Question } from '../../../src/zoo/choice-query.ts';
import { allOptions, AXES, WEIGHTS } from '../../../src/zoo/choice.ts';
import { others } from '../../../src/zoo/families.ts';
import { times } from '../../../src/zoo/speed.ts';
import { snapshot, svgOf } from './svg.ts';

const options = allOptions(times());
const asked = (change: Partial<Question>): Question => ({ ...DEFAULT_QUESTION, ...change });
const drawn = (question: Question, layout: Layout) =>
  accuracyScatter(candidatesOf(options, question), {
    layout,
    scale: question.scale,
    tick: AXIS_WORDS[question.axis].tick,
  });
const said = (question: Question, unit: Unit = '1x') => {
  const { before, name, after } = answerWords(
    answerOf(candidatesOf(options, question), question),
    question,
  );
  return `${inUnit(before, unit)}${name ?? ''}${inUnit(after, unit)}`.replaceAll('\u00a0', ' ');
};
/** Every choice of weights that shows some. */
const SHOWN = [1, 2, 3, 4, 5, 6, 7].map((bits) => WEIGHTS.filter((_, i) => (bits >> i) & 1));

describe('labels', () => {
  const cases = AXES.flatMap((axis) =>
    SCALES.flatMap((scale) => LAYOUTS.map((layout) => [axis, scale, layout] as const)),
  );

  it.each(cases)('collide with nothing against %s, %s, %s', (axis, scale, layout) => {
    for (const weights of SHOWN) {
      const g = drawn(asked({ axis, scale, weights }), layout);
      const labels = [
        ...g.clusters.map(({ x, label }) => labelBox({ ...label, x: label.x + x }, g.font)),
        ...g.notes.map((label) => labelBox(label, g.font)),
      ];
      const marks = g.clusters.flatMap((c) => c.marks.map((mark) => markBox(c.x + mark.dx, mark)));
      expect(labels).toHaveLength(g.clusters.length + weights.length + 1);
      for (const [i, a] of labels.entries()) {
        for (const b of labels.slice(i + 1)) expect(overlap(a, b)).toBe(false);
        for (const mark of marks) expect(overlap(a, mark)).toBe(false);
        expect(a.x).toBeGreaterThanOrEqual(0);
        expect(a.x + a.width).toBeLessThanOrEqual(g.width + 0.01);
      }
    }
  });
});

describe('the plane', () => {
  it('spaces costs by their ratios, or by their differences', () => {
    const place = (scale: Question['scale']) => drawn(asked({ scale }), 'wide').place;
    const log = place('log');
    expect(log(4e9) - log(2e9)).toBeCloseTo(log(2e9) - log(1e9), 1);
    const linear = place('linear');
    expect(linear(6e9) - linear(4e9)).toBeCloseTo(linear(4e9) - linear(2e9), 1);
    expect(linear(0)).toBe(drawn(asked({ scale: 'linear' }), 'wide').left);
  });

  it('draws the Pareto line from mark to mark, and no mark above it', () => {
    const g = drawn(asked({}), 'wide');
    // At each cost the line is as high as the best mark up to there.
    const marks = g.clusters.flatMap((c) => c.marks.map((m) => ({ x: c.x + m.dx, y: m.y })));
    const treads = [...g.front.matchAll(/H([\d.]+)V([\d.]+)/g)].map(([, x, y]) => ({
      x: Number(x),
      y: Number(y),
    }));
    expect(treads).toHaveLength(8);
    for (const { x, y } of treads)
      expect(y).toBe(Math.min(...marks.filter((m) => m.x <= x + 0.01).map((m) => m.y)));
  });

  it('puts torchvision’s 400MF, another network, to the right of the variant’s own', () => {
    const cluster = drawn(asked({}), 'wide').clusters.find((c) => c.name === '400MF');
    expect(cluster?.marks.map(({ dx }) => dx > 0)).toEqual([false, false, true]);
    const others = drawn(asked({}), 'wide').clusters.filter((c) => c.name !== '400MF');
    for (const { marks } of others) for (const { dx } of marks) expect(dx).toBe(0);
    // Nobody published how long it takes.
    const timed = drawn(asked({ axis: 'time' }), 'wide').clusters.find((c) => c.name === '400MF');
    expect(timed?.marks.map((mark) => mark.candidate.weights)).toEqual(['ours', 'official']);
  });

  it('looks as it did', async () => {
    const question = asked({ budget: 2 });
    const candidates = candidatesOf(options, question);
    const { axis, scale } = question;
    const geometry = accuracyScatter(candidates, {
      layout: 'wide',
      scale,
      tick: AXIS_WORDS[axis].tick,
    });
    const answer = answerOf(candidates, question);
    const budget = budgetOf(question);
    await expect(
      svgOf(<ScatterDrawing words={AXIS_WORDS[axis]} {...{ geometry, scale, answer, budget }} />),
    ).toMatchFileSnapshot(snapshot('accuracy-scatter-flops-wide'));
  });
});

describe('the answer', () => {
  it('names the best within a budget, in both units', () => {
    const question = asked({ budget: 2 });
    expect(said(question)).toBe(
      'Within 2 G multiply-adds, the most accurate is RegNetX-1.6GF with torchvision’s V2 weights: 79.67% ± 0.35 at 1.603 G multiply-adds.',
    );
    expect(said(question, '2x')).toContain('Within 4 G FLOPs (2x), ');
    expect(said(question, '2x')).toContain('at 3.206 G FLOPs (2x).');
  });

  it('names the cheaper one that chance could put in its place', () => {
    expect(said(asked({}))).toMatch(
      /^The most accurate is RegNetX-32GF .* The cheaper 16GF with torchvision’s V2 weights, 82\.72% at 15\.94 G, cannot be told apart from it\.$/,
    );
  });

  it('says that ours cannot be downloaded, and what the least is when nothing fits', () => {
    expect(said(asked({ weights: ['ours', 'official'], budget: 8, lost: true }))).toMatch(
      /RegNetX-8\.0GF with our weights.*Our weights can no longer be downloaded\.$/,
    );
    expect(said(asked({ axis: 'time', budget: 5 }))).toBe(
      'Nothing fits within 5 ms for 64 pictures on a V100: the least, 200MF, takes 10.6 ms.',
    );
  });
});

describe('lost weights', () => {
  it('are not named unless the reader counts them', () => {
    expect(said(asked({ weights: ['ours', 'official'], budget: 8 }))).toContain(
      'RegNetX-8.0GF with the official weights',
    );
    expect(said(asked({ weights: ['ours'] }))).toBe(
      'None of the weights that are shown can be downloaded.',
    );
    expect(said(asked({ weights: ['ours'], lost: true }))).toContain('RegNetX-32GF');
  });

  it('are not on the Pareto line either', () => {
    const weights = ['ours', 'official'] as const;
    const line = (lost: boolean) => {
      const candidates = candidatesOf(options, asked({ weights, lost }));
      const { rows } = scatterTable(candidates, asked({ weights, lost }));
      return rows.flatMap((row) => (row.at(-1) === 'yes' ? [inUnit(row[0] ?? '')] : []));
    };
    expect(line(false).join()).not.toContain('ours');
    expect(line(true).join()).toContain('12GF, ours');
  });
});

describe('two budgets', () => {
  it('both hold', () => {
    // 3.2GF takes 25.6 ms on the laptop’s processor, 1.6GF 15.7.
    const question = asked({ budget: 4, second: { axis: 'cpu', budget: 20 } });
    expect(said(question)).toBe(
      'Within 4 G multiply-adds and 20 ms a picture on a laptop’s processor, the most accurate is RegNetX-1.6GF with torchvision’s V2 weights: 79.67% ± 0.35 at 1.603 G multiply-adds and 15.7 ms.',
    );
    const { rows } = scatterTable(candidatesOf(options, question), question);
    const within = rows.filter((row) => row.at(-1) === 'yes').map(([name]) => name);
    expect(within).toContain('1.6GF, torchvision V2');
    expect(within).not.toContain('3.2GF, torchvision V2');
  });

  it('the second alone holds, too', () => {
    expect(said(asked({ second: { axis: 'bytes', budget: 40 } }))).toMatch(
      /^Within a file of 40 MB, the most accurate is RegNetX-1\.6GF /,
    );
  });

  it('say what the least takes of both where nothing fits', () => {
    expect(said(asked({ budget: 2, second: { axis: 'cpu', budget: 1 } }))).toBe(
      'Nothing fits within 2 G multiply-adds and 1 ms a picture on a laptop’s processor: the least, 200MF, takes 199.0 M multiply-adds and 4.21 ms.',
    );
  });

  it('rule out what has no published cost', () => {
    const second = { axis: 'time', budget: 1000 } as const;
    const [v2] = candidatesOf(options, asked({ weights: ['v2'], second }));
    expect(v2).toMatchObject({ id: 'regnetx_004', second: null, allowed: false });
  });
});

describe('the figures', () => {
  it('are one variant’s with their sources, or the ranges of all', () => {
    const own = readingsOf(options, 'regnetx_002');
    expect(own.map(({ value }) => inUnit(value))).toEqual([
      ...['68.21%', '68.91%', '–', '\u22120.70'],
      ...['199.0\u00a0M', '2.685\u00a0M', '2.164\u00a0M', '26.5\u00a0µs', '4.21\u00a0ms'],
      ...['10.6\u00a0ms', '10.8\u00a0MB'],
    ]);
    expect(
      own.map(({ source }) => source && 'citation' in source && source.citation.source.id),
    ).toEqual([
      ...['d-li14', 'pycls', undefined, undefined, undefined, undefined, undefined],
      ...[false, false, 'pycls', undefined],
    ]);
    const all = readingsOf(options, null).map(({ value }) => inUnit(value));
    expect(all).toHaveLength(own.length);
    expect(all.at(-2)).toBe('10.6–337\u00a0ms');
    expect(all.slice(2, 5)).toEqual([
      ...['74.9–83.0%', '\u22120.70…+0.29', '199\u00a0M–31.7\u00a0G'],
    ]);
  });

  it('follow the question in the table', () => {
    const question = asked({ axis: 'params', weights: ['v2'], budget: 10 });
    const { head, rows } = scatterTable(candidatesOf(options, question), question);
    expect(head).toEqual([
      ...['variant', 'parameters', 'top-1', '±', 'on the Pareto line', 'within the budget'],
    ]);
    expect(rows).toHaveLength(7);
    expect(rows[2]).toEqual([
      ...['1.6GF, torchvision V2', '9.190\u00a0M', '79.67%', '0.35', 'yes', 'yes'],
    ]);
    expect(rows[3]?.at(-1)).toBe('no');
  });
});

describe('other families', () => {
  const grey = otherCandidates(others(), { axis: 'flops', others: true });

  it.each(LAYOUTS)('stand within the plot, their names beside them, in the %s layout', (layout) => {
    const candidates = candidatesOf(options, DEFAULT_QUESTION);
    const frame = { layout, scale: 'log', tick: AXIS_WORDS.flops.tick } as const;
    const g = accuracyScatter(candidates, frame, grey);
    expect(g.others).toHaveLength(37);
    for (const { x, y } of g.others) {
      expect(x).toBeGreaterThanOrEqual(g.left);
      expect(x).toBeLessThanOrEqual(g.right);
      expect(y).toBeGreaterThanOrEqual(g.top);
      expect(y).toBeLessThanOrEqual(g.bottom);
    }
    const named = grey.flatMap(({ label }) => label ?? []);
    for (const label of named) expect(g.notes.map(({ text }) => text)).toContain(label);
    // They widen the plot; the Pareto line stays RegNetX's own.
    const alone = accuracyScatter(candidates, frame);
    expect(g.front.split('H')).toHaveLength(alone.front.split('H').length);
  });
});
