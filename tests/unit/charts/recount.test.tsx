import { describe, expect, it } from 'vitest';
import { courseGeometry, type CoursePoint } from '../../../src/charts/accuracy-course/geometry.ts';
import {
  CourseView,
  summaryOf as courseSummary,
} from '../../../src/charts/accuracy-course/View.tsx';
import {
  confusionName,
  confusionsGeometry,
  MOST_DRAWN,
} from '../../../src/charts/confusions/geometry.ts';
import {
  ConfusionsView,
  summaryOf as confusionsSummary,
} from '../../../src/charts/confusions/View.tsx';
import { perClassGeometry, shareOf, sorted } from '../../../src/charts/per-class/geometry.ts';
import { PerClassView, summaryOf as classSummary } from '../../../src/charts/per-class/View.tsx';
import { reliabilityGeometry } from '../../../src/charts/reliability/geometry.ts';
import {
  ReliabilityView,
  summaryOf as reliabilitySummary,
} from '../../../src/charts/reliability/View.tsx';
import { LAYOUTS } from '../../../src/charts/shared/svg.ts';
import { textWidth } from '../../../src/charts/shared/text.ts';
import { snapshot, svgOf } from './svg.ts';

describe('the course of an accuracy', () => {
  const at = (count: number, share: number, half: number): CoursePoint => ({
    count,
    share,
    low: share - half,
    high: share + half,
  });
  const points = [
    at(8, 0.5, 0.3),
    at(32, 0.44, 0.16),
    at(128, 0.47, 0.086),
    at(512, 0.485, 0.043),
    at(2048, 0.491, 0.022),
  ];
  const published = [
    { label: 'this site, 49.00%', share: 0.49 },
    { label: 'another, 49.20%', share: 0.492 },
  ];

  describe.each(LAYOUTS)('%s', (layout) => {
    const g = courseGeometry(points, 10_000, published, layout);

    it('leads from left to right, within the frame', () => {
      const xs = g.marks.map(({ x }) => x);
      expect(xs).toEqual(xs.toSorted((a, b) => a - b));
      expect(xs[0]).toBe(g.left);
      expect(xs.at(-1)).toBeLessThan(g.right);
      for (const { y } of g.marks) {
        expect(y).toBeGreaterThanOrEqual(g.top);
        expect(y).toBeLessThanOrEqual(g.baseline);
      }
    });

    it('gives each point a strip of its own, one behind the other', () => {
      for (const [i, { x, slot }] of g.marks.entries()) {
        expect(slot.x).toBeLessThanOrEqual(x);
        expect(slot.x + slot.width).toBeGreaterThanOrEqual(x);
        const next = g.marks[i + 1];
        if (next) expect(slot.x + slot.width).toBeCloseTo(next.slot.x, 1);
      }
    });

    it('draws a higher share higher, and a published one where it belongs', () => {
      const last = g.marks.at(-1)?.y ?? NaN;
      const [lower, higher] = ['this site, 49.00%', 'another, 49.20%'].map(
        (label) => g.levels.find((level) => level.label === label)?.y ?? NaN,
      );
      expect(lower).toBeGreaterThan(last);
      expect(higher).toBeLessThan(last);
    });

    it('keeps the published names apart', () => {
      const [a = NaN, b = NaN] = g.levels.map(({ textY }) => textY);
      expect(Math.abs(a - b)).toBeGreaterThanOrEqual(g.font);
    });

    it('is as it was', async () => {
      const drawing = <CourseView points={points} total={10_000} {...{ published }} geometry={g} />;
      await expect(svgOf(drawing)).toMatchFileSnapshot(snapshot(`accuracy-course-${layout}`));
    });

    it.each([0, 1])('draws a course of %i points', (some) => {
      const few = courseGeometry(points.slice(0, some), 4, [], layout);
      expect(few.marks).toHaveLength(some);
      expect(JSON.stringify(few)).not.toMatch(/NaN|null/);
    });
  });

  it('says what it shows', () => {
    expect(courseSummary({ points, published: [] })).toBe(
      'After 2,048 pictures top-1 is 49.10%, with 95% confidence between 46.90% and 51.30%.',
    );
    expect(courseSummary({ points: [], published })).toBe('No picture is counted yet.');
  });
});

describe('a reliability diagram', () => {
  const bins = [
    { from: 0, to: 0.25, count: 10, confidence: 0.2, accuracy: 0.1 },
    { from: 0.25, to: 0.5, count: 0, confidence: null, accuracy: null },
    { from: 0.5, to: 0.75, count: 40, confidence: 0.6, accuracy: 0.5 },
    { from: 0.75, to: 1, count: 20, confidence: 0.9, accuracy: 0.95 },
  ];
  const g = reliabilityGeometry(bins);

  it('has a bar for every bin that holds something', () => {
    expect(g.marks.map(({ bin }) => bin)).toEqual([0, 2, 3]);
  });

  it('draws accuracy and confidence on one scale, and the gap between them', () => {
    const height = g.baseline - g.top;
    for (const { bin, bar, gap, confidence } of g.marks) {
      const { accuracy, confidence: sure } = bins[bin] ?? {};
      expect(bar.height / height).toBeCloseTo(accuracy ?? NaN, 3);
      expect((g.baseline - confidence) / height).toBeCloseTo(sure ?? NaN, 3);
      expect(gap.height).toBeCloseTo(Math.abs(bar.y - confidence), 1);
    }
  });

  it('shows how many answers a bin has', () => {
    const [a = NaN, b = NaN, c = NaN] = g.marks.map(({ share }) => share.height);
    expect([a / b, c / b]).toEqual([0.25, 0.5]);
  });

  it('says on which side it errs', () => {
    expect(reliabilitySummary({ bins, ece: 0.0857 })).toBe(
      'The expected calibration error is 8.6%: on the whole the network is surer than it is right.',
    );
    expect(reliabilitySummary({ bins: bins.slice(3), ece: 0.05 })).toContain('right more often');
    expect(reliabilitySummary({ bins: [], ece: 0 })).toBe(
      'The expected calibration error is 0.0%.',
    );
  });

  it('is as it was', async () => {
    const drawing = <ReliabilityView bins={bins} ece={0.0857} geometry={g} />;
    await expect(svgOf(drawing)).toMatchFileSnapshot(snapshot('reliability'));
  });
});

describe('accuracy by class', () => {
  const classes = [
    { label: 'tabby', count: 50, top1: 40, top5: 48 },
    { label: 'espresso', count: 50, top1: 50, top5: 50 },
    { label: 'beacon', count: 10, top1: 2, top5: 6 },
    { label: 'missile', count: 50, top1: 10, top5: 31 },
  ];
  const order = sorted(classes);

  it('begins with the class that fares worst, of equals with the larger', () => {
    expect(order.map(({ label }) => label)).toEqual(['missile', 'beacon', 'tabby', 'espresso']);
  });

  it.each(LAYOUTS)('%s: a dot a class, rising to the right', async (layout) => {
    const g = perClassGeometry(order, layout);
    for (const [i, { x, y }] of g.marks.entries()) {
      const one = order[i];
      const share = one ? shareOf(one) : NaN;
      expect((g.baseline - y) / (g.baseline - g.top)).toBeCloseTo(share, 3);
      expect(x).toBeGreaterThan(g.marks[i - 1]?.x ?? g.left);
    }
    expect((g.baseline - g.mean) / (g.baseline - g.top)).toBeCloseTo(102 / 160, 3);
    const drawing = <PerClassView classes={order} geometry={g} />;
    await expect(svgOf(drawing)).toMatchFileSnapshot(snapshot(`per-class-${layout}`));
  });

  it('says what it shows', () => {
    expect(classSummary(order)).toBe(
      'The accuracy of a class lies between 20% (missile) and 100% (espresso).',
    );
    expect(classSummary([])).toBe('No class has a picture yet.');
    expect(classSummary(order.slice(3))).toContain('All pictures show one class.');
  });
});

describe('confusions', () => {
  const confusions = Array.from({ length: 14 }, (_, i) => ({
    truth: i === 3 ? 'a class whose name is longer than a column is wide, as some are' : 'tabby',
    taken: `class ${i}`,
    count: 20 - i,
  }));
  const g = confusionsGeometry(confusions);

  it('draws the first of them, each bar as long as it is frequent', () => {
    expect(g.rows).toHaveLength(MOST_DRAWN);
    for (const [i, { bar }] of g.rows.entries())
      expect(bar.width / (g.rows[0]?.bar.width ?? NaN)).toBeCloseTo((20 - i) / 20, 3);
  });

  it('cuts names that have no room', () => {
    for (const { label } of g.rows)
      expect(textWidth(label.text, g.font)).toBeLessThanOrEqual(g.width);
    expect(g.rows[3]?.label.text).toMatch(/… → class 3$/);
    expect(g.rows[0]?.label.text).toBe(confusionName({ truth: 'tabby', taken: 'class 0' }));
  });

  it('says what it shows, and that there are none', async () => {
    expect(confusionsSummary({ confusions, mistakes: 200 })).toBe(
      'Most often, tabby is taken for class 0: 20 of 200 mistakes, 10%.',
    );
    expect(confusionsSummary({ confusions: [], mistakes: 0 })).toBe(
      'No picture is taken for something else.',
    );
    const drawing = <ConfusionsView confusions={confusions} mistakes={200} geometry={g} />;
    await expect(svgOf(drawing)).toMatchFileSnapshot(snapshot('confusions'));
  });
});
