/** Numbers and states in words. */
import { formatInteger } from '../../charts/shared/format.ts';
import type { Parity } from '../../engine/types.ts';
import type { PanelState, Problem } from './state.ts';

/** Told when kept weights were not what they had been when they came. */
export const ALTERED =
  'What was kept of these weights on this device had been cut or altered; they were fetched anew.';

/** `61.2%`; what is smaller than a tenth of a percent says so. */
export function percent(probability: number): string {
  return probability > 0 && probability < 0.001 ? '<0.1%' : `${(probability * 100).toFixed(1)}%`;
}

/** `−1.234`: an output as it is, which is no share of anything. */
export function rawValue(value: number): string {
  return value.toPrecision(4).replace('-', '−');
}

/** `9.8 ms`, `412 ms`, `1,240 ms`. */
export function milliseconds(ms: number): string {
  const rounded = ms < 10 ? ms.toFixed(1) : formatInteger(Math.round(ms));
  return `${rounded} ms`;
}

/** `1.2 × 10⁻⁴`, of numbers below one; `0`. */
export function scientific(value: number): string {
  if (value === 0) return '0';
  const [digits = '', exponent = ''] = value.toExponential(1).split('e');
  const raised = exponent
    .replace('+', '')
    .replace('-', '⁻')
    .replaceAll(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)));
  return `${digits.replace(/\.0$/, '')}\u00a0×\u00a010${raised}`;
}

/** How far this device is off: what stands in the badge, and what was compared. */
export function parityInWords({ reference, difference, tolerance }: Parity): {
  readonly badge: string;
  readonly detail: string;
} {
  const whose = reference === 'pytorch' ? 'PyTorch' : 'plain loops';
  const badge = `Matches ${whose} ${difference === 0 ? 'exactly' : `to ${scientific(difference)}`}`;
  if (reference === 'cpu') return { badge, detail: ' (relative, logits of a small input)' };
  // Most of it is what the file's rounded weights cost PyTorch as well.
  const rounded = tolerance > 0 && difference < 1.5 * tolerance;
  return { badge, detail: rounded ? ', as near as half-float weights allow' : '' };
}

/** `5.0`, in millions of bytes. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** `45`, in whole millions of bytes. */
export function wholeMegabytes(bytes: number): string {
  return formatInteger(Math.floor(bytes / 1e6));
}

/** `0.9`, in thousands of millions of bytes. */
export function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}

/** `about 40 s left`, `about 3 min left`; nothing while it is not known. */
export function timeLeft(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < 1.5) return 'about 1 s left';
  if (seconds < 99.5) return `about ${Math.round(seconds)} s left`;
  return `about ${formatInteger(Math.round(seconds / 60))} min left`;
}

/**
 * The GPU's own name out of what ANGLE says of it, such as `NVIDIA GeForce RTX 3080` out of
 * `ANGLE (NVIDIA, NVIDIA GeForce RTX 3080 (0x2206) Direct3D11 vs_5_0 ps_5_0, D3D11)`.
 */
export function gpuName(renderer: string): string {
  const inside = /^ANGLE \([^,]*, (.+), [^,]*\)$/.exec(renderer)?.[1];
  const device = inside ?? renderer;
  if (device.includes('SwiftShader')) return 'SwiftShader (CPU)';
  return device
    .replace(/^ANGLE Metal Renderer: /, '')
    .replaceAll(/ \(0x[0-9a-f]+\)/gi, '')
    .replace(/ Direct3D.*$/, '')
    .replace(/^Vulkan [\d.]+ \((.+)\)$/, '$1');
}

/** What the panel is doing, in one sentence; `total` is the size of the weights, 0 if they are here. */
export function statusOf(
  { phase, checkpoint, received, secondsLeft, quiet, result }: PanelState,
  total: number,
): string {
  switch (phase) {
    case 'idle':
      return 'Choose a picture: a sample below, or one of yours.';
    case 'loading':
      if (checkpoint.kind === 'local') return `Reading ${checkpoint.fileName}.`;
      if (received >= total) return 'Preparing the network.';
      return [
        `Loading the weights: ${megabytes(received)} of ${megabytes(total)} MB`,
        timeLeft(secondsLeft),
      ]
        .filter((part) => part !== '')
        .join(', ')
        .concat(quiet ? '. Nothing has arrived for some seconds.' : '.');
    case 'ready':
      return 'The network is ready. Choose a picture.';
    case 'running':
      return result ? 'Measuring the time of a pass.' : 'Running the network.';
    case 'done':
    case 'error':
      return '';
  }
}

export const RECOVERED =
  'The browser had taken the graphics processor away; the network is loaded again, with the same weights.';

export const LOST_AGAIN: Problem = {
  code: 'context-lost',
  message: 'The browser took the graphics processor away again: try again, or compute without it.',
};

export const NO_WEIGHTS: Problem = {
  code: 'checkpoint',
  message:
    'No weights are chosen yet: run the official ones or open a checkpoint, and this picture is next.',
};
