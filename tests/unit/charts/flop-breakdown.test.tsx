import { describe, expect, it } from 'vitest';
import {
  breakdownTable,
  describe as describeTarget,
  totalsOf,
} from '../../../src/charts/flop-breakdown/facts.ts';
import { flopBreakdown } from '../../../src/charts/flop-breakdown/geometry.ts';
import { neighbour, targetsOf } from '../../../src/charts/flop-breakdown/keys.ts';
import { nameOf, OPERATORS, partsOf, total } from '../../../src/charts/flop-breakdown/parts.ts';
import { FlopBreakdownView } from '../../../src/charts/flop-breakdown/View.tsx';
import { LAYOUTS, overlap, type Box } from '../../../src/charts/shared/svg.ts';
import { textWidth } from '../../../src/charts/shared/text.ts';
import { COSTS, networkOf, type Network } from '../../../src/regnet/index.ts';
import { modelOf, models } from '../../../src/zoo/models.ts';
import { snapshot, svgOf } from './svg.ts';

const of = (id: string, resolution = 224): Network => networkOf(modelOf(id).design, resolution);
/** A box without its edges, which neighbours share to within a rounding. */
const inner = ({ x, y, width, height }: Box): Box => ({
  x: x + 0.02,
  y: y + 0.02,
  width: width - 0.04,
  height: height - 0.04,
});
const share = (id: string, role: string): number => {
  const parts = partsOf(of(id));
  return (
    total(
      parts.filter((part) => part.operator.role === role),
      'flops',
    ) / total(parts, 'flops')
  );
};

describe('parts', () => {
  it('come in the order of execution and add up to the network', () => {
    for (const resolution of [96, 224, 448]) {
      const network = of('regnetx_002', resolution);
      const parts = partsOf(network);
      expect(parts.map(({ stage, operator }) => `${stage} ${operator.role}`)).toEqual([
        '0 stem',
        ...[1, 2, 3, 4].flatMap((stage) =>
          ['conv1', 'conv2', 'conv3', 'downsample'].map((role) => `${stage} ${role}`),
        ),
        '0 head',
      ]);
      for (const cost of COSTS) expect(total(parts, cost)).toBe(network.complexity[cost]);
    }
  });

  it('show the grouped 3x3 taking 13% at 200MF and 47% at 8.0GF', () => {
    expect(share('regnetx_002', 'conv2')).toBeCloseTo(0.13, 2);
    expect(share('regnetx_080', 'conv2')).toBeCloseTo(0.47, 2);
  });
});

describe.each(models.map(({ id }) => id))('the drawing of %s', (id) => {
  it.each(COSTS.flatMap((cost) => LAYOUTS.map((layout) => [cost, layout] as const)))(
    'gives %s their share of the width in the %s layout',
    (cost, layout) => {
      const parts = partsOf(of(id));
      const g = flopBreakdown(parts, cost, 'absolute', layout);
      for (const cell of g.cells) {
        expect(cell.width).toBeCloseTo(cell.share * g.width, 1);
        for (const line of cell.lines)
          expect(textWidth(line.text, g.font)).toBeLessThanOrEqual(cell.width);
      }
      for (const [i, a] of g.cells.entries())
        for (const b of g.cells.slice(i + 1)) expect(overlap(inner(a), inner(b))).toBe(false);
      const rows = g.rows.reduce((sum, row) => sum + row.value, 0);
      expect(rows).toBe(total(parts, cost));
      for (const row of g.rows) {
        const text = textWidth(`${row.label} · ${row.aside}`, g.font);
        expect(row.end + 6 + text).toBeLessThanOrEqual(g.width);
      }
      for (const [i, tick] of g.axis.ticks.entries()) {
        const before = g.axis.ticks[i - 1];
        if (before)
          expect(tick.x - before.x).toBeGreaterThan(
            (textWidth(tick.label, g.font) + textWidth(before.label, g.font)) / 2,
          );
      }
    },
  );
});

describe('keys', () => {
  const targets = targetsOf(flopBreakdown(partsOf(of('regnetx_002')), 'flops', 'share', 'wide'));
  const walk = (...keys: string[]): string[] => {
    let at = 0;
    return keys.map((key) => {
      at = neighbour(targets, key, at) ?? at;
      const target = targets[at];
      return target ? nameOf(target) : '';
    });
  };

  it('lead along the stages, down to their operators, to the sums and back', () => {
    expect(walk('ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowDown')).toEqual([
      'stage 1',
      'stage 2',
      'stage 2, 1×1 in',
      'stage 2, grouped 3×3',
      'grouped 3×3, all stages',
    ]);
    expect(walk('ArrowRight', 'ArrowDown', 'ArrowUp', 'End', 'Home')).toEqual([
      'stage 1',
      'stage 1, 1×1 in',
      'stage 1',
      'head',
      'stem',
    ]);
    expect(walk('ArrowDown', 'ArrowUp')).toEqual(['stem', 'stem']);
  });

  it('reach every target from every other, and mean nothing else', () => {
    const reached = new Set([0]);
    for (const at of reached)
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'])
        reached.add(neighbour(targets, key, at) ?? at);
    expect(reached.size).toBe(targets.length);
    expect(targets).toHaveLength(2 + 4 + 16 + OPERATORS.length);
    expect(neighbour(targets, 'x', 3)).toBeNull();
  });
});

describe('figures', () => {
  const parts = partsOf(of('regnetx_002'));

  it('tell the costs of what was chosen and their shares', () => {
    const chosen = { kind: 'operator', operator: OPERATORS[2] } as const;
    const { heading, readings } = describeTarget(parts, chosen, 224);
    expect(heading).toBe('Grouped 3×3, all stages at 224 px');
    expect(readings[0]).toEqual({
      term: 'multiply-adds',
      value: '26.25\u00a0M',
      note: '13% of all',
    });
    expect(describeTarget(parts, null, 224).readings.map(({ value }) => value)).toEqual([
      '199.0\u00a0M',
      '2.685\u00a0M',
      '2.164\u00a0M',
    ]);
  });

  it('call totals published only where they equal the published ones', () => {
    const published = { flops: 199_040_872, params: 2_684_792, acts: 2_164_056 };
    expect(totalsOf(parts, published).map(({ value, note }) => [value, note])).toEqual([
      ['199,040,872', 'as published'],
      ['2,684,792', 'as published'],
      ['2,164,056', 'as published'],
    ]);
    const larger = totalsOf(partsOf(of('regnetx_002', 320)), published);
    expect(larger.map(({ note }) => note)).toEqual([
      'published at 224 px: 199,040,872',
      'as published',
      'published at 224 px: 2,164,056',
    ]);
    expect(totalsOf(parts, null).map(({ note }) => note)).toEqual(['', '', '']);
  });

  it('end the table with the totals', () => {
    const { head, rows } = breakdownTable('RegNetX-200MF', parts, 224);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
    expect(rows.at(-1)).toEqual([
      'all',
      '199,040,872',
      '100%',
      '2,684,792',
      '100%',
      '2,164,056',
      '100%',
    ]);
  });
});

it.each([
  ['regnetx_002', 'flops', 'absolute', 'wide'],
  ['regnetx_032', 'flops', 'absolute', 'wide'],
  ['regnetx_032', 'acts', 'share', 'narrow'],
] as const)('%s, %s, %s, %s, looks as it did', async (id, cost, mode, layout) => {
  const geometry = flopBreakdown(partsOf(of(id)), cost, mode, layout);
  const name = modelOf(id).name;
  await expect(
    svgOf(<FlopBreakdownView {...{ name, cost, geometry }} resolution={224} />),
  ).toMatchFileSnapshot(snapshot(`flop-breakdown-${id}-${cost}-${layout}`));
});
