import { describe, expect, it } from 'vitest';
import {
  breakdownTable,
  describe as describeNode,
  pointOf,
  totalsOf,
} from '../../../src/charts/flop-breakdown/facts.ts';
import { formulaText, termsOf } from '../../../src/charts/flop-breakdown/formulas.ts';
import { flopBreakdown, widest } from '../../../src/charts/flop-breakdown/geometry.ts';
import { neighbour } from '../../../src/charts/flop-breakdown/keys.ts';
import { kindsOf, layersIn, nodesOf, treeOf } from '../../../src/charts/flop-breakdown/tree.ts';
import { FlopBreakdownView } from '../../../src/charts/flop-breakdown/View.tsx';
import { LAYOUTS, overlap, type Box } from '../../../src/charts/shared/svg.ts';
import { inUnit, say } from '../../../src/charts/shared/units.ts';
import { COSTS } from '../../../src/regnet/index.ts';
import { modelOf, models } from '../../../src/zoo/models.ts';
import { networkOfVariant as of } from './networks.ts';
import { snapshot, svgOf } from './svg.ts';

const partsOf = (id: string, resolution?: number) => {
  const tree = treeOf(of(id, resolution));
  return { tree, kinds: kindsOf(tree) };
};
/** A box without its edges, which neighbours share to within a rounding. */
const inner = ({ x, y, width, height }: Box): Box => ({
  x: x + 0.02,
  y: y + 0.02,
  width: width - 0.04,
  height: height - 0.04,
});

describe('parts', () => {
  it('are stem, stages of blocks of layers, and fc, and add up at every level', () => {
    for (const resolution of [96, 224, 448]) {
      const network = of('regnetx_002', resolution);
      const tree = treeOf(network);
      expect(tree.children.map(({ module }) => module)).toEqual([
        'stem',
        's1',
        's2',
        's3',
        's4',
        'head.fc',
      ]);
      expect(tree.children[2]?.children.map(({ module }) => module)).toEqual(['s2.b1']);
      expect(tree.children[2]?.children[0]?.children.map(({ name }) => name)).toEqual([
        'stage 2, block 1, 1×1 in',
        'stage 2, block 1, grouped 3×3',
        'stage 2, block 1, projection',
        'stage 2, block 1, 1×1 out',
      ]);
      for (const cost of COSTS)
        for (const node of [tree, ...nodesOf(tree)].filter(({ layer }) => !layer))
          expect(node.children.reduce((sum, child) => sum + child[cost], 0)).toBe(node[cost]);
      for (const cost of COSTS) expect(tree[cost]).toBe(network.complexity[cost]);
    }
  });

  it('are the same layers by kind', () => {
    const { tree, kinds } = partsOf('regnetx_032');
    expect(kinds.map(({ own }) => own)).toEqual(['grouped 3×3', '1×1', 'projection', 'stem', 'fc']);
    const modules = kinds.flatMap(layersIn).map(({ module }) => module);
    expect(modules.sort()).toEqual(
      layersIn(tree)
        .map(({ module }) => module)
        .sort(),
    );
    for (const cost of COSTS)
      expect(kinds.reduce((sum, kind) => sum + kind[cost], 0)).toBe(tree[cost]);
  });

  it('show the grouped 3x3 taking 13% at 200MF and 47% at 8.0GF', () => {
    const say = (id: string) => {
      const { tree, kinds } = partsOf(id);
      return inUnit(pointOf(modelOf(id).name, tree, kinds, 'flops'));
    };
    expect(say('regnetx_002')).toBe(
      'Grouped 3×3 convolutions take 13% of the multiply-adds of RegNetX-200MF, 1×1 convolutions 77%.',
    );
    expect(say('regnetx_080')).toMatch(/^Grouped 3×3 convolutions take 47% /);
  });
});

describe.each(models)('the formulas of $name', ({ id }) => {
  /** What a formula's words say, as a number; names of parts stand in brackets of their own. */
  const worth = (words: string): number => {
    const text = words
      .replace(/^2 × \((.*)\)$/, '$1')
      .replaceAll(/\((block|stage|stem|fc|1×1|grouped|projection)[^)]*\)/g, '')
      .replaceAll(/[a-z,()]/g, '');
    const sum = text
      .split('+')
      .map((product) => product.split('×').reduce((total, factor) => total * Number(factor), 1))
      .reduce((total, term) => total + term, 0);
    return words.startsWith('2 × (') ? 2 * sum : sum;
  };

  it.each(COSTS)('are true as they are written, in both units, for %s', (cost) => {
    const { tree, kinds } = partsOf(id);
    for (const node of [tree, ...kinds, ...nodesOf(tree)])
      for (const [unit, factor] of [
        ['1x', 1],
        ['2x', cost === 'flops' ? 2 : 1],
      ] as const) {
        const text = inUnit(formulaText(node, cost), unit);
        const [left = '', right = ''] = text.split(' = ');
        expect(worth(left), text).toBe(factor * node[cost]);
        expect(worth(right.replace('(2x)', '').replaceAll(/[A-Za-z-]/g, '')), text).toBe(
          factor * node[cost],
        );
      }
  });

  it.each(COSTS)('add up to each part from its parts, for %s', (cost) => {
    const { tree, kinds } = partsOf(id);
    for (const node of [tree, ...kinds, ...nodesOf(tree)].filter(({ layer }) => !layer)) {
      const sum = termsOf(node, cost).reduce((total, { times, value }) => total + times * value, 0);
      expect(sum).toBe(node[cost]);
    }
  });
});

it('words its formulas for people', () => {
  const { tree, kinds } = partsOf('regnetx_032');
  const text = (module: string, cost: 'flops' | 'params' | 'acts', unit: '1x' | '2x' = '1x') => {
    const node = [tree, ...kinds, ...nodesOf(tree)].find((n) => n.module === module);
    return node ? inUnit(formulaText(node, cost), unit) : '';
  };
  expect(text('s3.b2.conv2', 'flops')).toBe(
    '3 × 3 × 48 channels a group × 432 channels out × 14 × 14 pixels = 36,578,304 multiply-adds',
  );
  expect(text('s3.b2.conv2', 'flops', '2x')).toBe(
    '2 × 3 × 3 × 48 channels a group × 432 channels out × 14 × 14 pixels = 73,156,608 FLOPs (2x)',
  );
  expect(text('s3.b2.conv2', 'params')).toBe(
    '3 × 3 × 48 channels a group × 432 channels out + 2 × 432 of batch norm = 187,488 parameters',
  );
  expect(text('head.fc', 'flops', '2x')).toBe(
    '2 × (1,008 channels in × 1,000 classes + 1,000 biases) = 2,018,000 FLOPs (2x)',
  );
  expect(text('every stem', 'acts')).toBe(
    '32 channels out × 112 × 112 pixels = 401,408 activations',
  );
  expect(text('s4', 'flops')).toBe(
    '177,811,200 (block 1) + 120,911,616 (block 2) = 298,722,816 multiply-adds',
  );
  expect(text('s3', 'acts')).toMatch(/^[\d,]+ \(block 1\) \+ 14 × [\d,]+ \(blocks 2 to 15\) = /);
});

describe.each(models.map(({ id }) => id))('the drawing of %s', (id) => {
  it.each(COSTS.flatMap((cost) => LAYOUTS.map((layout) => [cost, layout] as const)))(
    'gives %s their share of the width in the %s layout',
    (cost, layout) => {
      const { tree, kinds } = partsOf(id);
      const g = flopBreakdown(tree, kinds, cost, 'absolute', layout);
      for (const cell of g.cells) {
        expect(cell.width).toBeCloseTo(cell.share * g.width, 1);
        for (const line of cell.lines)
          expect(widest(line.text, g.font)).toBeLessThanOrEqual(cell.width);
      }
      for (const [i, a] of g.cells.entries())
        for (const b of g.cells.slice(i + 1)) expect(overlap(inner(a), inner(b))).toBe(false);
      for (const row of g.rows) {
        const text = widest(say`${row.label} · ${row.aside}`, g.font);
        expect(row.end + 6 + text).toBeLessThanOrEqual(g.width);
      }
      for (const [i, tick] of g.axis.ticks.entries()) {
        const before = g.axis.ticks[i - 1];
        if (before)
          expect(tick.at - before.at).toBeGreaterThan(
            (widest(tick.label, g.font) + widest(before.label, g.font)) / 2,
          );
      }
    },
  );
});

describe('keys', () => {
  const { tree, kinds } = partsOf('regnetx_002');
  const nodes = nodesOf(tree);
  const marks = [...kinds, ...nodes];
  const walk = (...keys: string[]): string[] => {
    let at = 0;
    return keys.map((key) => {
      at = neighbour(kinds, nodes, key, at) ?? at;
      return marks[at]?.module ?? '';
    });
  };

  it('lead from kind to kind, on to the stages, along a level and through the levels', () => {
    expect(walk('End', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight')).toEqual([
      'every fc',
      'stem',
      's1',
      's2',
      's3',
    ]);
    const down = ['End', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowDown'];
    expect(walk(...down, 'ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowUp').slice(3)).toEqual([
      's1.b1',
      's1.b1.conv1',
      's1.b1.conv2',
      's1.b1',
      's2.b1',
      's2',
    ]);
    expect(walk(...down, 'Home', 'ArrowUp').slice(5)).toEqual(['stem', 'every fc']);
    expect(walk(...down, 'End', 'ArrowDown').slice(5)).toEqual(['head.fc', 'head.fc']);
  });

  it('reach every mark from every other, and mean nothing else', () => {
    const reached = new Set([0]);
    for (const at of reached)
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'])
        reached.add(neighbour(kinds, nodes, key, at) ?? at);
    expect(reached.size).toBe(marks.length);
    expect(marks).toHaveLength(5 + 2 + 4 + 13 + (13 * 3 + 4));
    expect(neighbour(kinds, nodes, 'x', 8)).toBeNull();
  });
});

describe('figures', () => {
  const { tree, kinds } = partsOf('regnetx_002');

  it('tell the costs of what was chosen and their shares', () => {
    const [grouped] = kinds;
    const { heading, readings } = describeNode(tree, grouped ?? tree, 224);
    expect(heading).toBe('Grouped 3×3, all stages, at 224 px');
    expect(readings[0]).toEqual({
      term: { '1x': 'multiply-adds', '2x': 'FLOPs (2x)' },
      value: { '1x': '26.25\u00a0M', '2x': '52.50\u00a0M' },
      note: '13% of all',
    });
    expect(describeNode(tree, tree, 224).readings.map(({ value }) => inUnit(value))).toEqual([
      '199.0\u00a0M',
      '2.685\u00a0M',
      '2.164\u00a0M',
    ]);
  });

  it('call totals published only where they equal the published ones', () => {
    const published = { flops: 199_040_872, params: 2_684_792, acts: 2_164_056 };
    expect(totalsOf(tree, published).map(({ value, note }) => [inUnit(value), note])).toEqual([
      ['199,040,872', 'as published'],
      ['2,684,792', 'as published'],
      ['2,164,056', 'as published'],
    ]);
    const larger = totalsOf(partsOf('regnetx_002', 320).tree, published);
    expect(larger.map(({ note }) => inUnit(note))).toEqual([
      'published at 224 px: 199,040,872',
      'as published',
      'published at 224 px: 2,164,056',
    ]);
    expect(totalsOf(tree, null).map(({ note }) => note)).toEqual(['', '', '']);
  });

  it('end the table with the sums', () => {
    const { head, rows } = breakdownTable('RegNetX-200MF', tree, kinds, 224);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
    expect(rows).toHaveLength(45 + 4 + 3 + 1);
    expect(
      rows
        .at(-4)
        ?.slice(0, 3)
        .map((text) => inUnit(text)),
    ).toEqual(['grouped 3×3, all stages', '26,248,320', '13.19%']);
    expect(rows.at(-1)?.map((text) => inUnit(text, '2x'))).toEqual([
      'all',
      '398,081,744',
      '100.00%',
      '2,684,792',
      '100.00%',
      '2,164,056',
      '100.00%',
    ]);
  });
});

it.each([
  ['regnetx_002', 'flops', 'absolute', 'wide'],
  ['regnetx_032', 'flops', 'absolute', 'wide'],
  ['regnetx_032', 'acts', 'share', 'narrow'],
] as const)('%s, %s, %s, %s, looks as it did', async (id, cost, mode, layout) => {
  const { tree, kinds } = partsOf(id);
  const geometry = flopBreakdown(tree, kinds, cost, mode, layout);
  const name = modelOf(id).name;
  await expect(
    svgOf(<FlopBreakdownView {...{ name, cost, geometry }} resolution={224} />),
  ).toMatchFileSnapshot(snapshot(`flop-breakdown-${id}-${cost}-${layout}`));
});
