import type { About } from '../about.ts';

export const webgpu: About = {
  id: 'webgpu',
  name: 'WebGPU',
  label: 'WebGPU',
  gpu: true,
  precisions: ['float32', 'float16'],
  contends: true,
  known: () => typeof navigator !== 'undefined' && 'gpu' in navigator,
  probe: async () => {
    const adapter = await requestAdapter();
    return adapter && adapterName(adapter);
  },
  needs: 'WebGPU',
  missing:
    'This browser offers no WebGPU: choose another way to compute, or use a current Chrome, Edge or Safari with hardware acceleration on.',
  fallback: 'webgl',
  timing: ['timer-query', 'repeats'],
};

/** A graphics processor for this very thread; null where there is none. */
export async function requestAdapter(): Promise<GPUAdapter | null> {
  // Absent in Node, in Firefox on Linux and Android, and wherever the page is not secure.
  if (typeof navigator === 'undefined' || !('gpu' in navigator)) return null;
  return navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
}

/** Its name, as far as the browser gives it. */
export function adapterName({ info }: GPUAdapter): string {
  const { vendor, architecture, device, description } = info;
  const words = [vendor, architecture, device, description].filter((word) => word !== '');
  return words.length > 0 ? words.join(' ') : 'a graphics processor without a name';
}
