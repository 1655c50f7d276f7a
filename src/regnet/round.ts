/**
 * Rounds to the nearest integer, halves to the even neighbour, as numpy's `round` and Python's
 * `round` do. `Math.round` rounds halves up and gives other networks: 400MF's last stage would
 * become 400 wide instead of 384.
 */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const fraction = x - floor;
  if (fraction < 0.5) return floor;
  if (fraction > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
