const held = new Set<object>();

/**
 * Refers to a worker, and to what speaks to it, until the function that this gives is called. While a
 * worker waits, Firefox collects it together with a question on its way if nothing else refers to it,
 * and Comlink drops what was asked through a proxy that is collected (comlink#692): no answer would come.
 */
export function hold(thing: object): () => void {
  held.add(thing);
  return () => {
    held.delete(thing);
  };
}
