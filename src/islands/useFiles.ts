/** Files that arrive at a panel other than by its buttons: dropped on it, or pasted on the page. */
import { useEffect, useState } from 'preact/hooks';

/** Whether a file hovers over the panel, and the handlers to put on its root. */
export function useDroppedFiles(active: boolean, onFile: (file: File) => void) {
  const [dropping, setDropping] = useState(false);
  return {
    dropping,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!active || !event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      },
      onDragLeave: () => {
        setDropping(false);
      },
      onDrop: (event: DragEvent) => {
        setDropping(false);
        const file = event.dataTransfer?.files[0];
        if (!active || !file) return;
        event.preventDefault();
        onFile(file);
      },
    },
  };
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
