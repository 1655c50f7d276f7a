/** The file in other formats: timm-named safetensors, and ONNX. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatBytes } from '../../charts/shared/format.ts';
import type { FileReport } from '../../checkpoints/report.ts';
import { meaningOf, type Settings } from '../classifier/settings.ts';
import { messageOf } from '../messageOf.ts';
import { saveConverted, type Download } from './session.ts';

interface Props {
  readonly file: File;
  readonly report: FileReport;
  readonly settings: Settings;
}

type Format = Download['format'];
type Saving = { readonly format: Format } | { readonly message: string } | null;

const FORMATS: readonly { format: Format; label: string; bytes: number; note: string }[] = [
  { format: 'f32', label: 'safetensors, float32', bytes: 4, note: 'every weight as it is' },
  { format: 'f16', label: 'safetensors, float16', bytes: 2, note: 'batch norm stays float32' },
  { format: 'onnx', label: 'ONNX', bytes: 4, note: 'batch norm folded, any batch and size' },
];

export function Downloads({ file, report, settings }: Props) {
  const [saving, setSaving] = useState<Saving>(null);
  const controller = useRef(new AbortController());
  useEffect(
    () => () => {
      controller.current.abort();
    },
    [],
  );
  const save = async (format: Format) => {
    setSaving({ format });
    const { channelOrder } = settings;
    const { preprocessing } = meaningOf(settings);
    const download =
      format === 'onnx' ? { format, channelOrder, preprocessing } : { format, channelOrder };
    controller.current = new AbortController();
    const { signal } = controller.current;
    try {
      await saveConverted(file, download, signal);
      setSaving(null);
    } catch (error) {
      setSaving(signal.aborted ? null : { message: messageOf(error) });
    }
  };
  const busy = saving !== null && 'format' in saving;
  return (
    <section class="downloads" aria-labelledby="save">
      <h2 id="save">Save it</h2>
      <p class="rx-note">
        As safetensors with timm’s names, which timm loads as it is, or as ONNX, which says in its
        metadata how pictures are prepared. The first convolution takes RGB in both. Byte for byte
        what <code>regnetx convert</code> writes.
      </p>
      <ul>
        {FORMATS.map(({ format, label, bytes, note }) => (
          <li key={format}>
            <button
              type="button"
              data-download={format}
              aria-disabled={busy}
              onClick={() => {
                if (!busy) void save(format);
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
      {busy && (
        <button
          type="button"
          onClick={() => {
            controller.current.abort();
          }}
        >
          Stop
        </button>
      )}
      {saving && 'message' in saving && (
        <p role="alert" class="problem">
          {saving.message}
        </p>
      )}
    </section>
  );
}
