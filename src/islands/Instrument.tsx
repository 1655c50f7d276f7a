import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ToolProps } from './instrument/tool.ts';
import { useLive } from './useLive.ts';
import { useSurroundings, type PanelHandle } from './standing.ts';
import '../styles/instrument.css';

interface Tool {
  readonly id: string;
  readonly label: string;
  /** What it shows, in a sentence. */
  readonly about: string;
  readonly load: () => Promise<{ readonly default: ComponentType<ToolProps> }>;
}

/** Each tool's code comes when it is opened. */
const TOOLS: readonly Tool[] = [
  {
    id: 'looks',
    label: 'Where it looks',
    about: 'Which places of the picture speak for a class, and which against it.',
    load: () => import('./instrument/WhereItLooks.tsx'),
  },
  {
    id: 'hears',
    label: 'What it hears',
    about: 'What the strongest channels answer to, stage by stage.',
    load: () => import('./instrument/WhatItHears.tsx'),
  },
  {
    id: 'lab',
    label: 'Preprocessing',
    about: 'The same picture prepared in other ways, and what each does to the answer.',
    load: () => import('./instrument/Laboratory.tsx'),
  },
  {
    id: 'ladder',
    label: 'Ladder',
    about: 'One picture through every variant whose weights are on this device.',
    load: () => import('./instrument/Ladder.tsx'),
  },
  {
    id: 'camera',
    label: 'Camera',
    about: 'What the network says to what your camera sees, live.',
    load: () => import('./instrument/Camera.tsx'),
  },
  {
    id: 'keep',
    label: 'Copy and keep',
    about: 'This result as text, as JSON with all probabilities, or as a picture.',
    load: () => import('./instrument/Keep.tsx'),
  },
];

/**
 * Tools that look into the network of the page's panel, one at a time. Nothing is loaded or computed
 * before one is opened.
 */
export default function Instrument({ base: given }: { readonly base: string }) {
  const base = given.endsWith('/') ? given : `${given}/`;
  const live = useLive();
  const { standing, panel, asked } = useSurroundings();
  const [open, setOpen] = useState<string | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const tool = TOOLS.find(({ id }) => id === open);
  useEffect(() => {
    if (!asked) return;
    setOpen('looks');
    root.current?.scrollIntoView({ block: 'nearest' });
  }, [asked]);
  return (
    <div class="rx-instrument not-content" ref={root} data-instrument={open ?? ''}>
      <fieldset class="tools" disabled={!live}>
        <legend class="rx-spoken">Open a tool</legend>
        {TOOLS.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            data-tool={id}
            aria-expanded={id === open}
            onClick={() => {
              setOpen(id === open ? null : id);
            }}
          >
            {label}
          </button>
        ))}
      </fieldset>
      {tool && (
        <section aria-label={tool.label}>
          <p class="rx-note">{tool.about}</p>
          {standing && panel ? (
            <Loaded key={tool.id} tool={tool} {...{ base, standing, panel, asked }} />
          ) : (
            <Waiting panel={panel} />
          )}
        </section>
      )}
    </div>
  );
}

/** There is no picture to look at yet. */
function Waiting({ panel }: { panel: PanelHandle | null }) {
  return panel ? (
    <p class="waiting">
      <button type="button" onClick={panel.begin}>
        Classify a sample
      </button>{' '}
      or choose a picture under <a href="#try-it">Try it</a>: this looks at what stands there.
    </p>
  ) : (
    <p class="waiting">
      This looks at the picture that stands under <a href="#try-it">Try it</a>. Choose weights there
      first.
    </p>
  );
}

function Loaded({ tool, ...props }: ToolProps & { readonly tool: Tool }) {
  const [loaded, setLoaded] = useState<{ readonly View: ComponentType<ToolProps> } | 'failed'>();
  useEffect(() => {
    void tool.load().then(
      ({ default: View }) => {
        setLoaded({ View });
      },
      () => {
        setLoaded('failed');
      },
    );
  }, []);
  if (loaded === 'failed')
    return (
      <p role="alert">
        The tool’s code could not be loaded. Check the connection and reload the page.
      </p>
    );
  return loaded ? <loaded.View {...props} /> : <p class="waiting">Loading.</p>;
}
