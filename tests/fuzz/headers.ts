/** Damage to a safetensors header, token by token. */
import { join } from '../../src/checkpoints/onnx/protobuf.ts';
import type { Mutation } from './bytes.ts';
import { below, pick } from './random.ts';

const VALUES = [
  '0',
  '-1',
  '1e3',
  '1.5',
  '9007199254740993',
  '99999999999999999999',
  'null',
  '"U8"',
  '"F8_E4M3"',
  '"F64"',
  '{}',
  '[]',
  '[[[[',
  '{"a":',
  ']',
  '}',
  '"__metadata__"',
  '"\\ud800"',
  '"\\u0000"',
  '"\\x"',
  '""',
  ' ',
  ',',
];

export const damageHeader: Mutation = (bytes, random) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 8 + view.getUint32(0, true);
  const json = new TextDecoder().decode(bytes.subarray(8, end));
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[\d.eE+-]+|\s+|[^]/g) ?? [];
  for (let i = Math.ceil(random() * 4); i > 0; i--) damageToken(tokens, random);
  const header = new TextEncoder().encode(tokens.join(''));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, header.length, true);
  return join([length, header, bytes.subarray(end)]);
};

function damageToken(tokens: string[], random: () => number): void {
  const at = below(random, tokens.length);
  const other = below(random, tokens.length);
  const here = tokens[at] ?? '';
  const kind = random();
  if (kind < 0.2) tokens.splice(at, 1);
  else if (kind < 0.4) tokens[at] = tokens[other] ?? here;
  else if (kind < 0.6) tokens[at] = pick(random, VALUES);
  else if (kind < 0.7) tokens.splice(at, 0, pick(random, VALUES));
  // Members again: duplicate keys, or a list that does not end.
  else if (kind < 0.9) tokens.splice(at, 0, ...tokens.slice(other, other + below(random, 40)));
  else tokens.splice(at, 0, pick(random, ['[', '{"a":', '1,']).repeat(below(random, 5000)));
}
