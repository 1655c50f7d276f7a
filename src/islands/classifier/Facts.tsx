/** How fast, and on what. */
import type { BackendName } from '../../engine/backend.ts';
import type { PanelState } from './state.ts';
import { gpuName, milliseconds } from './words.ts';

const NAMES: Readonly<Record<BackendName, string>> = {
  webgl: 'WebGL2',
  wasm: 'WebAssembly',
  cpu: 'Plain loops',
};

export function Facts({ state: { result, timing, info, phase } }: { state: PanelState }) {
  return (
    <dl class="facts">
      <div>
        <dt>First pass</dt>
        {result ? (
          <dd data-first-ms={result.firstMs}>{milliseconds(result.firstMs)}</dd>
        ) : (
          <dd>–</dd>
        )}
      </div>
      <div>
        <dt>{timing ? `Median of ${timing.passes}` : 'Median'}</dt>
        {timing ? (
          <dd data-median-ms={timing.medianMs}>{milliseconds(timing.medianMs)}</dd>
        ) : (
          <dd>{result && phase === 'running' ? 'measuring' : '–'}</dd>
        )}
      </div>
      <div class="device">
        <dt>{NAMES[info?.backend ?? 'webgl']}</dt>
        <dd title={info?.gpu ?? undefined}>
          {info ? (info.gpu === null ? 'the processor' : gpuName(info.gpu)) : '–'}
        </dd>
      </div>
    </dl>
  );
}
