/** One page of one browser, as a person uses it: the same few actions, whoever drives the browser. */

/** What passes between the tests and the page. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The keys that the tests press, by their DOM names. */
export type Key = 'Tab' | 'Enter' | 'Escape' | 'ArrowRight' | 'ArrowLeft' | 'End' | 'Home';

export interface Page {
  /** The browser's name and version. */
  readonly version: string;
  /** Opens an address and waits for its load event. */
  goto(url: string): Promise<void>;
  /** Calls a function in the page, which may use nothing from outside it; waits for a promise. */
  evaluate<A extends readonly Json[], T>(
    call: (...args: A) => T | Promise<T>,
    ...args: A
  ): Promise<T>;
  /** Clicks the first element that a selector finds, after scrolling it into view. */
  click(selector: string): Promise<void>;
  press(key: Key): Promise<void>;
  /** Types text into what has the focus. */
  type(text: string): Promise<void>;
  /** Chooses a file, by its absolute path, in a file input. */
  upload(selector: string, file: string): Promise<void>;
  /** Sets the size of the viewport, in CSS pixels. */
  resize(width: number, height: number): Promise<void>;
  /** A picture of the viewport, as PNG. */
  screenshot(): Promise<Uint8Array>;
  /** What the page complained about since the last call: errors, warnings, failed requests. */
  complaints(): readonly string[];
  close(): Promise<void>;
}
