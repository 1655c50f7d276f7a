import type { Texture, Textures } from './textures.ts';
import type { TextureSize } from './tiles.ts';

/**
 * The textures of one recorded computation. What a tensor gave back serves the next that fits in;
 * nothing else may use it, since every replay writes it again.
 */
export interface Arena {
  take(size: TextureSize): Texture;
  give(texture: Texture): void;
  /** Deletes all, used or not. */
  dispose(): void;
}

export function createArena(textures: Textures): Arena {
  const all: Texture[] = [];
  const free: Texture[] = [];
  return {
    take(size) {
      const fitting = free.filter((texture) => fits(size, texture.size));
      const [best] = fitting.toSorted((a, b) => texelsOf(a.size) - texelsOf(b.size));
      if (best) {
        free.splice(free.indexOf(best), 1);
        return best;
      }
      const made = textures.create(size);
      all.push(made);
      return made;
    },
    give: (texture) => {
      free.push(texture);
    },
    dispose() {
      for (const texture of all.splice(0)) textures.delete(texture);
      free.length = 0;
    },
  };
}

function fits(size: TextureSize, into: TextureSize): boolean {
  return size.layers === into.layers && size.columns <= into.columns && size.rows <= into.rows;
}

function texelsOf({ columns, rows }: TextureSize): number {
  return columns * rows;
}
