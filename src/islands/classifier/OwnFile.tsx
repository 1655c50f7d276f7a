/** The visitor's own file: what it is, what was assumed of it, and the way to say it better. */
import type { FunctionComponent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatInteger } from '../../charts/shared/format.ts';
import type { ClassifierInfo } from '../../engine/types.ts';
import { findModel } from '../../zoo/models.ts';
import { messageOf } from '../messageOf.ts';
import { defaultsFor, tellProtocol, type Protocol, type Settings } from './settings.ts';
import type { SettingsFormProps } from './SettingsForm.tsx';
import type { CheckpointChoice } from './state.ts';

interface OwnFileProps {
  readonly base: string;
  /** The page's variant. */
  readonly variant: string;
  readonly checkpoint: Extract<CheckpointChoice, { kind: 'local' }>;
  readonly info: ClassifierInfo | null;
}

/** In one sentence, which file runs. */
export function OwnFile({ base, variant, checkpoint, info: latest }: OwnFileProps) {
  const info = useLast(latest);
  return (
    <p>
      <strong>Your file</strong> {checkpoint.fileName}
      {info && (
        <>
          : <Fits base={base} page={variant} variant={info.variant} />,{' '}
          {formatInteger(info.classes)} classes {namesOf(checkpoint.settings ?? defaultsFor(info))}.
        </>
      )}
    </p>
  );
}

type OwnSettingsProps = Pick<OwnFileProps, 'checkpoint' | 'info'> & {
  readonly protocols: readonly Protocol[];
  readonly onSettings: (settings: Settings) => void;
};

/** What was assumed of it, and the form that says it better. */
export function OwnSettings({ checkpoint, info: latest, protocols, onSettings }: OwnSettingsProps) {
  const info = useLast(latest);
  if (!info) return null;
  const settings = checkpoint.settings ?? defaultsFor(info);
  return (
    <>
      <p>
        {assumption(checkpoint.settings, info)}: {tellProtocol(settings)}, {settings.channelOrder}.
      </p>
      <Change info={info} protocols={protocols} settings={settings} onChange={onSettings} />
    </>
  );
}

/** While other settings are tried out there is no network for a moment; what is told stays. */
function useLast<T>(latest: T | null): T | null {
  const last = useRef(latest);
  if (latest !== null) last.current = latest;
  return last.current;
}

/** Which variant it is, and where its page is if it is another's. */
function Fits({ base, page, variant }: { base: string; page: string; variant: string | null }) {
  const model = variant === null ? undefined : findModel(variant);
  if (!model) return <>a RegNetX outside of the family</>;
  if (model.id === page) return <>{model.name}</>;
  return (
    <>
      {model.name} (<a href={`${base}models/${model.id}/`}>its page</a>)
    </>
  );
}

function namesOf({ labels }: Settings): string {
  switch (labels.kind) {
    case 'numbers':
      return 'without known names';
    case 'file':
      return 'named in the file';
    case 'own':
      return `named as in ${labels.fileName}`;
    case 'set':
      return `named as in ${labels.set}`;
  }
}

function assumption(chosen: Settings | null, { description }: ClassifierInfo): string {
  if (chosen) return 'As you set it';
  return description
    ? 'It describes its own preprocessing'
    : 'It does not describe its preprocessing; assumed is what is likely';
}

/** The settings, folded away; their form is loaded when it is unfolded. */
function Change({ info, ...props }: Omit<SettingsFormProps, 'clues'> & { info: ClassifierInfo }) {
  const [open, setOpen] = useState(false);
  const [form, setForm] = useState<{ readonly View: FunctionComponent<SettingsFormProps> }>();
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!open || form) return;
    import('./SettingsForm.tsx').then(
      ({ SettingsForm }) => {
        setForm({ View: SettingsForm });
      },
      (error: unknown) => {
        setProblem(messageOf(error));
      },
    );
  }, [open]);
  return (
    <details
      class="own-settings"
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>Change how it is used</summary>
      {form && <form.View clues={info} {...props} />}
      {problem !== null && <p role="alert">{problem}</p>}
    </details>
  );
}
