/**
 * Everything published, one source a file of content/results/. Each is a module of its own, so that
 * a page carries only what it uses. The build and the tests hold the files against the schema.
 */
export { imgclsmobChainer } from './sources/imgclsmob-chainer.ts';
export { imgclsmob } from './sources/imgclsmob-gluon.ts';
export { imgclsmobTensorflow } from './sources/imgclsmob-tensorflow2.ts';
export { keras } from './sources/keras.ts';
export { mmcls2021 } from './sources/mmcls-2021.ts';
export { mmdetection } from './sources/mmdetection.ts';
export { mmpretrain } from './sources/mmpretrain.ts';
export { openModelZoo } from './sources/open-model-zoo.ts';
export { paddleclas } from './sources/paddleclas.ts';
export { paper } from './sources/paper.ts';
export { pycls } from './sources/pycls.ts';
export { pycls2020 } from './sources/pycls-2020.ts';
export { qualcomm } from './sources/qualcomm.ts';
export { seed } from './sources/seed.ts';
export { timm } from './sources/timm.ts';
export { timmSpeed } from './sources/timm-speed.ts';
export { torchvision } from './sources/torchvision.ts';
export { torchvisionFiles } from './sources/torchvision-files.ts';
export { transformers } from './sources/transformers.ts';
