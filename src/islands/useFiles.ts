/** Files that arrive at a panel other than by its buttons: dropped or pasted on the page. */
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';

/** Takes a file that is dropped anywhere on the page, as `useDrop`. */
export function useDroppedFiles(
  active: boolean,
  onFile: (file: File, ...further: File[]) => void,
): boolean {
  return useDrop(active, ({ files }) => {
    const [file, ...further] = files;
    if (file) onFile(file, ...further);
  });
}

/**
 * Takes what is dropped anywhere on the page if it holds files; tells whether it hovers over it.
 * Browsers open a file that nobody takes in the page's place, so it is held off as well while
 * `active` is false.
 */
export function useDrop(active: boolean, onDrop: (data: DataTransfer) => void): boolean {
  const [dropping, setDropping] = useState(false);
  // With the very frame that shows the panel ready.
  useLayoutEffect(() => {
    const isForUs = ({ dataTransfer, target }: DragEvent) =>
      dataTransfer?.types.includes('Files') &&
      !(target instanceof HTMLInputElement && target.type === 'file');
    const over = (event: DragEvent) => {
      if (!isForUs(event)) return;
      event.preventDefault();
      if (event.dataTransfer && !active) event.dataTransfer.dropEffect = 'none';
      setDropping(active);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      // Between two elements of the page nothing has left it.
      if (relatedTarget === null) setDropping(false);
    };
    const drop = (event: DragEvent) => {
      setDropping(false);
      if (!isForUs(event)) return;
      event.preventDefault();
      if (active && event.dataTransfer) onDrop(event.dataTransfer);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  });
  return dropping;
}

/** Takes a file that is pasted anywhere but into a field. */
export function usePastedFiles(onFile: (file: File) => void): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = event.clipboardData?.files[0];
      const inField = event.target instanceof Element && event.target.closest('input, textarea');
      if (file && !inField) onFile(file);
    };
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('paste', paste);
    };
  });
}
