import { stagesOf, torchvisionStagesOf, type Design } from '../regnet/index.ts';

/** A design written for a code base. */
export interface Snippet {
  readonly id: 'seed' | 'timm' | 'torchvision' | 'pycls';
  /** What the code base is called. */
  readonly name: string;
  readonly code: string;
  /** What the reader has to know before trusting it, or null. */
  readonly note: string | null;
}

/**
 * A design as the four code bases write it: d-li14/regnet.pytorch `regnet.py` and `regnet_fb.py`,
 * timm `timm/models/regnet.py`, torchvision `torchvision/models/regnet.py`, and a configuration of
 * pycls. Throws a DesignError for an impossible design.
 */
export function snippetsOf(design: Design): Snippet[] {
  return [seedCall(design), timmConfig(design), torchvisionParams(design), pyclsYaml(design)];
}

function seedCall(design: Design): Snippet {
  const stages = stagesOf(design);
  const { depth, w0, wa, wm, groupWidth } = design;
  const common = { id: 'seed', name: 'd-li14' } as const;
  if (stages.length !== 4)
    return {
      ...common,
      code: `from regnet_fb import RegNet

model = RegNet(w_a=${float(wa)}, w_0=${w0}, w_m=${float(wm)}, d=${depth}, group_w=${groupWidth}, bot_mul=1)`,
      note: `d-li14’s regnet.py builds networks of exactly 4 stages. This one has ${stages.length}, which its regnet_fb.py can build.`,
    };
  const list = (values: number[]) => `[${values.join(', ')}]`;
  return {
    ...common,
    code: `from regnet import Bottleneck, RegNet

model = RegNet(Bottleneck, ${list(stages.map((s) => s.depth))}, ${list(stages.map((s) => s.width))}, group_width=${groupWidth})`,
    note: null,
  };
}

function timmConfig(design: Design): Snippet {
  const { depth, w0, wa, wm, groupWidth } = design;
  const stages = stagesOf(design).length;
  return {
    id: 'timm',
    name: 'timm',
    code: `from timm.models.regnet import RegNet, RegNetCfg

model = RegNet(RegNetCfg(depth=${depth}, w0=${w0}, wa=${float(wa)}, wm=${float(wm)}, group_size=${groupWidth}))`,
    note:
      stages !== 4
        ? `timm’s RegNet takes exactly 4 stages (an assertion); this design has ${stages}, and timm refuses it.`
        : null,
  };
}

function torchvisionParams(design: Design): Snippet {
  const { depth, w0, wa, wm, groupWidth } = design;
  const other = torchvisionStagesOf(design)
    .map(({ width }, i) => ({ stage: i + 1, width, ours: stagesOf(design)[i]?.width }))
    .filter(({ width, ours }) => width !== ours)
    .map(({ stage, width, ours }) => `stage ${stage} is ${width} wide instead of ${ours ?? '?'}`);
  return {
    id: 'torchvision',
    name: 'torchvision',
    code: `from torchvision.models.regnet import BlockParams, RegNet

model = RegNet(BlockParams.from_init_params(
    depth=${depth}, w_0=${w0}, w_a=${float(wa)}, w_m=${float(wm)}, group_width=${groupWidth}))`,
    note:
      other.length > 0
        ? `torchvision fits groups by another rule and builds another network: ${other.join(', ')}.`
        : null,
  };
}

/** pycls's configuration insists on floats where its defaults are floats. */
function pyclsYaml({ depth, w0, wa, wm, groupWidth }: Design): Snippet {
  return {
    id: 'pycls',
    name: 'pycls',
    code: `MODEL:
  TYPE: regnet
  NUM_CLASSES: 1000
REGNET:
  DEPTH: ${depth}
  W0: ${w0}
  WA: ${float(wa)}
  WM: ${float(wm)}
  GROUP_W: ${groupWidth}`,
    note: null,
  };
}

/** A number as Python and YAML write a float: with a point, without an exponent. */
function float(value: number): string {
  const text = String(value).includes('e') ? value.toFixed(20).replace(/0+$/, '') : String(value);
  return text.includes('.') ? text.replace(/\.$/, '.0') : `${text}.0`;
}
