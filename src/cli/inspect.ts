import {
  elementsOf,
  fitRegNetX,
  misfitError,
  nameTensors,
  readContents,
  tellMismatch,
  SCHEMES,
  type Checkpoint,
  type Contents,
  type Fit,
} from '../checkpoints/index.ts';
import { findModel, models } from '../zoo/models.ts';
import { CHANNEL_ORDER_OPTION, channelOrderOf, readCheckpointBytes } from './checkpoint-file.ts';
import { onePositional, parseOptions } from './arguments.ts';
import { table } from './table.ts';
import { printJson, printLines } from './terminal.ts';

/** `regnetx inspect`: what a checkpoint holds. Prints even what does not fit, then fails. */
export async function inspect(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, {
    ...CHANNEL_ORDER_OPTION,
    json: { type: 'boolean' },
  });
  const file = onePositional(positionals, 'a checkpoint file');
  const bytes = await readCheckpointBytes(file);
  const contents = readContents(bytes);
  const checkpoint = nameTensors(contents, { channelOrder: channelOrderOf(values) });
  const fit = fitRegNetX(checkpoint, models);
  const report = reportOf(file, bytes.length, contents, checkpoint, fit);
  if (values.json) printJson(report);
  else printLines(toLines(report));
  if (fit.misfits > 0) throw misfitError(fit);
}

function reportOf(
  file: string,
  bytes: number,
  contents: Contents,
  checkpoint: Checkpoint,
  fit: Fit,
) {
  const { container, wrapper, taken, others, scheme, description, beside } = checkpoint;
  const classNames = checkpoint.classNames(fit.classes);
  return {
    file,
    bytes,
    container,
    naming: scheme,
    wrapper,
    /** What was taken off the names. */
    prefixes: taken,
    /** Where other whole networks stand, which are not read. */
    others,
    channelOrder: checkpoint.sourceChannelOrder,
    channelOrderFrom: checkpoint.channelOrderFrom,
    variant: fit.design,
    design: findModel(fit.design ?? '')?.design ?? null,
    stages: fit.stages,
    classes: fit.classes,
    classNames,
    params: fit.params,
    /** The first of them, and how many there are in all. */
    mismatches: fit.mismatches,
    misfits: fit.misfits,
    /** What stands beside the network. */
    passedOver: fit.misfits > 0 ? [] : [...beside.keys()],
    description: description ?? null,
    tensors: Array.from(contents.tensors, ([name, { shape, storage }]) => ({
      name,
      dtype: storage.dtype,
      shape,
    })),
  };
}

function toLines(report: ReturnType<typeof reportOf>): string[] {
  const { stages, tensors, wrapper, prefixes, mismatches, misfits, classNames } = report;
  const numbers = tensors.reduce((sum, { shape }) => sum + elementsOf(shape), 0);
  const types = [...new Set(tensors.map(({ dtype }) => dtype))].join(', ');
  const under = wrapper.length > 0 ? `, under ${wrapper.join('.')}` : '';
  const without = prefixes.length > 0 ? `, without ${prefixes.join(', ')}` : '';
  const named = classNames ? `, named in ${classNames.from}` : '';
  const count = (n: number): string => n.toLocaleString('en');
  return [
    `file        ${report.file} (${count(report.bytes)} bytes)`,
    `container   ${report.container}`,
    `naming      ${SCHEMES[report.naming].label}${under}${without}`,
    ...report.others.map(
      (place) => `also holds  another network under ${place}; this is the first`,
    ),
    `channels    ${report.channelOrder}, ${ORDER_FROM[report.channelOrderFrom]}`,
    `tensors     ${tensors.length} of ${types}, ${count(numbers)} numbers`,
    `network     ${report.variant ?? 'none of the twelve'}: ${stages.map((s) => `${s.depth} x ${s.width}`).join(', ')}, group width ${[...new Set(stages.map((s) => s.groupWidth))].join(', ')}`,
    `classes     ${count(report.classes)}${named}`,
    `parameters  ${count(report.params)}`,
    ...(report.description ? [`described   ${report.description.id}`] : []),
    ...(report.passedOver.length > 0 ? [`passed over ${beginningOf(report.passedOver)}`] : []),
    ...mismatches.map((mismatch) => `misfit      ${tellMismatch(mismatch)}`),
    ...(misfits > mismatches.length ? [`misfits     ${count(misfits)} in all`] : []),
    '',
    ...table(
      ['tensor', 'type', 'shape'],
      tensors.map(({ name, dtype, shape }) => [name, dtype, shape.join('x') || '1']),
    ),
  ];
}

const ORDER_FROM = {
  asked: 'as you say',
  file: 'as the file says',
  custom: 'a guess from the naming; --channel-order says otherwise',
} as const;

const NAMES_TOLD = 5;

function beginningOf(names: readonly string[]): string {
  const more = names.length - NAMES_TOLD;
  return `${names.slice(0, NAMES_TOLD).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
