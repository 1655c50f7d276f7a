/** The panel as one state machine: what was asked or came, to the next state and what to do. */
import { choiceOf, sizeOf, type Weights } from './chosen.ts';
import type { Effect, Machine, Opened, Report, Rival, Standing, Step, Wish } from './events.ts';
import type { Trial } from './preference.ts';
import { quickest, rivalsOf } from './quickest.ts';
import { initialState, type Problem } from './state.ts';
import {
  ask,
  check,
  close,
  fail,
  measure,
  proceed,
  run,
  shown,
  take,
  andThen,
  withoutRival,
  withResult,
} from './steps.ts';
import type { Way } from './ways.ts';
import { LOST_AGAIN } from './words.ts';

/** After these the classifier is still good; after all others the next request opens a new one. */
const HARMLESS: readonly Problem['code'][] = ['picture', 'mismatch'];

/** Before anything is asked: with the weights that ship, and the way that the address asks for. */
export function initialMachine(standard: Weights | null, way: Way | null): Machine {
  const panel = initialState(choiceOf(standard));
  return {
    panel: way ? { ...panel, way: way.id, backend: way.backend } : panel,
    request: 0,
    standard,
    weights: standard,
    way,
    picture: null,
    work: null,
    standing: null,
    rival: null,
    mayRecover: true,
    openings: 0,
  };
}

/** What becomes of a machine, and what is to be done. Pure. */
export function transition(machine: Machine, event: Wish | Report): Step {
  switch (event.type) {
    case 'classify':
      return ask({ ...machine, picture: event.picture });
    case 'choose': {
      const { file, settings = null } = event;
      const { weights } = machine;
      const same =
        weights?.kind === 'local' && weights.file === file && weights.settings === settings;
      return same ? [machine, []] : take(machine, { kind: 'local', file, settings });
    }
    case 'adjust':
      if (machine.weights?.kind !== 'local') return [machine, []];
      return andThen(take(machine, { ...machine.weights, settings: event.settings }), ask);
    case 'official': {
      const { weights: file, otherwise } = event;
      const next = { ...machine, picture: machine.picture ?? otherwise };
      // A second click is no reason to begin anew.
      const same = machine.weights?.kind === 'official' && machine.weights.file.id === file.id;
      return andThen(same ? [next, []] : take(next, { kind: 'official', file }), ask);
    }
    case 'shipped':
      return andThen(take(machine, machine.standard), ask);
    case 'cancel':
      return cancel(machine);
    case 'retry':
      return ask(machine);
    case 'compute':
      return compute(machine, event.way);
    case 'layers':
      if (!machine.standing?.opened) return [machine, []];
      return [
        shown(machine, { layers: 'measuring' }),
        [{ type: 'measure-layers', opening: machine.standing.id }],
      ];
    case 'notice':
      return [shown(machine, { notice: event.notice }), []];
    case 'progress':
    case 'quiet':
      return arriving(machine, event);
    case 'opened':
      return opened(machine, event);
    case 'loaded':
      if (event.request !== machine.request || !machine.work) return [machine, []];
      return proceed({ ...machine, work: { ...machine.work, file: event.file } });
    case 'classified':
      return classified(machine, event);
    case 'overdue':
      return event.request === machine.request ? [withResult(machine), []] : [machine, []];
    case 'checked':
      return checked(machine, event);
    case 'timed':
      return timed(machine, event);
    case 'rival-timed':
      return rivalTimed(machine, event);
    case 'layers-timed':
      if (event.opening !== machine.standing?.id) return [machine, []];
      return [shown(machine, { layers: event.layers }), []];
    case 'failed':
      return failed(machine, event);
    case 'lost':
    case 'died':
      return gone(machine, event);
    case 'put-aside': {
      if (event.request !== machine.request) return [machine, []];
      const panel = { ...initialState(choiceOf(machine.weights)), way: machine.way?.id ?? null };
      return [{ ...machine, panel }, []];
    }
  }
}

function arriving(machine: Machine, event: Extract<Report, { type: 'progress' | 'quiet' }>): Step {
  if (event.opening !== machine.standing?.id || machine.panel.phase !== 'loading')
    return [machine, []];
  if (event.type === 'quiet') return [shown(machine, { quiet: true, secondsLeft: null }), []];
  const { received, total, secondsLeft } = event.progress;
  return [shown(machine, { received, total, secondsLeft, quiet: false }), []];
}

function opened(machine: Machine, { opening, ...event }: Opened & { opening: number }): Step {
  const { standing } = machine;
  if (opening !== standing?.id) return [machine, []];
  const { info, found, because, notKept } = event;
  return proceed({
    ...machine,
    standing: { ...standing, opened: { info, found, because, notKept } },
  });
}

function classified(machine: Machine, event: Extract<Report, { type: 'classified' }>): Step {
  if (event.request !== machine.request || !machine.work) return [machine, []];
  // The first answer is not shown before the device is known to be right, if that is soon.
  return check({ ...machine, work: { ...machine.work, result: event.result } });
}

function checked(machine: Machine, event: Extract<Report, { type: 'checked' }>): Step {
  const { standing, work } = machine;
  if (event.opening !== standing?.id) return [machine, []];
  const { parity } = event;
  const next = { ...machine, standing: { ...standing, parity, checking: false } };
  // It may belong to an earlier request; the present one asks when it has come so far.
  const waiting = work && (work.result !== null || machine.panel.phase === 'ready');
  return waiting ? measure(withResult(shown(next, { parity }))) : [next, []];
}

function timed(machine: Machine, event: Extract<Report, { type: 'timed' }>): Step {
  const { work } = machine;
  if (event.request !== machine.request || !work) return [machine, []];
  return tryNext({ ...machine, work: { ...work, timing: event.timing } }, event.trial);
}

/** Times what else the device has, once each; what is quicker stands open from then on. */
function tryNext(machine: Machine, trial: Trial): Step {
  const { standing, work, way } = machine;
  if (!work) return [machine, []];
  const { timing, file, tried, recovering } = work;
  const found = standing?.opened?.found;
  if (standing?.opened && found && file && timing && way === null && !recovering) {
    const bytes = sizeOf(standing.weights);
    const backend = rivalsOf(standing.opened.info, { found, trial, bytes }).find(
      (id) => !tried.includes(id),
    );
    if (backend !== undefined) {
      const id = machine.openings + 1;
      const rival: Rival = { id, backend, against: timing.medianMs };
      const next = { ...machine, rival, openings: id };
      return [
        { ...next, work: { ...work, tried: [...tried, backend] } },
        [{ type: 'try', rival, standing, file }],
      ];
    }
  }
  return [{ ...shown(machine, { phase: 'done', timing }), work: null }, []];
}

function rivalTimed(machine: Machine, event: Extract<Report, { type: 'rival-timed' }>): Step {
  const { rival, standing } = machine;
  const found = standing?.opened?.found;
  if (event.opening !== rival?.id || !standing || !found) return [machine, []];
  const { backend, because } = quickest(found, event.trial);
  if (!event.opened || backend !== rival.backend)
    return andThen(withoutRival(machine), (m) => tryNext(m, event.trial));
  const quicker: Standing = {
    id: rival.id,
    weights: standing.weights,
    opened: { ...event.opened, found, because },
    checking: false,
    parity: null,
  };
  const close: Effect = { type: 'close', opening: standing.id };
  return andThen([{ ...machine, standing: quicker, rival: null }, [close]], run);
}

function cancel(machine: Machine): Step {
  const [calm, effects] = withoutRival(machine);
  const request = calm.request + 1;
  const opening = calm.standing?.id ?? null;
  return [
    { ...calm, request, weights: calm.standard, work: null, standing: null },
    [...effects, { type: 'put-aside', opening, request }],
  ];
}

function compute(machine: Machine, way: Way | null): Step {
  const remember: Effect = { type: 'remember', way };
  const backend = way?.backend ?? machine.panel.backend;
  const next = { ...shown(machine, { backend }), way };
  if (machine.standing === null && machine.panel.phase !== 'error')
    return [shown(next, { way: way?.id ?? null }), [remember]];
  return andThen(andThen([next, [remember]], close), ask);
}

function failed(machine: Machine, event: Extract<Report, { type: 'failed' }>): Step {
  const { request, opening, problem } = event;
  const { standing, weights, standard, mayRecover } = machine;
  const mine = opening !== null && opening === standing?.id;
  const broken = mine && !HARMLESS.includes(problem.code);
  const [next, effects] = broken ? close(machine) : [machine, []];
  // What was asked beside the requests fails the one that is on its way.
  const latest = request === null ? mine : request === machine.request;
  if (!latest) return [next, effects];
  if (problem.code === 'context-lost' && mayRecover)
    return andThen([next, effects], (m) => run(m, true));
  // A file that does not run is given up, so that the next try uses what the page ships.
  const given = problem.code === 'checkpoint' && weights?.kind === 'local' ? standard : weights;
  return andThen([{ ...next, weights: given }, effects], (m) => fail(m, problem));
}

/** The GPU or the thread went while nobody asked for anything; a request tells by itself. */
function gone(machine: Machine, event: Extract<Report, { type: 'lost' | 'died' }>): Step {
  if (event.opening !== machine.standing?.id || machine.work) return [machine, []];
  const closed = close(machine);
  if (event.type === 'died') return andThen(closed, (m) => fail(m, event.problem));
  return andThen(closed, (m) => (m.mayRecover ? run(m, true) : fail(m, LOST_AGAIN)));
}
