/** Why a recount cannot begin or go on; the message is one sentence: what is wrong and what to do. */
export class RecountError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RecountError';
  }
}

/** Why the system did not do what was asked, without a full stop. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
