/** A device's result as a piece of an address, and back: no server holds it. */
import { csvFormatRows } from 'd3-dsv';
import { readDeviceRecord, type DeviceRecord } from './device-record.ts';

/** Deflated JSON as base64url behind a letter for how it was packed. */
const PACKED = 'z';
/** What an address may carry, and what may come out of it: a few bytes can unpack to gigabytes. */
const LONGEST = 32_000;
const LARGEST = 200_000;

/** The record as it stands behind `#r=`, times to four digits. */
export async function packRecord(record: DeviceRecord): Promise<string> {
  const json = JSON.stringify(record, (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(4)) : value,
  );
  const stream = new Blob([json]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const base64 = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return PACKED + base64;
}

/** The record behind `#r=`. Rejects with a RangeError whose message is a sentence for the visitor. */
export async function unpackRecord(text: string): Promise<DeviceRecord> {
  try {
    if (!text.startsWith(PACKED) || text.length > LONGEST)
      throw new RangeError('it was cut, altered, or is of a newer page');
    return readDeviceRecord(JSON.parse(await inflate(text.slice(PACKED.length))));
  } catch (error) {
    const reason = error instanceof RangeError ? error.message : 'it was cut or altered';
    throw new RangeError(
      `The result in this address cannot be read: ${reason}. Ask for the address again.`,
      { cause: error },
    );
  }
}

async function inflate(base64: string): Promise<string> {
  const binary = atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks).text();
    length += value.length;
    if (length > LARGEST) {
      await reader.cancel();
      throw new RangeError('it is larger than any result');
    }
    chunks.push(new Uint8Array(value));
  }
}

const PARTS = ['stem', 'stage 1', 'stage 2', 'stage 3', 'stage 4', 'head'];

/** The runs as CSV, a row each, times in milliseconds; refusals with their reason. */
export function recordCsv({ runs, refusals }: DeviceRecord): string {
  const rows = [
    ['variant', 'way', 'first pass, ms', 'median, ms', 'passes', ...PARTS, 'refused'],
    ...runs.map(({ id, way, firstMs, medianMs, passes, stages }) => [
      ...[id, way, firstMs, medianMs, passes],
      ...PARTS.map((_, i) => stages[i] ?? ''),
      '',
    ]),
    ...refusals.map(({ id, way, why }) => [id, way, '', '', '', ...PARTS.map(() => ''), why]),
  ];
  return `${csvFormatRows(rows.map((row) => row.map(String)))}\n`;
}
