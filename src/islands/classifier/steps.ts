/** The steps that the panel's machine is made of: each a state, and what is to be done. Pure. */
import { choiceOf, type Weights } from './chosen.ts';
import type { Effect, Machine, Step, Work } from './events.ts';
import { initialState, type PanelState, type Problem } from './state.ts';
import type { Way } from './ways.ts';
import { NO_WEIGHTS, RECOVERED } from './words.ts';

/** One step after another. */
export const andThen = ([machine, effects]: Step, next: (machine: Machine) => Step): Step => {
  const [after, more] = next(machine);
  return [after, [...effects, ...more]];
};

/** The panel shows something else. */
export const shown = (machine: Machine, panel: Partial<PanelState>): Machine => ({
  ...machine,
  panel: { ...machine.panel, ...panel },
});

/** What the visitor asks for; after it a lost GPU is asked once more. */
export const ask = (machine: Machine): Step => run({ ...machine, mayRecover: true });

/** Runs the current picture; without one, opens the network. */
export function run(machine: Machine, recovering = false): Step {
  const [calm, effects] = withoutRival(machine);
  const { weights, way, picture, standing } = calm;
  const request = calm.request + 1;
  const work: Work = { file: null, result: null, timing: null, tried: [], recovering };
  const panel: PanelState = {
    ...initialState(choiceOf(weights)),
    phase: 'loading',
    subject: picture?.name ?? null,
    backend: calm.panel.backend,
    way: way?.id ?? null,
    notice: recovering ? RECOVERED : null,
  };
  const next = { ...calm, request, work, panel, mayRecover: calm.mayRecover && !recovering };
  if (!weights) return andThen([next, effects], (m) => fail(m, NO_WEIGHTS));
  const load: Effect[] = picture ? [{ type: 'load', request, picture }] : [];
  if (standing) return andThen([next, [...effects, ...load]], proceed);
  const [after, open] = begin(next, weights, way);
  return [after, [...effects, open, ...load]];
}

function begin(machine: Machine, weights: Weights, way: Way | null): [Machine, Effect] {
  const opening = machine.openings + 1;
  const standing = { id: opening, weights, opened: null, checking: false, parity: null };
  return [
    { ...machine, standing, openings: opening },
    { type: 'open', opening, weights, way },
  ];
}

/** Once the classifier is open and the picture loaded, the one sees the other. */
export function proceed(machine: Machine): Step {
  const { work, standing, picture, request } = machine;
  if (!work || !standing?.opened || (picture && !work.file)) return [machine, []];
  const { info, because, notKept } = standing.opened;
  const next = shown(machine, {
    phase: picture ? 'running' : 'ready',
    backend: info.backend,
    info,
    parity: standing.parity,
    because,
    notKept,
  });
  const official = standing.weights.kind === 'official' && notKept === null;
  const keep: Effect[] = official ? [{ type: 'keep-page' }] : [];
  if (!work.file) return andThen([next, keep], check);
  const { file } = work;
  return [next, [...keep, { type: 'classify', request, opening: standing.id, file }]];
}

/** Compares the device once a classifier; afterwards, or if that was done, a picture is timed. */
export function check(machine: Machine): Step {
  const { standing, work, request } = machine;
  if (!standing) return [machine, []];
  const { parity } = standing;
  if (parity !== null) return measure(withResult(shown(machine, { parity })));
  const wait: Effect[] = work?.result ? [{ type: 'wait', request }] : [];
  if (standing.checking) return [machine, wait];
  return [
    { ...machine, standing: { ...standing, checking: true } },
    [{ type: 'check', opening: standing.id }, ...wait],
  ];
}

/** Times the picture's passes; without one there is nothing more to be done. */
export function measure(machine: Machine): Step {
  const { standing, work, request } = machine;
  if (!standing || !work?.result) return [{ ...machine, work: null }, []];
  return [machine, [{ type: 'measure', request, opening: standing.id }]];
}

/** Shows what the network said. */
export const withResult = (machine: Machine): Machine =>
  machine.work?.result ? shown(machine, { result: machine.work.result }) : machine;

/** Uses other weights from now on. */
export function take(machine: Machine, weights: Weights | null): Step {
  const [closed, effects] = close(machine);
  const forget: Effect[] = weights === machine.weights ? [] : [{ type: 'forget' }];
  return [{ ...closed, weights }, [...effects, ...forget]];
}

/** Forgets a classifier that failed or is not wanted any more. */
export function close(machine: Machine): Step {
  const [calm, effects] = withoutRival(machine);
  if (!calm.standing) return [calm, effects];
  return [{ ...calm, standing: null }, [...effects, { type: 'close', opening: calm.standing.id }]];
}

/** Ends a trial that is on its way. */
export function withoutRival(machine: Machine): Step {
  if (!machine.rival) return [machine, []];
  return [{ ...machine, rival: null }, [{ type: 'close', opening: machine.rival.id }]];
}

/** Ends the request with a sentence. */
export function fail(machine: Machine, problem: Problem): Step {
  const [calm, effects] = withoutRival(machine);
  const panel: PanelState = {
    ...calm.panel,
    ...{ notice: null, result: null, timing: null, layers: null },
    phase: 'error',
    problem,
    checkpoint: choiceOf(calm.weights),
  };
  return [{ ...calm, panel, work: null }, effects];
}
