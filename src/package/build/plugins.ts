/** What the package's build does with our own ways of loading code and names. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Rolldown } from 'tsdown';
import { parseLabels } from '../../zoo/labels.ts';

/** How a module names the entry of a thread beside it, for browsers or for Node. */
const ENTRY = /'\.\/(worker|thread)\.ts'/g;

/** Entries of threads become files of their own, beside the one that starts them. */
export const workers: Rolldown.Plugin = {
  name: 'workers',
  transform: {
    filter: { id: /\.ts$/, code: /new URL\(/ },
    handler(code, id) {
      return code.replaceAll(ENTRY, (_, name: string) => {
        const fileName = `${path.basename(path.dirname(id))}-${name}.js`;
        this.emitFile({ type: 'chunk', id: path.join(path.dirname(id), `${name}.ts`), fileName });
        return `'./${fileName}'`;
      });
    },
  },
};

/** A list of classes becomes a module with the names. */
export const classNames: Rolldown.Plugin = {
  name: 'class-names',
  load: {
    filter: { id: /\.tsv$/ },
    async handler(id) {
      const names = parseLabels(await readFile(id, 'utf8'));
      return { code: `export default ${JSON.stringify(names)};`, moduleType: 'js' };
    },
  },
};
