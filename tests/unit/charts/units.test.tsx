import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { DataTable } from '../../../src/charts/shared/DataTable.tsx';
import { Drawing } from '../../../src/charts/shared/Drawing.tsx';
import { formatInteger, formatTick } from '../../../src/charts/shared/format.ts';
import { Readout } from '../../../src/charts/shared/Readout.tsx';
import {
  COST_LABELS,
  formatCost,
  formatMultiplyAdds,
  inUnit,
  relabelled,
  say,
} from '../../../src/charts/shared/units.ts';
import { Words } from '../../../src/charts/shared/Words.tsx';

describe('multiply-adds in two units', () => {
  it('are doubled before they are written, so that no digit is lost', () => {
    expect(formatMultiplyAdds(199_040_872)).toEqual({ '1x': '199.0\u00a0M', '2x': '398.1\u00a0M' });
    expect(formatMultiplyAdds(199_040_872, formatInteger)['2x']).toBe('398,081,744');
    expect(formatMultiplyAdds(5e8, formatTick)).toEqual({ '1x': '500\u00a0M', '2x': '1\u00a0G' });
  });

  it('are the only cost with two', () => {
    expect(inUnit(formatCost('flops', 4000), '2x')).toBe('8,000');
    expect(formatCost('params', 4000)).toBe('4,000');
    expect(formatCost('acts', 4000)).toBe('4,000');
  });

  it('make a sentence of both, and plain words stay plain', () => {
    const sentence = say`${'stem'}, ${2} ways: ${formatCost('flops', 4000)} ${COST_LABELS.flops}.`;
    expect(sentence).toEqual({
      '1x': 'stem, 2 ways: 4,000 multiply-adds.',
      '2x': 'stem, 2 ways: 8,000 FLOPs (2x).',
    });
    expect(say`${'head'}: ${formatCost('acts', 4000)} ${COST_LABELS.acts}`).toBe(
      'head: 4,000 activations',
    );
  });
});

it('relabels a sentence whose figures are shares', () => {
  expect(relabelled('Half of its multiply-adds.')).toEqual({
    '1x': 'Half of its multiply-adds.',
    '2x': 'Half of its FLOPs (2x).',
  });
  expect(relabelled('Thirteen blocks.')).toBe('Thirteen blocks.');
});

describe('in the page', () => {
  const both = formatCost('flops', 4000);

  it('stand both, one for each state of the switch', () => {
    expect(renderToString(<Words text={both} />)).toBe(
      '<span class="rx-1x">4,000</span><span class="rx-2x" data-pagefind-ignore="true">8,000</span>',
    );
    expect(renderToString(<Words svg text={both} />)).toBe(
      '<tspan class="rx-1x">4,000</tspan><tspan class="rx-2x">8,000</tspan>',
    );
    expect(renderToString(<Words text="4,000" />)).toBe('4,000');
  });

  it('are taken by tables and readouts; what is spoken of a still picture is multiply-adds', () => {
    const html = renderToString(
      <>
        <DataTable caption="Costs" head={['part', COST_LABELS.flops]} rows={[['stem', both]]} />
        <Readout
          heading="All"
          hint=""
          live={false}
          readings={[{ term: COST_LABELS.flops, value: both }]}
        />
        <Drawing
          g={{ width: 1, height: 1, font: 1 }}
          title="A"
          summary={say`Of ${both} ${COST_LABELS.flops}`}
        >
          <g />
        </Drawing>
      </>,
    );
    expect([...html.matchAll(/<span class="rx-2x"[^>]*>8,000<\/span>/g)]).toHaveLength(2);
    expect([...html.matchAll(/<span class="rx-2x"[^>]*>FLOPs \(2x\)<\/span>/g)]).toHaveLength(2);
    expect(html).toContain('<desc>Of 4,000 multiply-adds</desc>');
  });
});
