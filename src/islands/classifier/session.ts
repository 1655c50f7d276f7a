/** The panel's effects: does what its machine asks for, one classifier at a time beside a rival. */
import type { Found } from '../../engine/backends/index.ts';
import type { LabelledClassification } from '../../engine/labels.ts';
import { announce } from '../standing.ts';
import { choiceOf, nameOf, type ShippedWeights, type Weights } from './chosen.ts';
import type { Effect, Opened, Report, Wish } from './events.ts';
import { problemOf } from './load.ts';
import { initialMachine, transition } from './machine.ts';
import { keepPage } from './offline.ts';
import type { Client } from './client.ts';
import { createOpener, end, type How, type Opening } from './opening.ts';
import { firstWay, rememberedTrial, rememberTrial, rememberWay, type Trial } from './preference.ts';
import { deviceOf, quickest } from './quickest.ts';
import { initialState, type PanelState } from './state.ts';
import { wayOf } from './ways.ts';

export interface Session {
  /** What the panel shows. */
  readonly panel: PanelState;
  send(wish: Wish): void;
  /** The classifier that stands open or is being opened; null where there is none. */
  client(): Promise<Client> | null;
  dispose(): void;
}

interface SessionOptions {
  /** The site's base path, ending in a slash. */
  readonly base: string;
  readonly shipped: ShippedWeights | null;
  /** Told whenever the panel shows something else. */
  readonly onPanel: (panel: PanelState) => void;
}

/** A first answer waits so long for the check of the device; after that it is shown unchecked. */
const CHECK_MS = 100;
/** After so long without a byte the visitor is told. */
const QUIET_MS = 5000;

/** What the panel shows before a session begins, and in the static page. */
export function panelBefore(shipped: ShippedWeights | null): PanelState {
  return initialState(choiceOf(weightsOf(shipped)));
}

const weightsOf = (shipped: ShippedWeights | null): Weights | null =>
  shipped && { kind: 'shipped', file: shipped };

export function createSession({ base, shipped, onPanel }: SessionOptions): Session {
  let machine = initialMachine(weightsOf(shipped), firstWay());
  let live = true;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const openings = new Map<number, Opening>();
  /** What was classified last, and the result that the page's other islands were told of. */
  let file: Blob | null = null;
  let told: LabelledClassification | null = null;
  const opener = createOpener({
    base,
    onNotice: (notice) => {
      send({ type: 'notice', notice });
    },
  });

  const send = (event: Wish | Report): void => {
    // After the end nobody listens.
    if (!live) return;
    const before = machine.panel;
    const [after, effects] = transition(machine, event);
    machine = after;
    if (after.panel !== before) onPanel(after.panel);
    tellOthers();
    for (const effect of effects) perform(effect);
  };

  /** Tells the page's other islands of a result, once the device is known to be right. */
  const tellOthers = (): void => {
    const { panel, weights, picture, standing } = machine;
    const { result, parity } = panel;
    if (!result || result === told || parity === null) return;
    if (!weights || !picture || !standing || !file) return;
    told = result;
    const seen = { weights, picture, file, result };
    clientOf(standing.id).then(
      (client) => {
        if (told === result) announce({ standing: { client, ...seen } });
      },
      () => undefined,
    );
  };

  const fails = (request: number | null, opening: number | null) => (error: unknown) => {
    send({ type: 'failed', request, opening, problem: problemOf(error) });
  };

  const perform = (effect: Effect): void => {
    switch (effect.type) {
      case 'open':
        open(effect);
        return;
      case 'close':
        close(effect.opening);
        return;
      case 'put-aside': {
        const { request } = effect;
        const stopped = effect.opening === null ? undefined : openings.get(effect.opening);
        if (effect.opening !== null) close(effect.opening);
        const tell = () => {
          send({ type: 'put-aside', request });
        };
        // What arrived is put aside first, so that the panel can say how much there is.
        void Promise.resolve(stopped?.client).then(tell, tell);
        return;
      }
      case 'load':
        effect.picture.load().then(
          (file) => {
            send({ type: 'loaded', request: effect.request, file });
          },
          fails(effect.request, null),
        );
        return;
      case 'classify':
        file = effect.file;
        clientOf(effect.opening)
          .then(({ classify }) => classify(effect.file))
          .then(
            (result) => {
              send({ type: 'classified', request: effect.request, result });
            },
            fails(effect.request, effect.opening),
          );
        return;
      case 'check':
        clientOf(effect.opening)
          .then(async ({ classifier, golden }) => classifier.check(await golden))
          .then(
            (parity) => {
              send({ type: 'checked', opening: effect.opening, parity: parity ?? 'none' });
            },
            fails(null, effect.opening),
          );
        return;
      case 'wait':
        setTimeout(() => {
          send({ type: 'overdue', request: effect.request });
        }, CHECK_MS);
        return;
      case 'measure':
        clientOf(effect.opening)
          .then(({ classifier }) => classifier.measure())
          .then(
            (timing) => {
              send({ type: 'timed', request: effect.request, timing, trial: trialNow() });
            },
            fails(effect.request, effect.opening),
          );
        return;
      case 'try':
        void timeRival(effect);
        return;
      case 'measure-layers':
        clientOf(effect.opening)
          .then(({ classifier }) => classifier.measureLayers())
          .then(
            (layers) => {
              send({ type: 'layers-timed', opening: effect.opening, layers });
            },
            fails(null, effect.opening),
          );
        return;
      case 'remember':
        rememberWay(effect.way?.id ?? null);
        return;
      case 'keep-page':
        keepPage();
        return;
      case 'forget':
        opener.forget();
    }
  };

  /** A closed one rejects, and nobody waits for it any more. */
  const clientOf = async (opening: number): Promise<Client> => {
    const open = openings.get(opening);
    if (!open) throw new Error('The classifier was closed.');
    return open.client;
  };

  const close = (opening: number): void => {
    const open = openings.get(opening);
    openings.delete(opening);
    if (open) end(open);
  };

  /** What is remembered of the weights that run, on this device. */
  const trialNow = (): Trial => {
    const found = machine.standing?.opened?.found;
    return found && machine.weights
      ? rememberedTrial(deviceOf(found), nameOf(machine.weights))
      : {};
  };

  const open = ({ opening, weights, way }: Extract<Effect, { type: 'open' }>): void => {
    let found: Found | null = null;
    let because: string | null = null;
    const choose = (here: Found) => {
      const chosen = quickest(here, rememberedTrial(deviceOf(here), nameOf(weights)));
      [found, because] = [here, chosen.because];
      return chosen.backend;
    };
    const begun = start(opening, weights, way ?? { backend: choose });
    begun.client.then(
      ({ classifier: { info } }) => {
        send({ type: 'opened', opening, info, found, because, notKept: opener.notKept });
      },
      fails(null, opening),
    );
  };

  const start = (opening: number, weights: Weights, { backend, precision }: How): Opening => {
    const listen = () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => {
        send({ type: 'quiet', opening });
      }, QUIET_MS);
    };
    listen();
    const begun = opener.open(weights, { backend, precision }, (progress) => {
      listen();
      send({ type: 'progress', opening, progress });
    });
    openings.set(opening, begun);
    begun.client.then(
      ({ classifier }) => {
        void classifier.lost().then(() => {
          send({ type: 'lost', opening });
        });
        void classifier.died.then((error) => {
          send({ type: 'died', opening, problem: problemOf(error) });
        });
      },
      () => undefined,
    );
    return begun;
  };

  const timeRival = async ({
    rival: { id, backend, against },
    standing: { weights, opened },
    file,
  }: Extract<Effect, { type: 'try' }>): Promise<void> => {
    if (!opened?.found) return;
    const [device, network] = [deviceOf(opened.found), nameOf(weights)];
    let ran: Opened | null = null;
    try {
      const { classify, classifier } = await start(id, weights, wayOf(backend) ?? { backend })
        .client;
      await classify(file);
      const timing = await classifier.measure();
      if (timing) {
        rememberTrial(device, network, {
          [opened.info.backend]: against,
          [backend]: timing.medianMs,
        });
        ran = { ...opened, info: classifier.info };
      }
    } catch {
      // What does not run is not chosen.
    }
    send({
      type: 'rival-timed',
      opening: id,
      opened: ran,
      trial: rememberedTrial(device, network),
    });
  };

  return {
    get panel() {
      return machine.panel;
    },
    send,
    client: () => {
      const id = machine.standing?.id;
      return id === undefined ? null : clientOf(id);
    },
    dispose: () => {
      live = false;
      clearTimeout(quiet);
      for (const id of [...openings.keys()]) close(id);
    },
  };
}
