import {
  PARAMETERS,
  eachParameter,
  networkOf,
  sameStages,
  stagesOf,
  type Design,
  type Network,
} from '../../regnet/index.ts';
import { models, type Model } from '../../zoo/models.ts';
import { parseNumber, refusal } from '../../zoo/design-query.ts';

/** What stands in the fields, and the last network that could exist. */
export interface Explored {
  readonly fields: Readonly<Record<keyof Design, string>>;
  readonly network: Network;
  /** Why the fields make no network, or null. */
  readonly refused: { readonly parameter: keyof Design; readonly message: string } | null;
  /** Sentences about the address that the page was opened with, until the first change. */
  readonly notices: readonly string[];
}

export type Exploration =
  | { readonly type: 'edit'; readonly parameter: keyof Design; readonly text: string }
  | { readonly type: 'open'; readonly design: Design; readonly notices?: readonly string[] };

const isKey = (name: string): name is keyof Design => PARAMETERS.some(({ key }) => key === name);

/** The explorer at a design that can exist. Throws a DesignError for one that cannot. */
export function exploredAt(design: Design, notices: readonly string[] = []): Explored {
  return {
    fields: eachParameter(({ key }) => String(design[key])),
    network: networkOf(design),
    refused: null,
    notices,
  };
}

/** The explorer after a change; what cannot exist leaves the network as it was. */
export function explore(state: Explored, event: Exploration): Explored {
  if (event.type === 'open') return exploredAt(event.design, event.notices);
  const fields = { ...state.fields, [event.parameter]: event.text };
  const changed = { ...state, fields, notices: [] };
  const values = { ...state.network.design };
  for (const { key } of PARAMETERS) {
    const value = parseNumber(fields[key]);
    if (value === null)
      return {
        ...changed,
        refused: {
          parameter: key,
          message: `${key} must be a number, not “${fields[key]}”.`,
        },
      };
    values[key] = value;
  }
  const error = refusal(values);
  if (error) {
    const parameter = isKey(error.parameter) ? error.parameter : event.parameter;
    return { ...changed, refused: { parameter, message: error.message } };
  }
  return { ...changed, network: networkOf(values), refused: null };
}

const stages = models.map((model) => ({ model, stages: stagesOf(model.design) }));

/** The variant that a network is, whichever parameters it was made from; undefined if none. */
export function variantOf(network: Network): Model | undefined {
  return stages.find((known) => sameStages(known.stages, network.stages))?.model;
}

const flops = models.map((model) => ({ model, flops: networkOf(model.design).complexity.flops }));

/** The variant nearest in multiply-adds, by ratio. */
export function nearestVariant({ complexity }: Network): { model: Model; ratio: number } {
  const ratios = flops.map(({ model, flops }) => ({ model, ratio: complexity.flops / flops }));
  const distance = ({ ratio }: { ratio: number }) => Math.abs(Math.log(ratio));
  return ratios.reduce((a, b) => (distance(b) < distance(a) ? b : a));
}
