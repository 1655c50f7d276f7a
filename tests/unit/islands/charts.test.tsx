import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { publishedFigures } from '../../../src/charts/zoo-table/figures.ts';
import AccuracyScatter from '../../../src/islands/AccuracyScatter.tsx';
import FlopBreakdown from '../../../src/islands/FlopBreakdown.tsx';
import StageWidths from '../../../src/islands/StageWidths.tsx';
import ZooTable from '../../../src/islands/ZooTable.tsx';
import { models } from '../../../src/zoo/models.ts';
import { others } from '../../../src/zoo/families.ts';
import { bests, publishedBests } from '../../../src/zoo/obtainable.ts';
import { passportId } from '../../../src/zoo/results.ts';
import { publishedTimes, times } from '../../../src/zoo/speed.ts';

/** What a reader without JavaScript gets. */
const still = {
  stages: (id: string) => renderToString(<StageWidths id={id} />),
  flops: (id: string) => renderToString(<FlopBreakdown id={id} />),
  scatter: () => renderToString(<AccuracyScatter base="/zoo" times={times()} others={others()} />),
  table: () => renderToString(<ZooTable base="/zoo" times={times()} bests={bests()} />),
};
const count = (html: string, pattern: RegExp): number => [...html.matchAll(pattern)].length;

describe('without JavaScript', () => {
  it('every chart is an image with a name and a description, and has a table', () => {
    const charts = [still.stages('regnetx_002'), still.flops('regnetx_002'), still.scatter()];
    for (const html of charts) {
      expect(
        count(html, /<svg[^>]*role="img"[^>]*><title>[^<]+<\/title><desc>[^<]+<\/desc>/g),
      ).toBe(2);
      expect(html).toContain('<table>');
      expect(html).not.toMatch(/role="listbox"|role="option"/);
      expect(html).toMatch(/class="rx-hint rx-waiting">Point at/);
    }
  });

  it('no control looks alive', () => {
    expect(still.flops('regnetx_002')).toMatch(/<fieldset[^>]*disabled/);
    expect(still.scatter()).toMatch(/<fieldset[^>]*disabled/);
    expect(still.table()).toMatch(/<fieldset[^>]*disabled/);
    // What opens a passport needs no script; a column's head is a word until it sorts.
    expect(still.table()).not.toMatch(/<button(?![^>]*popovertarget)/);
  });

  it.each(models)('$name has a row a block, and totals as published', ({ id, design }) => {
    expect(count(still.stages(id), /<tr>/g)).toBe(design.depth + 1);
    expect(count(still.flops(id), />as published</g)).toBe(3);
  });

  it('every figure of the table that opens a passport finds it on the page', () => {
    const opened = [...still.table().matchAll(/popovertarget="([^"]+)"/g)].map(([, id]) => id);
    const written = [...publishedFigures(), ...publishedTimes(), ...publishedBests()];
    const passports = written.map(({ citation }) => passportId(citation));
    expect(opened).toHaveLength(12 * 5);
    expect(passports).toEqual(expect.arrayContaining(opened));
  });

  it('the table of the twelve is complete and leads to every page', () => {
    const html = still.table();
    for (const { id } of models) expect(html).toContain(`href="/zoo/models/${id}/"`);
    expect(count(html, /aria-sort="ascending"/g)).toBe(1);
    expect(html.replaceAll(/<\/?button[^>]*>/g, '')).toContain('<td role="cell">26.5\u00a0µs</td>');
  });
});
