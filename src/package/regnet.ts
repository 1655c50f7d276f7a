/** `regnetx-zoo/regnet`: the family's design space, layer lists and costs, and its twelve variants. */
export * from '../regnet/index.ts';
export { findModel, models, type Model, type ModelNames } from '../zoo/models.ts';
