/** What the engines and backends of a report are called, by their ids there. */
import { NATIVE } from '../../zoo/benchmark.ts';

export const ENGINE_NAMES: Readonly<Record<string, string>> = {
  ours: 'this site',
  'tfjs-kernel': 'TensorFlow.js, our kernel',
  'tfjs-split': 'TensorFlow.js, split',
  'tfjs-dense': 'TensorFlow.js, dense',
  ort: 'ONNX Runtime Web',
  'ort-jspi': 'ONNX Runtime Web, JSPI build',
};

export const BACKEND_NAMES: Readonly<Record<string, string>> = {
  webgl: 'WebGL',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'plain loops',
};

/** An engine as a row's heading: what is native is no part of the web. */
export function engineName({ engine, backend }: { engine: string; backend: string }): string {
  if (engine === 'ort' && backend === NATIVE) return 'ONNX Runtime, native';
  return ENGINE_NAMES[engine] ?? engine;
}
