import type { About } from '../about.ts';

export const wasm: About = {
  id: 'wasm',
  name: 'WebAssembly',
  label: 'WebAssembly',
  gpu: false,
  precisions: ['float32'],
  contends: true,
  known: null,
  probe: () => (WebAssembly.validate(SIMD) ? 'the processor' : null),
  needs: 'WebAssembly with SIMD',
  missing:
    'This browser has no WebAssembly with SIMD, on which the network would run: update it, or use a current Chrome, Edge, Firefox or Safari.',
  fallback: 'cpu',
  timing: ['clock'],
};

/** A module of one function that splats a byte over a vector: `(func (result v128) …)`. */
const SIMD = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b],
);
