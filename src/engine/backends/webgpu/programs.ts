import { source, type Shader } from './wgsl.ts';
import { COMPUTE } from './usage.ts';

/** A compiled shader, or one that is being compiled. */
export interface Program {
  readonly layout: GPUBindGroupLayout;
  /** The pipeline; compiles it at once if need be. */
  pipeline(): GPUComputePipeline;
}

export interface Programs {
  /** The program that goes by this key; a new one begins to compile beside all else. */
  get(key: string, write: () => Shader): Program;
  /** Resolves when all are compiled that were asked for so far. */
  compiled(): Promise<void>;
}

export function createPrograms(gpu: GPUDevice): Programs {
  const programs = new Map<string, Program>();
  const layouts = new Map<number, GPUBindGroupLayout>();
  const waiting = new Set<Promise<void>>();

  /** One for all shaders that read so many buffers. */
  const layoutOf = (reads: number): GPUBindGroupLayout => {
    const types: GPUBufferBindingType[] = [
      'uniform',
      ...Array.from({ length: reads }, () => 'read-only-storage' as const),
      'storage',
    ];
    const layout =
      layouts.get(reads) ??
      gpu.createBindGroupLayout({
        entries: types.map((type, binding) => ({
          binding,
          visibility: COMPUTE,
          buffer: { type },
        })),
      });
    layouts.set(reads, layout);
    return layout;
  };

  const compile = (label: string, shader: Shader): Program => {
    const layout = layoutOf(shader.reads.length);
    const descriptor: GPUComputePipelineDescriptor = {
      label,
      layout: gpu.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: gpu.createShaderModule({ label, code: source(shader) }) },
    };
    let pipeline: GPUComputePipeline | null = null;
    const work = gpu.createComputePipelineAsync(descriptor).then(
      (ready) => {
        pipeline ??= ready;
      },
      // Compiled at once it fails in the same way, and says so.
      () => undefined,
    );
    waiting.add(work);
    void work.then(() => waiting.delete(work));
    return { layout, pipeline: () => (pipeline ??= gpu.createComputePipeline(descriptor)) };
  };

  return {
    get(key, write) {
      const program = programs.get(key) ?? compile(key, write());
      programs.set(key, program);
      return program;
    },
    compiled: async () => {
      await Promise.all(waiting);
    },
  };
}
