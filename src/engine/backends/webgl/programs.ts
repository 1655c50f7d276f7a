import { VERTEX_SHADER, type Shader } from './shaders.ts';

/** A program that the browser compiles or has compiled. */
export interface Program {
  /** Whether the browser has finished; always true where it cannot tell. */
  done(): boolean;
  /** Makes it the current one. Throws an Error with the compiler's words when it did not compile. */
  use(): void;
  /** Gives the whole numbers of `shape` to the current program. */
  shape(values: Int32Array): void;
}

/** The programs of one context; each is compiled once. */
export interface Programs {
  /** Starts to compile, without waiting, so that the browser can do several at a time. */
  get(key: string, write: () => Shader): Program;
  /** Whether nothing is left to compile. */
  done(): boolean;
}

export function createPrograms(gl: WebGL2RenderingContext): Programs {
  const parallel = gl.getExtension('KHR_parallel_shader_compile');
  const programs = new Map<string, Program>();
  let vertex: WebGLShader | null = null;
  return {
    get(key, write) {
      const known = programs.get(key);
      if (known) return known;
      vertex ??= compile(gl, gl.VERTEX_SHADER, VERTEX_SHADER);
      const program = link(gl, vertex, write(), parallel);
      programs.set(key, program);
      return program;
    },
    done: () => [...programs.values()].every((program) => program.done()),
  };
}

function link(
  gl: WebGL2RenderingContext,
  vertex: WebGLShader | null,
  { samplers, source }: Shader,
  parallel: KHR_parallel_shader_compile | null,
): Program {
  const program = gl.createProgram();
  const fragment = compile(gl, gl.FRAGMENT_SHADER, source);
  // A lost context gives none; what it is asked for later says that it is lost.
  if (vertex && fragment) {
    gl.attachShader(program, vertex);
    gl.attachShader(program, fragment);
    gl.linkProgram(program);
  }
  let shape: WebGLUniformLocation | null = null;
  let checked = false;
  const check = (): void => {
    if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) {
      const log = (fragment && gl.getShaderInfoLog(fragment)) ?? gl.getProgramInfoLog(program);
      throw new Error(`A shader did not compile: ${log ?? 'no reason given'}`);
    }
    gl.useProgram(program);
    shape = gl.getUniformLocation(program, 'shape');
    for (const [unit, name] of samplers.entries())
      gl.uniform1i(gl.getUniformLocation(program, name), unit);
    checked = true;
  };
  return {
    done: () =>
      checked ||
      parallel === null ||
      gl.getProgramParameter(program, parallel.COMPLETION_STATUS_KHR) !== false,
    use() {
      if (checked) gl.useProgram(program);
      else check();
    },
    shape: (values) => {
      gl.uniform4iv(shape, values);
    },
  };
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader | null {
  const shader = gl.createShader(type);
  if (!shader) return null;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}
