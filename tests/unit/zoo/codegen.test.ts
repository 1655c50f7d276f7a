import { describe, expect, it } from 'vitest';
import { stagesOf, torchvisionStagesOf, type Design } from '../../../src/regnet/index.ts';
import { snippetsOf } from '../../../src/zoo/codegen.ts';
import { modelOf, models } from '../../../src/zoo/models.ts';

const byId = (design: Design) => Object.fromEntries(snippetsOf(design).map((s) => [s.id, s]));

describe('a design as code', () => {
  it('writes 200MF as each code base does', () => {
    const { seed, timm, torchvision, pycls } = byId(modelOf('regnetx_002').design);
    // d-li14's own regnetx_002() makes the same call.
    expect(seed?.code).toContain(
      'RegNet(Bottleneck, [1, 1, 4, 7], [24, 56, 152, 368], group_width=8)',
    );
    expect(timm?.code).toContain('RegNetCfg(depth=13, w0=24, wa=36.44, wm=2.49, group_size=8)');
    expect(torchvision?.code).toContain('depth=13, w_0=24, w_a=36.44, w_m=2.49, group_width=8');
    expect(pycls?.code).toContain(
      'REGNET:\n  DEPTH: 13\n  W0: 24\n  WA: 36.44\n  WM: 2.49\n  GROUP_W: 8',
    );
    for (const { note } of snippetsOf(modelOf('regnetx_002').design)) expect(note).toBeNull();
  });

  it('writes floats as floats: pycls refuses an integer there', () => {
    const { pycls, timm } = byId({ depth: 23, w0: 320, wa: 70, wm: 2, groupWidth: 168 });
    expect(pycls?.code).toContain('WA: 70.0\n  WM: 2.0');
    expect(timm?.code).toContain('wa=70.0, wm=2.0');
    const small = byId({ depth: 13, w0: 24, wa: 1e-7, wm: 2, groupWidth: 8 });
    expect(small.pycls?.code).toContain('WA: 0.0000001\n');
    expect(byId({ depth: 13, w0: 24, wa: 0, wm: 2, groupWidth: 8 }).pycls?.code).toContain(
      'WA: 0.0\n',
    );
  });

  it('says where a code base cannot, or would build something else', () => {
    const three = byId({ depth: 6, w0: 24, wa: 36.44, wm: 2.49, groupWidth: 8 });
    expect(three.seed?.code).toContain(
      'RegNet(w_a=36.44, w_0=24, w_m=2.49, d=6, group_w=8, bot_mul=1)',
    );
    expect(three.seed?.note).toContain('This one has 3');
    const many = byId({ depth: 28, w0: 32, wa: 40, wm: 1.5, groupWidth: 8 });
    expect(many.timm?.note).toMatch(/^timm’s RegNet takes exactly 4 stages/);
  });
});

describe('torchvision’s widths', () => {
  const torchvisionWidths = (design: Design) => torchvisionStagesOf(design).map((s) => s.width);

  // torchvision ships these seven; its 400MF alone is another network.
  const SHIPPED = models.filter(({ names }) => names.torchvision !== undefined);

  it.each(SHIPPED)('$name', ({ id, design }) => {
    const ours = stagesOf(design).map((stage) => stage.width);
    if (id === 'regnetx_004') expect(torchvisionWidths(design)).toEqual([32, 64, 160, 400]);
    else expect(torchvisionWidths(design)).toEqual(ours);
  });

  it('never rounds down by more than a tenth', () => {
    // 96 in groups of 40: numpy's 80 would be 17% less, so torchvision takes 120.
    expect(torchvisionWidths(modelOf('regnetx_040').design)[0]).toBe(120);
    expect(byId(modelOf('regnetx_040').design).torchvision?.note).toContain(
      'stage 1 is 120 wide instead of 80',
    );
  });
});
