/**
 * The package `regnetx-zoo`: RegNetX image classifiers in a page, a worker or Node. The same engine as
 * the site's, with its weights from wherever they are.
 */
export { EngineError, type EngineErrorCode } from '../threads/errors.ts';
export type { BackendName } from '../engine/backend.ts';
export type { Progress } from '../weights/meter.ts';
export { load, type LoadOptions, type RegNetX } from './load.ts';
export type { ClassifyOptions, Prediction } from './model.ts';
export type { Input, Pixels } from './input.ts';
export type { Source } from './weights.ts';
