import { describe, expect, it } from 'vitest';
import { mathml } from '../../../src/components/guide/mathml.ts';

describe('mathml', () => {
  it('sets scripts, and both at once', () => {
    expect(mathml('w_0')).toBe('<msub><mi>w</mi><mn>0</mn></msub>');
    expect(mathml('w_m^{k_j}')).toBe(
      '<msubsup><mi>w</mi><mi>m</mi><msub><mi>k</mi><mi>j</mi></msub></msubsup>',
    );
  });

  it('sets fractions and functions, with a space only where no parenthesis follows', () => {
    expect(mathml('\\frac{\\log (u)}{\\log w}')).toBe(
      '<mfrac><mrow><mi mathvariant="normal">log</mi><mo>(</mo><mi>u</mi><mo>)</mo></mrow>' +
        '<mrow><mi mathvariant="normal">log</mi><mspace width="0.17em"/><mi>w</mi></mrow></mfrac>',
    );
  });

  it('keeps numbers whole, makes a true minus, and escapes', () => {
    expect(mathml('36.44-1')).toBe('<mrow><mn>36.44</mn><mo>−</mo><mn>1</mn></mrow>');
    expect(mathml('j<d')).toContain('<mo>&lt;</mo>');
    expect(mathml('\\text{a & b}')).toBe('<mtext>a &amp; b</mtext>');
  });

  it.each(['w_', '{w', 'w}', '\\frac{a}b', '\\sqrt{2}', 'a^^b'])('refuses %s', (tex) => {
    expect(() => mathml(tex)).toThrow(SyntaxError);
    expect(() => mathml(tex)).toThrow(tex);
  });
});
