/** What the recount's page shows, as pure transitions. */
import type { Certificate, Comparison } from '../../recount/certificate.ts';
import type { KeptRun } from '../../recount/browser/keep.ts';
import type { Figures, Report } from '../../recount/browser/report.ts';
import type { RunInfo, RunProgress } from '../../recount/browser/run.ts';
import type { Slot } from '../../recount/browser/service.ts';
import type { PublishedRow } from './choices.ts';
import type { KeptWay } from './ways.ts';

/** One network's recount. */
export interface SlotState {
  /** What the weights are called. */
  readonly name: string;
  readonly published: readonly PublishedRow[];
  readonly info: Pick<RunInfo, 'classes' | 'notes' | 'counted' | 'key'> | null;
  readonly progress: Pick<RunProgress, 'report' | 'problems'> | null;
  readonly figures: Figures | null;
  /** What was done that nobody asked for, in a sentence. */
  readonly notice: string | null;
  /** The certificate that is shown instead of a recount made here. */
  readonly certificate: Certificate | null;
}

export interface RecountState {
  readonly phase: 'idle' | 'running' | 'paused' | 'done' | 'error';
  /** What is being done, in a sentence. */
  readonly doing: string;
  readonly problem: string | null;
  /** What was given. */
  readonly pictures: string | null;
  readonly pace: Pick<RunProgress, 'perSecond' | 'secondsLeft' | 'batch'> | null;
  readonly first: SlotState | null;
  readonly second: SlotState | null;
  readonly comparison: Comparison | null;
  /** Recounts that were begun on this device and not finished. */
  readonly kept: readonly KeptRun[];
  /** How those of folders were made, so that one click goes on. */
  readonly ways: readonly KeptWay[];
}

export const IDLE: RecountState = {
  phase: 'idle',
  doing: '',
  problem: null,
  pictures: null,
  pace: null,
  first: null,
  second: null,
  comparison: null,
  kept: [],
  ways: [],
};

export type RecountAction =
  | { readonly type: 'began'; readonly doing: string }
  | { readonly type: 'doing'; readonly doing: string }
  | { readonly type: 'listed'; readonly name: string }
  | {
      readonly type: 'chosen';
      readonly slot: Slot;
      readonly name: string;
      readonly published: readonly PublishedRow[];
    }
  | { readonly type: 'noticed'; readonly slot: Slot; readonly notice: string }
  | { readonly type: 'opened'; readonly slot: Slot; readonly info: RunInfo }
  | { readonly type: 'progressed'; readonly slot: Slot; readonly progress: RunProgress }
  | { readonly type: 'drawn'; readonly slot: Slot; readonly figures: Figures | null }
  | {
      readonly type: 'certified';
      readonly slot: Slot;
      readonly certificate: Certificate;
      readonly classes: readonly string[];
      readonly report: Report | null;
      readonly published: readonly PublishedRow[];
    }
  | { readonly type: 'compared'; readonly comparison: Comparison | null }
  | { readonly type: 'emptied'; readonly slot: Slot }
  | { readonly type: 'ended'; readonly phase: 'idle' | 'paused' | 'done'; readonly doing: string }
  | { readonly type: 'failed'; readonly message: string }
  | {
      readonly type: 'kept';
      readonly runs: readonly KeptRun[];
      readonly ways: readonly KeptWay[];
    };

const EMPTY: Omit<SlotState, 'name' | 'published'> = {
  info: null,
  progress: null,
  figures: null,
  notice: null,
  certificate: null,
};

export function reduce(state: RecountState, action: RecountAction): RecountState {
  const into = (slot: Slot, part: Partial<SlotState>): RecountState => {
    const before = state[slot];
    return before ? { ...state, [slot]: { ...before, ...part } } : state;
  };
  switch (action.type) {
    case 'began':
      return { ...state, phase: 'running', doing: action.doing, problem: null, pace: null };
    case 'doing':
      return { ...state, doing: action.doing };
    case 'listed':
      return { ...state, pictures: action.name };
    case 'chosen': {
      const { slot, name, published } = action;
      return { ...state, [slot]: { name, published, ...EMPTY }, comparison: null };
    }
    case 'noticed':
      return into(action.slot, { notice: action.notice });
    case 'opened':
      return into(action.slot, { info: action.info });
    case 'progressed': {
      const { perSecond, secondsLeft, batch } = action.progress;
      return {
        ...into(action.slot, { progress: action.progress }),
        pace: { perSecond, secondsLeft, batch },
      };
    }
    case 'drawn':
      return into(action.slot, { figures: action.figures });
    case 'certified': {
      const { slot, certificate, classes, report, published } = action;
      const { name } = certificate.checkpoint;
      return {
        ...state,
        problem: null,
        [slot]: {
          name,
          published,
          ...EMPTY,
          info: { classes, notes: [], counted: 0, key: '' },
          progress: report && { report, problems: [] },
          certificate,
        },
        comparison: null,
      };
    }
    case 'compared':
      return { ...state, comparison: action.comparison };
    case 'emptied':
      return { ...state, [action.slot]: null, comparison: null };
    case 'ended':
      return { ...state, phase: action.phase, doing: action.doing, pace: null };
    case 'failed':
      return { ...state, phase: 'error', doing: '', problem: action.message, pace: null };
    case 'kept':
      return { ...state, kept: action.runs, ways: action.ways };
  }
}

/** The recount that was begun in an earlier visit and not finished, and how it was made if that is kept. */
export function unfinished({ phase, pictures, kept, ways }: RecountState): {
  readonly run: KeptRun;
  readonly way: KeptWay | null;
} | null {
  if (phase !== 'idle' || pictures !== null) return null;
  const run = kept.find(({ count, total }) => count < total);
  return run ? { run, way: ways.find(({ key }) => key === run.key) ?? null } : null;
}
