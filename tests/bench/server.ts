import { createServer, type Plugin } from 'vite';
import { nativeEngine } from './native/serve.ts';
import own from '../../package.json' with { type: 'json' };

export interface BenchServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the benchmark's page on a free port, isolated so that WebAssembly may use threads. */
export async function serveBench(): Promise<BenchServer> {
  const root = new URL('../../', import.meta.url).pathname;
  // Pinned there to exact versions.
  const versions = {
    'regnetx-zoo': own.version,
    '@tensorflow/tfjs': own.devDependencies['@tensorflow/tfjs-core'],
    'onnxruntime-web': own.devDependencies['onnxruntime-web'],
  };
  const server = await createServer({
    root,
    configFile: false,
    appType: 'mpa',
    logLevel: 'error',
    cacheDir: 'node_modules/.vite-bench',
    plugins: [repairOrtWebgl, nativeEngine()],
    define: { BENCH_VERSIONS: JSON.stringify(versions) },
    optimizeDeps: {
      // Known beforehand, or the first run would reload the page in its midst.
      noDiscovery: true,
      include: [
        '@tensorflow/tfjs-core',
        '@tensorflow/tfjs-backend-cpu',
        '@tensorflow/tfjs-backend-webgl',
        '@tensorflow/tfjs-backend-webgl/dist/base',
        '@tensorflow/tfjs-backend-webgpu',
      ],
    },
    server: {
      host: '127.0.0.1',
      port: 0,
      hmr: false,
      watch: null,
      headers: {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      },
    },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no address.');
  return {
    url: `http://127.0.0.1:${address.port}/tests/bench/page/`,
    close: () => server.close(),
  };
}

/**
 * ONNX Runtime Web's WebGL build forgets the activation in the key of its program cache: of two 1x1
 * convolutions of equal shapes, one with ReLU and one without, the second runs the first one's
 * program, and the logits are wrong. One word repairs that; the times stay what they are.
 */
const repairOrtWebgl: Plugin = {
  name: 'repair-ort-webgl',
  transform(code, id) {
    if (!id.includes('ort.webgl')) return null;
    const repaired = code.replace(/cacheKey:(\w+\.activationCacheKey)/, 'cacheHint:$1');
    if (repaired === code)
      throw new Error(
        'ONNX Runtime Web has changed: see whether its WebGL build needs the repair.',
      );
    return repaired;
  },
};
