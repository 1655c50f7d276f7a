/** SHA-256 in lower-case hexadecimal; null where the browser computes none, as over plain http. */
export async function sha256Of(bytes: BufferSource): Promise<string | null> {
  const subtle = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;
  if (!subtle) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether bytes have this SHA-256; true as well where it cannot be told. */
export async function hasHash(bytes: BufferSource, sha256: string): Promise<boolean> {
  return ((await sha256Of(bytes)) ?? sha256) === sha256;
}
