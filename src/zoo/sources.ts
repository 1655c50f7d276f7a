/**
 * Everything published, one source a file of content/results/. Each is a module of its own, so that
 * a page carries only what it uses. The build and the tests hold the files against the schema.
 */
export { mmpretrain } from './sources/mmpretrain.ts';
export { pycls } from './sources/pycls.ts';
export { seed } from './sources/seed.ts';
export { timm } from './sources/timm.ts';
export { torchvision } from './sources/torchvision.ts';
