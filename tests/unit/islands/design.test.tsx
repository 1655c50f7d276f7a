import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { OFFERED, rangeFor } from '../../../src/islands/design/parameters.ts';
import {
  explore,
  exploredAt,
  nearestVariant,
  variantOf,
  type Explored,
} from '../../../src/islands/design/state.ts';
import DesignExplorer from '../../../src/islands/DesignExplorer.tsx';
import { networkOf } from '../../../src/regnet/index.ts';
import { modelOf, models } from '../../../src/zoo/models.ts';

const start = exploredAt(modelOf('regnetx_002').design);
const edit = (state: Explored, parameter: keyof Explored['fields'], text: string): Explored =>
  explore(state, { type: 'edit', parameter, text });

describe('exploring', () => {
  it('follows what is typed', () => {
    const after = edit(edit(start, 'depth', '16'), 'groupWidth', '16');
    expect(after.network.design).toEqual({ ...start.network.design, depth: 16, groupWidth: 16 });
    expect(after.refused).toBeNull();
  });

  it('keeps the last network while the fields make none, and says why', () => {
    const after = edit(start, 'w0', '20');
    expect(after.network).toBe(start.network);
    expect(after.fields.w0).toBe('20');
    expect(after.refused).toEqual({
      parameter: 'w0',
      message: 'w0 must be a positive multiple of 8, at most 65536, not 20.',
    });
    expect(edit(start, 'wm', '').refused?.message).toBe('wm must be a number, not “”.');
    expect(edit(start, 'wa', '-1').refused?.parameter).toBe('wa');
    expect(edit(after, 'w0', '32').refused).toBeNull();
  });

  it('names the culprit even while another field is edited', () => {
    const after = edit(edit(start, 'w0', '20'), 'depth', '14');
    expect(after.refused?.parameter).toBe('w0');
    expect(after.network).toBe(start.network);
  });

  it('forgets the address’s problems with the first change', () => {
    const opened = explore(start, {
      type: 'open',
      design: modelOf('regnetx_004').design,
      notices: ['d is no number.'],
    });
    expect(opened.notices).toHaveLength(1);
    expect(edit(opened, 'depth', '21').notices).toEqual([]);
  });

  it('recognises the twelve by their stages, and the nearest by multiply-adds', () => {
    for (const { id, design } of models) expect(variantOf(networkOf(design))?.id).toBe(id);
    const { design } = start.network;
    expect(variantOf(networkOf({ ...design, wa: 36.5 }))?.id).toBe('regnetx_002');
    expect(variantOf(networkOf({ ...design, depth: 14 }))).toBeUndefined();
    const { model, ratio } = nearestVariant(networkOf({ ...design, depth: 14 }));
    expect(model.id).toBe('regnetx_002');
    expect(ratio).toBeGreaterThan(1);
  });
});

it('gives every slider a range and step that have the value', () => {
  for (const parameter of OFFERED)
    for (const value of [...models.map(({ design }) => design[parameter.key]), 1.23, 13, 5000]) {
      const { min, max, step } = rangeFor(parameter, value);
      expect(value).toBeGreaterThanOrEqual(min);
      expect(value).toBeLessThanOrEqual(max);
      const steps = (value - min) / step;
      expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-3);
    }
});

it('stands complete and still without JavaScript', () => {
  const html = renderToString(<DesignExplorer base="/zoo" />);
  expect(html).toMatch(/<fieldset class="rx-controls" disabled/);
  expect([...html.matchAll(/<svg[^>]*role="img"/g)]).toHaveLength(2);
  expect([...html.matchAll(/<tr>/g)]).toHaveLength(14);
  expect([...html.matchAll(/data-snippet/g)]).toHaveLength(4);
  expect(html).toContain('href="/zoo/models/regnetx_002/"');
  const copies = [...html.matchAll(/<button[^>]*class="rx-button"[^>]*>/g)].map(([b]) => b);
  expect(copies).toHaveLength(4);
  for (const button of copies) expect(button).toContain('disabled');
});
