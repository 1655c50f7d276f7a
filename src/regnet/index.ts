/** The RegNetX family: design space, layer list and costs. Imports nothing. */
export * from './complexity.ts';
export * from './design.ts';
export * from './formula.ts';
export * from './imagenet.ts';
export * from './layers.ts';
export * from './memory.ts';
export * from './network.ts';
export * from './ops.ts';
export * from './receptive-field.ts';
export * from './roles.ts';
export * from './torchvision.ts';
