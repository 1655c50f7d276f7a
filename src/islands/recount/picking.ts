/** Folders by their handles, where the browser gives them: they outlast the visit, their permission does not. */

/** What TypeScript's library does not have of File System Access. */
interface Picker {
  readonly showDirectoryPicker?: (options: {
    readonly id: string;
    readonly mode: 'read';
  }) => Promise<FileSystemDirectoryHandle>;
}
interface Permitted {
  readonly queryPermission?: (how: { readonly mode: 'read' }) => Promise<PermissionState>;
  readonly requestPermission?: (how: { readonly mode: 'read' }) => Promise<PermissionState>;
}
interface Droppable {
  readonly getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
}

/** Whether the browser has a dialogue of its own for folders. */
export function picksFolders(): boolean {
  return (window as Picker).showDirectoryPicker !== undefined;
}

/** Lets the visitor choose a folder; null when they choose none. Must be called while a click is handled. */
export async function pickFolder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    // The browser opens the dialogue where it was closed last for this purpose.
    return (
      (await (window as Picker).showDirectoryPicker?.({ id: 'recount', mode: 'read' })) ?? null
    );
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

/** The folder that was dropped, alone; null for anything else. Must be called while the event is handled. */
export async function droppedFolder(
  items: Iterable<DataTransferItem>,
): Promise<FileSystemDirectoryHandle | null> {
  const [item, ...others] = items;
  if (!item || others.length > 0) return null;
  const handle = await (item as Droppable).getAsFileSystemHandle?.().catch(() => null);
  return handle?.kind === 'directory' ? (handle as FileSystemDirectoryHandle) : null;
}

/**
 * Asks for permission to read a folder where it is wanting. Rejects with an error whose message is a
 * sentence when it is not given. Must be called while a click is handled.
 */
export async function permit(folder: FileSystemDirectoryHandle): Promise<void> {
  const { queryPermission, requestPermission } = folder as Permitted;
  const how = { mode: 'read' } as const;
  if (!queryPermission || (await queryPermission.call(folder, how)) === 'granted') return;
  if ((await requestPermission?.call(folder, how)) === 'granted') return;
  throw new Error(
    `The browser does not let this page read ${folder.name}: try again and allow it, or choose the pictures anew.`,
  );
}
