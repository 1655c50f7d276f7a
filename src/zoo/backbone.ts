/** A variant as the backbone of something else: the maps that its stages hand on. */
import { networkOf, receptiveFields } from '../regnet/index.ts';
import type { Model } from './models.ts';

/** Sides of pictures in pixels: of classification, and of usual detectors. */
export const BACKBONE_SIDES = [224, 512, 800] as const;

/** One stage's output. */
export interface Level {
  /** Stage from 1. */
  readonly stage: number;
  /** Pixels of the picture between neighbouring numbers. */
  readonly stride: number;
  readonly channels: number;
  /** Pixels of the picture that can change a number, along either axis. */
  readonly field: number;
  /** Side of the map at each of BACKBONE_SIDES. */
  readonly sides: readonly number[];
}

/** The outputs of a variant's stages, the finest first. */
export function backboneOf({ design }: Model): Level[] {
  const networks = BACKBONE_SIDES.map((side) => networkOf(design, side));
  const [{ layers, stages } = networkOf(design)] = networks;
  const fields = receptiveFields(layers);
  return stages.map(({ width }, index) => {
    const stage = index + 1;
    const last = layers.findLast((layer) => layer.stage === stage);
    const field = last && fields.get(last.name);
    if (!field) throw new Error(`Stage ${stage} has no layers.`);
    return {
      stage,
      stride: field.stride,
      channels: width,
      field: field.size,
      sides: networks.map((network) => network.stages[index]?.resolution ?? 0),
    };
  });
}
