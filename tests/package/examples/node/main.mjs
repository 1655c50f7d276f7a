// What a picture shows, and how alike it is to itself: node main.mjs MODEL PICTURE
import { readFile } from 'node:fs/promises';
import { load } from 'regnetx-zoo';

const [model, picture] = process.argv.slice(2);
const net = await load({ file: new Blob([await readFile(model)]) });
const file = new Blob([await readFile(picture)]);
const predictions = await net.classify(file, { top: 3 });
const features = await net.embed(file);
net.dispose();
console.log(
  JSON.stringify({
    variant: net.variant,
    backend: net.backend,
    predictions,
    features: features.length,
  }),
);
