import { once } from 'node:events';
import { createInterface } from 'node:readline';
import {
  DEFAULT_CLASSES,
  DEFAULT_RESOLUTION,
  DesignError,
  PARAMETERS,
  designText,
  eachParameter,
  networkOf,
  type Design,
  type Network,
} from '../regnet/index.ts';
import { API_SCHEMA, describeLayers } from '../zoo/api.ts';
import { findModel, models } from '../zoo/models.ts';
import { parseOptions, UsageError } from './arguments.ts';
import { table } from './table.ts';
import { printJson, printLines } from './terminal.ts';

interface Request {
  readonly design: Design;
  readonly resolution: number;
  readonly classes: number;
}

/** `regnetx describe`: a variant, a design, or with `-` a stream of designs. */
export async function describe(args: readonly string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseOptions(args, {
    ...{ d: text, w0: text, wa: text, wm: text, g: text, resolution: text, classes: text },
    json: { type: 'boolean' },
  });
  const [id, ...rest] = positionals;
  const { json = false, ...numbers } = values;
  const given = PARAMETERS.filter(({ symbol }) => symbol in numbers);
  if (rest.length > 0 || (id !== undefined && given.length > 0))
    throw new UsageError('Name one variant, or give the five parameters --d --w0 --wa --wm --g.');
  if (id === '-') {
    await describeStream();
    return;
  }
  if (id === undefined && given.length === 0)
    throw new UsageError('Name a variant, such as regnetx_002, or give --d --w0 --wa --wm --g.');
  const fields = Object.fromEntries(
    Object.entries(numbers).map(([key, value]) => [key, value.trim() === '' ? NaN : Number(value)]),
  );
  const described = id === undefined ? describeRequest(fields) : describeVariant(id, fields);
  if (json) printJson(described);
  else printLines(toLines(described));
}

/** One design a line in, one result or error a line out; blank lines are passed over. */
async function describeStream(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const written = process.stdout.write(`${JSON.stringify(describeLine(line))}\n`);
    if (!written) await once(process.stdout, 'drain');
  }
}

function describeLine(line: string): object {
  try {
    return describeRequest(parseLine(line));
  } catch (error) {
    if (error instanceof UsageError) return { error: error.message };
    throw error;
  }
}

/** A line's fields. Python writes NaN and Infinity, which JSON lacks: they become texts here. */
function parseLine(line: string): Readonly<Record<string, unknown>> {
  const json = line
    .replace(/^\uFEFF/, '')
    .replaceAll(/(:\s*)(NaN|-?Infinity)(?=\s*[,}])/g, '$1"$2"');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UsageError('The line is no JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError('The line is no JSON object such as {"d":13,"w0":24,"wa":36.44,…}.');
  return { ...value };
}

function describeRequest(fields: Readonly<Record<string, unknown>>) {
  const { design, resolution, classes } = requestOf(fields);
  return describeNetwork(expand(design, resolution, classes));
}

function requestOf(fields: Readonly<Record<string, unknown>>): Request {
  const read = (key: string, fallback?: number): number => {
    const value = Object.hasOwn(fields, key) ? fields[key] : fallback;
    if (value === undefined) throw new UsageError(`${spelled(key)} is missing.`);
    if (typeof value === 'number') return value;
    throw new UsageError(`${spelled(key)} must be a number, not ${JSON.stringify(value)}.`);
  };
  return {
    design: eachParameter(({ symbol }) => read(symbol)),
    resolution: read('resolution', DEFAULT_RESOLUTION),
    classes: read('classes', DEFAULT_CLASSES),
  };
}

function describeVariant(id: string, fields: Readonly<Record<string, number>>) {
  const model = findModel(id);
  if (!model)
    throw new UsageError(
      `There is no variant ${id}; there are ${models.map((m) => m.id).join(', ')}.`,
    );
  const { schema, ...network } = describeNetwork(
    expand(model.design, fields.resolution, fields.classes),
  );
  return { schema, id: model.id, name: model.name, aliases: model.aliases, ...network };
}

/** `networkOf` with errors in the command's own words. */
function expand(design: Design, resolution?: number, classes?: number): Network {
  try {
    return networkOf(design, resolution, classes);
  } catch (error) {
    if (error instanceof DesignError) {
      const symbol = PARAMETERS.find(({ key }) => key === error.parameter)?.symbol;
      throw new UsageError(error.message.replace(error.parameter, spelled(symbol ?? '')));
    }
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** A field with its long name, where that is another: `d (depth)`. */
function spelled(field: string): string {
  const name = PARAMETERS.find(({ symbol }) => symbol === field)?.key ?? field;
  return name === field ? field : `${field} (${name})`;
}

function describeNetwork({ design, stages, complexity, layers }: Network) {
  return {
    schema: API_SCHEMA,
    design,
    stages,
    complexity,
    layers: describeLayers(layers),
  };
}

type Description = ReturnType<typeof describeNetwork> & {
  readonly name?: string;
  readonly aliases?: readonly string[];
};

function toLines({ name, aliases, design, stages, complexity, layers }: Description): string[] {
  const { params, flops, acts, resolution } = complexity;
  const count = (n: number): string => n.toLocaleString('en');
  return [
    ...(name === undefined ? [] : [`${name} (also ${(aliases ?? []).join(', ')})`, '']),
    `design      ${designText(design)}`,
    `complexity  ${count(params)} parameters, ${count(flops)} multiply-adds, ${count(acts)} activations at ${resolution} px`,
    '',
    ...table(
      ['stage', 'width', 'depth', 'groups', 'group width', 'stride', 'resolution'],
      stages.map((s, i) => [
        ...[i + 1, s.width, s.depth, s.groups, s.groupWidth, s.stride, s.resolution],
      ]),
    ),
    '',
    ...table(
      ['layer', 'op', 'kernel', 'stride', 'groups', 'in', 'out', 'size', 'params', 'flops', 'acts'],
      layers.map((l) => [
        ...[l.name, l.op, l.kernel, l.stride, l.groups, l.cin, l.cout, `${l.hout}x${l.wout}`],
        ...[count(l.params), count(l.flops), count(l.acts)],
      ]),
    ),
  ];
}
