import { openWebgpu } from '../../src/engine/backends/webgpu/index.ts';
import { testOperations } from './operations.ts';

testOperations('WebGPU', () => openWebgpu({}));
