/** Predicts once in a worker and posts the logits and the GPU's name, for network.test.ts. */
import { createNetwork } from '../../src/engine/network.ts';
import { goldenBatch, goldenInput, goldenLayers } from '../golden.ts';
import { seededWeights } from '../seeded.ts';

const network = await createNetwork(goldenLayers, seededWeights(goldenLayers, 1), 'webgl');
const logits = await network.predict(goldenInput, goldenBatch);
postMessage({ logits, renderer: network.renderer });
network.dispose();
