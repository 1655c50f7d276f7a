const NO_ENTRIES: ReadonlyMap<unknown, unknown> = new Map();
const NO_ITEMS: readonly unknown[] = [];

/**
 * What stands for a class, function or object that a pickle names and that is not read here. It is
 * inert: calling it, setting its state, appending to it only notes what was given. A placeholder is
 * both the name itself and what a call of it returned.
 */
export class Placeholder {
  /** Module and name, such as `omegaconf.dictconfig.DictConfig`. */
  readonly name: string;
  /** What it was called with; empty for the name itself. */
  readonly args: readonly unknown[];
  /** What its state was set to: of most objects their attributes, as a Map. */
  state: unknown = undefined;
  #entries: Map<unknown, unknown> | undefined = undefined;
  #items: unknown[] | undefined = undefined;

  constructor(name: string, args: readonly unknown[] = NO_ITEMS) {
    this.name = name;
    this.args = args;
  }

  /** What was set by key, of a subclass of dict. */
  get entries(): ReadonlyMap<unknown, unknown> {
    return this.#entries ?? NO_ENTRIES;
  }

  /** What was appended, of a subclass of list or set. */
  get items(): readonly unknown[] {
    return this.#items ?? NO_ITEMS;
  }

  set(key: unknown, value: unknown): void {
    this.#entries ??= new Map();
    this.#entries.set(key, value);
  }

  append(value: unknown): void {
    this.#items ??= [];
    this.#items.push(value);
  }
}

/** Stands where a tensor would that cannot be used here. */
export class ForeignTensor {
  /** What it is, with its article: `a quantised tensor`. */
  readonly kind: string;
  constructor(kind: string) {
    this.kind = kind;
  }
}
