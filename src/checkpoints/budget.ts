import { CheckpointError } from './errors.ts';

/** What the reader may take for each byte of the file, and in any case. */
const PER_BYTE = 4;
const ALLOWANCE = 16 * 2 ** 20;

/**
 * Counts the memory that a file's objects take against the size of the file, so that a small file
 * cannot ask for a large amount. The costs are what V8 takes for an object on a 64-bit machine without
 * pointer compression, growth of arrays and tables included; other engines take about as much.
 */
export const COST = {
  /** A slot of an array that grows: half as much again is kept ready, and the old one is still there. */
  slot: 20,
  /** An array, and the room that its first element makes. */
  list: 32,
  firstSlots: 152,
  /** An array of known length, besides 8 bytes an element. */
  tuple: 48,
  /** A Map, which has room for four entries, and each entry beyond. */
  map: 232,
  entry: 72,
  number: 16,
  /** A text or long integer, besides its bytes. */
  text: 32,
  /** A view of bytes. */
  view: 128,
  /** An object of this project. */
  object: 96,
} as const;

/** How much of a file's allowance is spent. */
export class Budget {
  readonly #limit: number;
  /** Spent on what may be dropped again, and on what stays. */
  #live = 0;
  #fixed = 0;

  constructor(fileBytes: number) {
    this.#limit = PER_BYTE * fileBytes + ALLOWANCE;
  }

  get live(): number {
    return this.#live;
  }

  /** Throws a CheckpointError (`limit`) when the file asks for too much. */
  charge(bytes: number): void {
    this.#live += bytes;
    this.#check();
  }

  /** For what outlives the values of the pickle, such as the machine's own tables. */
  chargeFixed(bytes: number): void {
    this.#fixed += bytes;
    this.#check();
  }

  /** What was charged since `live` stood at this is dropped. */
  refundTo(live: number): void {
    this.#live = live;
  }

  #check(): void {
    if (this.#live + this.#fixed > this.#limit)
      throw new CheckpointError(
        'limit',
        'The file describes far more objects than a checkpoint of its size needs; save only the state_dict().',
      );
  }
}
