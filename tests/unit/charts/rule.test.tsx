import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { ruleGeometry } from '../../../src/charts/rule/geometry.ts';
import { RulePicture } from '../../../src/charts/rule/View.tsx';
import { networkOf } from '../../../src/regnet/index.ts';
import { modelOf } from '../../../src/zoo/models.ts';

const size = { width: 480, height: 250 };
const network = networkOf(modelOf('regnetx_002').design);

describe('a line, a staircase, a network', () => {
  const g = ruleGeometry(network, size);

  it('has a bar a block, as high as it is wide, on one scale with the line', () => {
    expect(g.bars).toHaveLength(13);
    // The line ends highest: 24 + 12 * 36.44 = 461.28 channels in 238 units.
    const unit = (g.baseline - 6) / 461.28;
    expect(g.bars.at(0)?.height).toBeCloseTo(24 * unit, 1);
    expect(g.bars.at(-1)?.height).toBeCloseTo(368 * unit, 1);
    expect(g.bars.at(-1)?.at.y).toBe(6);
    expect(g.bars.map(({ stage }) => stage)).toEqual([1, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4]);
  });

  it('lays the line through the middle of every bar, and the staircase on their tops', () => {
    const [first, last] = [g.bars.at(0)?.at, g.bars.at(-1)?.at];
    if (!first || !last) throw new Error('There are no bars.');
    for (const { at } of g.bars) {
      const share = (at.x - first.x) / (last.x - first.x);
      expect(at.y).toBeCloseTo(first.y + share * (last.y - first.y), 1);
    }
    expect(g.staircase.startsWith(`M6,${g.bars[0]?.y ?? ''}H`)).toBe(true);
    expect(g.staircase).not.toContain('L');
  });

  it('draws the deepest networks with few bars', () => {
    const deep = networkOf({ depth: 1024, w0: 8, wa: 60, wm: 2, groupWidth: 8 });
    expect(ruleGeometry(deep, size).bars.length).toBeLessThanOrEqual(128);
  });

  it('moves only where it is asked to, and says what it shows unless a chart does', () => {
    const still = renderToString(<RulePicture network={network} size={size} label={null} />);
    expect(still).toContain('aria-hidden');
    expect(still).not.toMatch(/rx-moving|--i/);
    const moving = renderToString(
      <RulePicture network={network} size={size} label="A line." moving />,
    );
    expect(moving).toContain('aria-label="A line."');
    expect(moving.match(/--i/g)).toHaveLength(2 * 13);
  });
});
