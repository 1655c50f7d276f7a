/**
 * What stands ready in the page's panel, for its other islands, which share this module: the network,
 * the picture it saw last, and what it said. Types only of the engine; nothing is loaded by it.
 */
import { useEffect, useState } from 'preact/hooks';
import type { LabelledClassification } from '../engine/labels.ts';
import type { Weights } from './classifier/chosen.ts';
import type { Client } from './classifier/client.ts';
import type { Picture } from './classifier/events.ts';

export interface Standing {
  readonly client: Client;
  readonly weights: Weights;
  readonly picture: Picture;
  readonly file: Blob;
  readonly result: LabelledClassification;
}

/** The panel, as far as others may ask something of it. */
export interface PanelHandle {
  /** Classifies a picture, and shows it; null while there are no weights. */
  readonly classify: (picture: Picture) => void;
  /** Classifies a sample, so that there is something to look at. */
  readonly begin: () => void;
}

/** What is seen of the panel from outside. */
export interface Surroundings {
  readonly standing: Standing | null;
  readonly panel: PanelHandle | null;
  /** The class whose map was asked for, in the panel; null when none was. */
  readonly asked: { readonly index: number } | null;
}

let now: Surroundings = { standing: null, panel: null, asked: null };
const listeners = new Set<() => void>();

/** Tells the page's other islands what has changed. */
export function announce(change: Partial<Surroundings>): void {
  now = { ...now, ...change };
  for (const listener of listeners) listener();
}

/** Tells them that a network is about to go, if it is the one that stands ready. */
export function leave(client: Client): void {
  if (now.standing?.client === client) announce({ standing: null });
}

/** The panel as it is now; nothing in the HTML and in the first render. */
export function useSurroundings(): Surroundings {
  const [seen, setSeen] = useState<Surroundings>({ standing: null, panel: null, asked: null });
  useEffect(() => {
    const update = () => {
      setSeen(now);
    };
    listeners.add(update);
    update();
    return () => {
      listeners.delete(update);
    };
  }, []);
  return seen;
}
