/** Folders as a browser's handles give them, without a browser. */

/** Names of files with their contents, and folders. */
export interface Tree {
  readonly [name: string]: string | Tree;
}

/** What the disk answers when a file is opened; throws to refuse. */
export type Disk = (path: string) => void;

export function fakeFolder(
  name: string,
  tree: Tree,
  disk: Disk = () => undefined,
): FileSystemDirectoryHandle {
  return folderAt(name, tree, '', disk) as unknown as FileSystemDirectoryHandle;
}

function folderAt(name: string, tree: Tree, above: string, disk: Disk) {
  return {
    kind: 'directory',
    name,
    values: async function* () {
      for (const [inner, content] of Object.entries(tree)) {
        await Promise.resolve();
        const path = `${above}${inner}`;
        if (typeof content !== 'string') yield folderAt(inner, content, `${path}/`, disk);
        else yield { kind: 'file', name: inner, getFile: () => open(path, inner, content, disk) };
      }
    },
  };
}

async function open(path: string, name: string, content: string, disk: Disk): Promise<File> {
  await Promise.resolve();
  disk(path);
  return new File([content], name);
}

/** What a browser throws when it refuses. */
export const refusal = (name: string): DOMException =>
  new DOMException(`The browser said ${name}.`, name);
