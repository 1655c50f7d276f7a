import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import '../styles/recount.css';
import type { Given, GivenFile } from '../recount/browser/given.ts';
import {
  FIRST_PROTOCOL,
  NO_WEIGHTS,
  WEIGHTS_OWN,
  type Choice,
  type ProtocolOption,
  type WeightsOption,
} from './recount/choices.ts';
import { Diagrams } from './recount/Diagrams.tsx';
import { chosenFiles, droppedFiles } from './recount/files.ts';
import { Opener } from './recount/Opener.tsx';
import { droppedFolder } from './recount/picking.ts';
import { Paired } from './recount/Paired.tsx';
import { Result } from './recount/Result.tsx';
import { createRecount, type Wanted } from './recount/session.ts';
import { Setup } from './recount/Setup.tsx';
import { IDLE, reduce } from './recount/state.ts';
import { useDrop } from './useFiles.ts';
import { obstacleTo } from './classifier/consider.ts';
import { doubtsAbout, savesData } from './classifier/doubts.ts';
import { useKept } from './classifier/useKept.ts';
import { messageOf } from './messageOf.ts';
import { useLive } from './useLive.ts';

interface Props {
  /** The site's base path. */
  readonly base: string;
  readonly weights: readonly WeightsOption[];
  readonly protocols: readonly ProtocolOption[];
  readonly siteVersion: string;
}

const isNothing = (given: Given): boolean => 'length' in given && given.length === 0;

/** What speaks against weights that are chosen, in sentences. */
async function doubtsOn(
  { first, second }: Pick<Wanted, 'first' | 'second'>,
  weights: readonly WeightsOption[],
  kept: ReadonlySet<string>,
): Promise<readonly string[]> {
  const doubts = [first, second].map(async (choice) => {
    const option = weights.find(({ id }) => id === choice.weights);
    const memory = option?.memory ?? null;
    if (!option || memory === null) return [];
    const obstacle = await obstacleTo(option.variant, { ...option, memory }, null);
    const missing = kept.has(option.id) ? 0 : option.bytes;
    return doubtsAbout(missing, { saveData: savesData(), obstacle });
  });
  return (await Promise.all(doubts)).flat();
}

/** A choice by the keys of a select passes others on its way; only the one that stays is counted. */
const SETTLE_MS = 500;

/**
 * Counts a network's accuracy on the visitor's own pictures. Nothing but this shell is loaded before
 * pictures are chosen; counting begins as soon as they are, and again with every other choice.
 */
export default function Recount({ base: givenBase, weights, protocols, siteVersion }: Props) {
  const base = givenBase.endsWith('/') ? givenBase : `${givenBase}/`;
  const live = useLive();
  const [state, dispatch] = useReducer(reduce, IDLE);
  const [wanted, want] = useState<Wanted>({
    given: [],
    truth: [],
    first: { weights: weights[0]?.id ?? NO_WEIGHTS, file: null },
    second: { weights: NO_WEIGHTS, file: null },
    protocol: WEIGHTS_OWN,
    own: FIRST_PROTOCOL,
  });
  const session = useRef<ReturnType<typeof createRecount> | null>(null);
  const kept = useKept(base, state.phase);
  const keptIds = useMemo(
    () => new Set(kept.files?.filter(({ whole }) => whole).map(({ id }) => id)),
    [kept.files],
  );
  const settling = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => {
    const made = createRecount({ base, siteVersion, weights, protocols, dispatch });
    session.current = made;
    return () => {
      made.dispose();
    };
  }, []);

  const [doubts, doubt] = useState<readonly string[]>([]);
  /** The last choice, in case the device answers late. */
  const latest = useRef(wanted);
  const settle = async (next: Wanted) => {
    const open = await doubtsOn(next, weights, keptIds);
    if (latest.current !== next) return;
    doubt(open);
    if (open.length === 0 && !isNothing(next.given)) session.current?.run(next);
  };
  const change = (part: Partial<Wanted>, wait = SETTLE_MS) => {
    const next = { ...wanted, ...part };
    want(next);
    latest.current = next;
    doubt([]);
    clearTimeout(settling.current);
    settling.current = setTimeout(() => void settle(next), wait);
  };
  const give = (files: readonly GivenFile[]) => {
    const certificates = files.filter(({ path }) => /\.json$/i.test(path));
    if (certificates.length > 0 && certificates.length === files.length) {
      for (const { file } of certificates) session.current?.take(file);
    } else if (files.length > 0) change({ given: files }, 0);
  };
  const giveFolder = (given: FileSystemDirectoryHandle) => {
    change({ given }, 0);
  };
  const dropping = useDrop(live, (data) => {
    const [folder, files] = [droppedFolder(data.items), droppedFiles(data)];
    void folder.then(async (handle) => {
      if (handle) giveFolder(handle);
      else give(await files());
    });
  });
  const picture = (path: string) => session.current?.picture(path) ?? Promise.resolve(null);
  const choose = (slot: 'first' | 'second') => (choice: Choice) => {
    change({ [slot]: choice });
  };
  const { first, second, comparison } = state;
  return (
    <div
      class={`rx-recount not-content${dropping ? ' dropping' : ''}`}
      data-recount
      data-state={state.phase}
    >
      <Opener
        live={live}
        state={state}
        given={!isNothing(wanted.given)}
        doubts={doubts}
        onAllTheSame={() => {
          doubt([]);
          if (!isNothing(wanted.given)) session.current?.run(wanted);
        }}
        onPictures={(files) => {
          give(chosenFiles(files));
        }}
        onFolder={giveFolder}
        onWay={({ folder: given, truth, first, second, protocol, own }) => {
          const next = { given, truth, first, second, protocol, own };
          want(next);
          session.current?.goOn(next);
        }}
        onProblem={(error) => {
          dispatch({ type: 'failed', message: messageOf(error) });
        }}
        onTruth={(files) => {
          change({ truth: files }, 0);
        }}
        onPause={() => session.current?.pause()}
        onResume={() => session.current?.goOn(wanted)}
        onAnew={() => session.current?.anew()}
      >
        <Setup
          {...{ weights, protocols }}
          kept={keptIds}
          first={wanted.first}
          second={wanted.second}
          protocol={wanted.protocol}
          own={wanted.own}
          onFirst={choose('first')}
          onSecond={choose('second')}
          onProtocol={(protocol) => {
            change({ protocol });
          }}
          onOwn={(own) => {
            change({ own });
          }}
        />
      </Opener>
      {first && (
        <Result
          slot="first"
          state={first}
          paired={second !== null}
          onSave={(predictions) => session.current?.save('first', predictions)}
        />
      )}
      {second && (
        <Result
          slot="second"
          state={second}
          paired
          onSave={(predictions) => session.current?.save('second', predictions)}
        />
      )}
      {first && second && comparison && <Paired {...{ comparison, first, second, picture }} />}
      {first && <Diagrams state={first} picture={picture} />}
    </div>
  );
}
