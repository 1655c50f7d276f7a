import { useEffect, useRef } from 'preact/hooks';
import type { Painted } from './geometry.ts';

interface Props {
  readonly pixels: Painted;
  /** What it shows, in words; nothing where the words stand beside it. */
  readonly label?: string;
  readonly class?: string;
}

/** Pixels as they are, stretched by CSS. */
export function Pixels({ pixels, label, class: name }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { data, width, height } = pixels;
    canvas.current?.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  }, [pixels]);
  return (
    <canvas
      ref={canvas}
      class={name}
      width={pixels.width}
      height={pixels.height}
      {...(label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label })}
    />
  );
}
