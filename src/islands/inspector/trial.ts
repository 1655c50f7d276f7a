/** Runs a visitor's network with chosen settings: it is rewritten with them as its description. */
import type { BackendName } from '../../engine/backend.ts';
import type { ClassifierClient } from '../../engine/client.ts';
import type { EngineErrorCode } from '../../engine/errors.ts';
import type { FileReport } from '../../engine/inspect/report.ts';
import type { Picture } from '../classifier/session.ts';
import type { PanelAction, Problem } from '../classifier/state.ts';
import { KNOWN, loadReader, messageOf } from './session.ts';
import { descriptionFor, labelsUrlOf, type Settings } from './settings.ts';

export interface TrialOptions {
  /** The site's base path, ending in a slash. */
  readonly base: string;
  readonly file: File;
  readonly report: FileReport;
  readonly dispatch: (action: PanelAction) => void;
}

export interface Trial {
  /** Runs a picture from now on. */
  classify(picture: Picture, settings: Settings): void;
  /** Runs the current picture, if any, with these settings, on another backend if one is given. */
  again(settings: Settings, backend?: BackendName): void;
  dispose(): void;
}

/** After this error the classifier is still good; after all others the next request opens a new one. */
const HARMLESS: EngineErrorCode = 'picture';

interface Opened {
  readonly settings: Settings;
  readonly backend: BackendName;
  readonly client: Promise<ClassifierClient>;
  readonly controller: AbortController;
}

export function createTrial({ base, file, report, dispatch }: TrialOptions): Trial {
  const checkpoint = { kind: 'local', fileName: file.name } as const;
  let request = 0;
  let backend: BackendName = 'webgl';
  let picture: Picture | null = null;
  let opened: Opened | null = null;

  const load = async (settings: Settings, signal: AbortSignal): Promise<ClassifierClient> => {
    const [{ rewriteFile }, { openClassifier }] = await Promise.all([loadReader(), loadEngine()]);
    const { channelOrder } = settings;
    const description = descriptionFor(report, settings);
    const weights = await rewriteFile(file, {
      dtype: 'f32',
      channelOrder,
      description,
      known: KNOWN,
      signal,
    });
    const labelsUrl = () => labelsUrlOf(settings, base);
    return openClassifier(weights, { backend, known: KNOWN, labelsUrl, signal });
  };

  const close = () => {
    opened?.controller.abort();
    opened?.client.then(
      (client) => {
        client.dispose();
      },
      () => undefined,
    );
    opened = null;
  };

  const open = (settings: Settings): Opened => {
    if (opened?.settings === settings && opened.backend === backend) return opened;
    close();
    const controller = new AbortController();
    opened = { settings, backend, controller, client: load(settings, controller.signal) };
    return opened;
  };

  /** Runs the current picture; a GPU that took its context away is asked once more. */
  const run = async (settings: Settings, mayRepeat = true): Promise<void> => {
    if (!picture) return;
    const mine = ++request;
    const isLatest = () => mine === request;
    const subject = picture.name;
    dispatch({ type: 'asked', request: mine, subject, backend, checkpoint });
    const current = open(settings);
    try {
      const [client, shown] = await Promise.all([current.client, picture.load()]);
      if (!isLatest()) return;
      dispatch({ type: 'opened', request: mine, info: client.info });
      const result = await client.classify(shown);
      if (!isLatest()) return;
      dispatch({ type: 'classified', request: mine, result });
      const timing = await client.measure();
      if (isLatest()) dispatch({ type: 'timed', request: mine, timing });
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code !== HARMLESS && opened === current) close();
      if (!isLatest()) return;
      if (problem.code === 'context-lost' && mayRepeat) return run(settings, false);
      dispatch({ type: 'failed', request: mine, problem, checkpoint });
    }
  };

  return {
    classify: (next, settings) => {
      picture = next;
      void run(settings);
    },
    again: (settings, other = backend) => {
      backend = other;
      void run(settings);
    },
    dispose: () => {
      request++;
      close();
    },
  };
}

async function loadEngine() {
  try {
    return await import('../../engine/client.ts');
  } catch (cause) {
    throw new Error(
      'The classifier’s code could not be loaded. Check the connection and reload the page.',
      { cause },
    );
  }
}

function problemOf(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? error.code : 'internal';
  return { code: code as EngineErrorCode, message: messageOf(error) };
}
