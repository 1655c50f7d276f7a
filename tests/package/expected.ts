import { expect } from 'vitest';
import golden from '../../public/golden/regnetx_002.tiny-imagenet-200.json' with { type: 'json' };

/** What PyTorch sees in the picture, most probable first. */
const [best] = golden.probabilities
  .map((probability, index) => ({ probability, index }))
  .toSorted((a, b) => b.probability - a.probability);

/** Of the page's decoder or sharp's, in float32. */
const TOLERANCE = 1e-3;

/** Holds what an example says against PyTorch's numbers. */
export function expectRight(text: string, backend = 'wasm'): void {
  const said = JSON.parse(text) as Said;
  expect(said).toMatchObject({ variant: 'regnetx_002', backend, features: 368 });
  const [first] = said.predictions;
  expect(said.predictions).toHaveLength(3);
  expect(first?.index).toBe(best?.index);
  expect(Math.abs((first?.probability ?? NaN) - (best?.probability ?? NaN))).toBeLessThan(
    TOLERANCE,
  );
  expect(first?.className).toMatch(/^[A-Z]?[a-z]+/);
  expect(first?.className).not.toMatch(/^class /);
}

interface Said {
  readonly predictions: readonly {
    readonly className: string;
    readonly probability: number;
    readonly index: number;
  }[];
}
