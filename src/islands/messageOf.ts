/** What an error says to the visitor: ours are sentences, anything else is a fault of ours. */
export function messageOf(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message;
  return `That failed unexpectedly (${String(error)}). Reload the page and try again.`;
}
