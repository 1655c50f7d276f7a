import { complexityOf } from './complexity.ts';
import { stagesOf, type Design, type Stage } from './design.ts';
import { DEFAULT_CLASSES, DEFAULT_RESOLUTION, layersOf, type Layer } from './layers.ts';
import type { Complexity } from './ops.ts';

/** A stage together with where it stands in the network. */
export interface PlacedStage extends Stage {
  /** Stride of the stage's first block. */
  readonly stride: number;
  /** Height and width of the stage's output in pixels. */
  readonly resolution: number;
}

/** A design expanded: stages, layers and costs at one resolution and class count. */
export interface Network {
  readonly design: Design;
  readonly stages: readonly PlacedStage[];
  readonly layers: readonly Layer[];
  readonly complexity: Complexity & { readonly resolution: number };
}

/**
 * Expands design parameters into the whole network. Throws a DesignError or RangeError whose message
 * names the offending parameter.
 */
export function networkOf(
  design: Design,
  resolution: number = DEFAULT_RESOLUTION,
  classes: number = DEFAULT_CLASSES,
): Network {
  const stages = stagesOf(design);
  const layers = layersOf(stages, resolution, classes);
  return {
    design,
    stages: stages.map((stage, index) => ({ ...stage, ...placeOf(layers, index + 1) })),
    layers,
    complexity: { ...complexityOf(layers), resolution },
  };
}

function placeOf(layers: readonly Layer[], stage: number): { stride: number; resolution: number } {
  const first = layers.find((l) => l.stage === stage && l.role === 'conv2');
  if (!first) throw new Error(`Stage ${stage} has no 3x3 convolution.`);
  return { stride: first.stride, resolution: first.hout };
}
