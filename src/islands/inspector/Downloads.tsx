/** The file as timm-named safetensors. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatBytes } from '../../charts/shared/format.ts';
import type { ChannelOrder } from '../../checkpoints/index.ts';
import type { FileReport } from '../../engine/inspect/report.ts';
import { messageOf } from '../messageOf.ts';
import { saveConverted } from './session.ts';

interface Props {
  readonly file: File;
  readonly report: FileReport;
  readonly channelOrder: ChannelOrder;
}

type Dtype = 'f16' | 'f32';
type Saving = { readonly dtype: Dtype } | { readonly message: string } | null;

const FORMATS: readonly { dtype: Dtype; label: string; bytes: number; note: string }[] = [
  { dtype: 'f32', label: 'float32', bytes: 4, note: 'every weight as it is' },
  { dtype: 'f16', label: 'float16', bytes: 2, note: 'batch norm stays float32' },
];

export function Downloads({ file, report, channelOrder }: Props) {
  const [saving, setSaving] = useState<Saving>(null);
  const controller = useRef(new AbortController());
  useEffect(
    () => () => {
      controller.current.abort();
    },
    [],
  );
  const save = async (dtype: Dtype) => {
    setSaving({ dtype });
    try {
      await saveConverted(file, { dtype, channelOrder }, controller.current.signal);
      setSaving(null);
    } catch (error) {
      if (!controller.current.signal.aborted) setSaving({ message: messageOf(error) });
    }
  };
  const busy = saving !== null && 'dtype' in saving;
  return (
    <section class="downloads" aria-labelledby="save">
      <h2 id="save">Save it as safetensors</h2>
      <p class="rx-note">
        With timm’s names and a first convolution on RGB, so timm loads it as it is. Byte for byte
        what <code>regnetx convert</code> writes.
      </p>
      <ul>
        {FORMATS.map(({ dtype, label, bytes, note }) => (
          <li key={dtype}>
            <button
              type="button"
              data-download={dtype}
              aria-disabled={busy}
              onClick={() => {
                if (!busy) void save(dtype);
              }}
            >
              Save as {label}
            </button>
            <span>
              about {formatBytes((report.network?.params ?? 0) * bytes)}, {note}
            </span>
          </li>
        ))}
      </ul>
      <p class="said" role="status">
        {busy && 'Writing the file.'}
      </p>
      {saving && 'message' in saving && (
        <p role="alert" class="problem">
          {saving.message}
        </p>
      )}
    </section>
  );
}
