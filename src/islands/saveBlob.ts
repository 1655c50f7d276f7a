/** Lets the browser save a file. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address by then; keeping it would keep the file in memory.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
