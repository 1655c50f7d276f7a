import { load } from '/node_modules/regnetx-zoo/lib/index/index.js';

const model = await (await fetch('/model.safetensors')).blob();
const net = await load({ file: model });
const file = await (await fetch('/picture.png')).blob();
const predictions = await net.classify(file, { top: 3 });
const bitmap = await createImageBitmap(file);
const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
canvas.getContext('2d').drawImage(bitmap, 0, 0);
const features = await net.embed(canvas);
const { variant, backend } = net;
net.dispose();
postMessage({ variant, backend, predictions, features: features.length });
