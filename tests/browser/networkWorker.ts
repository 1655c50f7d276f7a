/** Predicts once in a worker, on the backend that it is named after; posts logits and GPU. */
import { createNetwork } from '../../src/engine/network.ts';
import { goldenBatch, goldenInput, goldenLayers } from '../golden.ts';
import { seededWeights } from '../seeded.ts';

const backend = self.name === 'wasm' || self.name === 'webgpu' ? self.name : 'webgl';
const network = await createNetwork(goldenLayers, seededWeights(goldenLayers, 1), backend);
const logits = await network.predict(goldenInput, goldenBatch);
postMessage({ logits, renderer: network.renderer });
network.dispose();
