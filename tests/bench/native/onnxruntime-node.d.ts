/** What of the package is used here: it is not installed with the project, so neither are its types. */
declare module 'onnxruntime-node' {
  interface Session {
    run(
      feeds: Readonly<Record<string, Tensor>>,
    ): Promise<Readonly<Record<string, { readonly data: Float32Array } | undefined>>>;
    release(): Promise<void>;
  }
  export const InferenceSession: {
    create(
      model: Uint8Array,
      options: { readonly intraOpNumThreads: number; readonly interOpNumThreads: number },
    ): Promise<Session>;
  };
  interface Tensor {
    readonly dims: readonly number[];
  }
  export const Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor;
  export const env: { readonly versions: { readonly node?: string } };
}
