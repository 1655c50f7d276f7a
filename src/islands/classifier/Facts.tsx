/** How fast, and on what. */
import { backendOf } from '../../engine/backends/index.ts';
import type { PanelState } from './state.ts';
import { gpuName, milliseconds } from './words.ts';

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
        <dt>{info ? backendOf(info.backend).name : 'Device'}</dt>
        <dd title={info?.gpu ?? undefined}>
          {info ? (info.gpu === null ? 'the processor' : gpuName(info.gpu)) : '–'}
        </dd>
      </div>
    </dl>
  );
}
