import type { Preprocessing } from '../../checkpoints/description.ts';
import { roundHalfEven } from '../../regnet/round.ts';

/** Where the network looks: the size after resizing and the square cut from its centre, in pixels. */
export interface Geometry {
  readonly resizedWidth: number;
  readonly resizedHeight: number;
  readonly left: number;
  readonly top: number;
  /** Side of the square. */
  readonly crop: number;
}

/**
 * The geometry that torchvision's `Resize(resize)` and `CenterCrop(crop)` give a picture: the longer
 * side is truncated to whole pixels, offsets are rounded half to even, or up as in pycls. Throws a RangeError when the
 * crop is larger than what is resized (torchvision would pad with black; no checkpoint asks for it).
 */
export function geometryOf(
  width: number,
  height: number,
  { resize, crop, cropOffset }: Pick<Preprocessing, 'resize' | 'crop' | 'cropOffset'>,
): Geometry {
  if (crop > resize)
    throw new RangeError(`The crop of ${crop} px is larger than the resized side of ${resize} px.`);
  const long = Math.floor((resize * Math.max(width, height)) / Math.min(width, height));
  const [resizedWidth, resizedHeight] = width <= height ? [resize, long] : [long, resize];
  const whole = cropOffset === 'half-up' ? Math.ceil : roundHalfEven;
  return {
    resizedWidth,
    resizedHeight,
    left: whole((resizedWidth - crop) / 2),
    top: whole((resizedHeight - crop) / 2),
    crop,
  };
}
