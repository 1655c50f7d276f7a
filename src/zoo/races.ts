/**
 * The fairest comparison of a report: on the processor, which is real hardware on every device, this
 * site's WebAssembly beside ONNX Runtime Web's with as many threads, and beside native ONNX Runtime.
 */
import { NATIVE, rangeOf, type Duel, type Measurement, type Report } from './benchmark.ts';
import { isSoftwareRenderer } from './renderer.ts';

/** One variant with so many threads; median times in milliseconds. */
export interface Race {
  readonly variant: string;
  readonly threads: number;
  readonly ours: number;
  readonly web: number;
  /** Null where native ONNX Runtime was not installed. */
  readonly native: number | null;
}

/** All that the report has of this site and ONNX Runtime Web on the processor, in its order. */
export function racesOf({ results }: Report): Race[] {
  return results.flatMap((ours): Race[] => {
    const { variant, threads, engine, backend } = ours;
    if (engine !== 'ours' || backend !== 'wasm' || threads === null) return [];
    const timeOf = (on: string): number | null =>
      results.find(
        (one) =>
          one.engine === 'ort' &&
          one.backend === on &&
          one.variant === variant &&
          one.threads === threads,
      )?.medianMs ?? null;
    const web = timeOf('wasm');
    if (web === null) return [];
    return [{ variant, threads, ours: ours.medianMs, web, native: timeOf(NATIVE) }];
  });
}

/** `1.6 to 2.3`, or one number where both ends read alike. */
export function rangeText([least, greatest]: readonly [number, number]): string {
  const ends = [least, greatest].map((ratio) => ratio.toFixed(ratio < 9.95 ? 1 : 0));
  return [...new Set(ends)].join(' to ');
}

/** What the races say, in a sentence. */
export function raceSentence(races: readonly Race[]): string {
  const range = (ratios: readonly number[]) =>
    rangeText([Math.min(...ratios), Math.max(...ratios)]);
  const peer = `On the processor, this site is ${range(races.map(({ ours, web }) => web / ours))} times as fast as ONNX Runtime Web with as many threads`;
  const native = races.flatMap((race) => (race.native === null ? [] : [race.ours / race.native]));
  if (native.length === 0) return `${peer}.`;
  return `${peer}, and takes ${range(native)} times as long as native ONNX Runtime, which no page can run.`;
}

/** How the rest of the duels on one backend is told. */
export interface GpuLine {
  readonly backend: string;
  readonly engine: string;
  readonly range: string;
  /** Whether the browser had no graphics processor, so that the numbers are of a renderer in software. */
  readonly software: boolean;
}

/** A line for each peer on each of a GPU's backends, in the report's order. */
export function gpuLines(duels: readonly Duel[]): GpuLine[] {
  const keyOf = ({ engine, backend }: Measurement): string => `${engine}/${backend}`;
  const onGpu = duels.filter(({ peer }) => peer.gpu !== null);
  const peers = new Map(onGpu.map(({ peer }) => [keyOf(peer), peer]));
  return [...peers.values()].flatMap((peer): GpuLine[] => {
    const range = rangeOf(onGpu, (duel) => keyOf(duel.peer) === keyOf(peer));
    if (!range) return [];
    const { backend, engine, gpu } = peer;
    return [{ backend, engine, range: rangeText(range), software: isSoftwareRenderer(gpu ?? '') }];
  });
}
