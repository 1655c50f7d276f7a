import { expect, test } from 'vitest';
import {
  gpuName,
  milliseconds,
  parityInWords,
  percent,
  scientific,
} from '../../../src/islands/classifier/words.ts';

test.each([
  [0, '0.0%'],
  [0.0004, '<0.1%'],
  [0.10596, '10.6%'],
  [1, '100.0%'],
])('a probability of %d is %s', (probability, words) => {
  expect(percent(probability)).toBe(words);
});

test.each([
  [9.84, '9.8 ms'],
  [411.6, '412 ms'],
  [1240.2, '1,240 ms'],
])('%d milliseconds are %s', (ms, words) => {
  expect(milliseconds(ms)).toBe(words);
});

test.each([
  [
    'ANGLE (NVIDIA, NVIDIA GeForce RTX 3080 (0x00002206) Direct3D11 vs_5_0 ps_5_0, D3D11)',
    'NVIDIA GeForce RTX 3080',
  ],
  ['ANGLE (Apple, ANGLE Metal Renderer: Apple M1, Unspecified Version)', 'Apple M1'],
  [
    'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)',
    'Mesa Intel(R) UHD Graphics 620 (KBL GT2)',
  ],
  [
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'SwiftShader (CPU)',
  ],
  [
    'ANGLE (NVIDIA Corporation, Vulkan 1.3.205 (NVIDIA H200 (0x00002335)), NVIDIA driver)',
    'NVIDIA H200',
  ],
  ['Apple GPU', 'Apple GPU'],
  ['Adreno (TM) 640', 'Adreno (TM) 640'],
])('%s is called %s', (renderer, name) => {
  expect(gpuName(renderer)).toBe(name);
});

test.each([
  [1.1618e-4, '1.2\u00a0×\u00a010⁻⁴'],
  [3e-7, '3\u00a0×\u00a010⁻⁷'],
  [0.5, '5\u00a0×\u00a010⁻¹'],
  [2.5e-12, '2.5\u00a0×\u00a010⁻¹²'],
  [0, '0'],
])('%d is %s', (value, words) => {
  expect(scientific(value)).toBe(words);
});

test('how far a device is off says beside what, and of what', () => {
  const limit = 1e-3;
  const pytorch = { reference: 'pytorch', difference: 1e-4, tolerance: 1e-4, limit } as const;
  expect(parityInWords(pytorch)).toEqual({
    badge: 'Matches PyTorch to 1\u00a0×\u00a010⁻⁴',
    detail: ', as near as half-float weights allow',
  });
  expect(parityInWords({ ...pytorch, tolerance: 1e-6 }).detail).toBe('');
  const cpu = { reference: 'cpu', difference: 0, tolerance: 0, limit } as const;
  expect(parityInWords(cpu)).toEqual({
    badge: 'Matches plain loops exactly',
    detail: ' (relative, logits of a small input)',
  });
});
