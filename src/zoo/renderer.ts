/** Names of GPUs that are none: WebGL computed on the CPU. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render|software/i;

/** Whether WebGL is rendered in software, by the renderer's name as the browser gives it. */
export function isSoftwareRenderer(renderer: string): boolean {
  return SOFTWARE.test(renderer);
}
