/** `regnetx-zoo/checkpoints`: PyTorch's files and safetensors to named tensors, and back to a file. */
export * from '../checkpoints/index.ts';
