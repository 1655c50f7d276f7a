/** Names of GPUs that are none: WebGL computed on the CPU. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render|software/i;

/** Whether WebGL is rendered in software, by the renderer's name as the browser gives it. */
export function isSoftwareRenderer(renderer: string): boolean {
  return SOFTWARE.test(renderer);
}

/**
 * What may be chosen on a device for being quick, in the order of `backends`: what it has, by the
 * names in `found`, and is no graphics processor in software.
 */
export function contendersIn<Id extends string>(
  backends: readonly { readonly id: Id; readonly gpu: boolean; readonly contends: boolean }[],
  found: Readonly<Partial<Record<Id, string>>>,
): Id[] {
  return backends
    .filter(({ id, gpu, contends }) => {
      const name = found[id];
      return contends && name !== undefined && !(gpu && isSoftwareRenderer(name));
    })
    .map(({ id }) => id);
}
