import { load } from 'regnetx-zoo';

const net = await load({ url: '/model.safetensors' });
const file = await (await fetch('/picture.png')).blob();
const predictions = await net.classify(file, { top: 3 });
const bitmap = await createImageBitmap(file);
const canvas = document.createElement('canvas');
canvas.width = bitmap.width;
canvas.height = bitmap.height;
const context = canvas.getContext('2d');
context.drawImage(bitmap, 0, 0);
const features = await net.embed(context.getImageData(0, 0, bitmap.width, bitmap.height));
const { variant, backend } = net;
net.dispose();
document.querySelector('pre').textContent = JSON.stringify({
  ...{ variant, backend, predictions, features: features.length },
});
