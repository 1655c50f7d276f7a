import { saveBlob } from '../saveBlob.ts';

/** A made figure: its content, and what a file of it is called. */
export interface Made {
  readonly blob: Blob;
  readonly file: string;
}

/**
 * Puts what is being made on the clipboard under `type`, or saves it as a file where the browser
 * does not allow that, and says which in a sentence. Call it at once when the reader asks: some
 * browsers forget the click while a promise is awaited. Rejects when making it fails.
 */
export async function deliver(making: Promise<Made>, type: string, name: string): Promise<string> {
  try {
    const content = making.then(({ blob }) => new Blob([blob], { type }));
    await navigator.clipboard.write([new ClipboardItem({ [type]: content })]);
    return `Copied as ${name}.`;
  } catch {
    const { blob, file } = await making;
    saveBlob(blob, file);
    return `This browser does not let the page copy it: saved as ${file}.`;
  }
}
