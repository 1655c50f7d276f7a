/** A colour as every drawing program understands it, and its opacity from 0 to 1. */
export interface Paint {
  readonly colour: string;
  readonly opacity: number;
}

const RGB = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/;
const MIXED = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)$/;

/**
 * A computed colour as hexadecimal digits and an opacity; browsers answer `rgb()` for plain colours
 * and `color(srgb …)` for mixed ones. Whatever else they answer (`none`, a reference) stays as it is.
 */
export function paintOf(computed: string): Paint {
  const rgb = RGB.exec(computed);
  const mixed = MIXED.exec(computed);
  const found = rgb ?? mixed;
  if (!found) return { colour: computed, opacity: 1 };
  const scale = rgb ? 1 : 255;
  const channels = found.slice(1, 4).map((text) => {
    const byte = Math.round(Math.min(Math.max(Number(text) * scale, 0), 255));
    return byte.toString(16).padStart(2, '0');
  });
  return { colour: `#${channels.join('')}`, opacity: Number(found[4] ?? 1) };
}
