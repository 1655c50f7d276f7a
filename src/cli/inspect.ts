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
import { CHANNEL_ORDER_OPTION, channelOrderOf } from './checkpoint-file.ts';
import { onePositional, parseOptions } from './arguments.ts';
import { readBytes } from './read-file.ts';
import { table } from './table.ts';
import { printJson, printLines } from './terminal.ts';

/** `regnetx inspect`: what a checkpoint holds. Prints even what does not fit, then fails. */
export async function inspect(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, {
    ...CHANNEL_ORDER_OPTION,
    json: { type: 'boolean' },
  });
  const file = onePositional(positionals, 'a checkpoint file');
  const bytes = await readBytes(file);
  const contents = readContents(bytes);
  const checkpoint = nameTensors(contents, { channelOrder: channelOrderOf(values) });
  const fit = fitRegNetX(checkpoint, models);
  const report = reportOf(file, bytes.length, contents, checkpoint, fit);
  if (values.json) printJson(report);
  else printLines(toLines(report));
  if (fit.mismatches.length > 0) throw misfitError(fit);
}

function reportOf(
  file: string,
  bytes: number,
  contents: Contents,
  checkpoint: Checkpoint,
  fit: Fit,
) {
  const { container, wrapper, scheme, sourceChannelOrder, description } = checkpoint;
  return {
    file,
    bytes,
    container,
    naming: scheme,
    wrapper,
    channelOrder: sourceChannelOrder,
    variant: fit.design,
    design: findModel(fit.design ?? '')?.design ?? null,
    stages: fit.stages,
    classes: fit.classes,
    params: fit.params,
    mismatches: fit.mismatches,
    description: description ?? null,
    tensors: Array.from(contents.tensors, ([name, { shape, storage }]) => ({
      name,
      dtype: storage.dtype,
      shape,
    })),
  };
}

function toLines(report: ReturnType<typeof reportOf>): string[] {
  const { stages, tensors, wrapper, mismatches } = report;
  const numbers = tensors.reduce((sum, { shape }) => sum + elementsOf(shape), 0);
  const types = [...new Set(tensors.map(({ dtype }) => dtype))].join(', ');
  const under = wrapper.length > 0 ? `, under ${wrapper.join('.')}` : '';
  const count = (n: number): string => n.toLocaleString('en');
  return [
    `file        ${report.file} (${count(report.bytes)} bytes)`,
    `container   ${report.container}`,
    `naming      ${SCHEMES[report.naming].label}${under}`,
    `channels    ${report.channelOrder}`,
    `tensors     ${tensors.length} of ${types}, ${count(numbers)} numbers`,
    `network     ${report.variant ?? 'none of the twelve'}: ${stages.map((s) => `${s.depth} x ${s.width}`).join(', ')}, group width ${[...new Set(stages.map((s) => s.groupWidth))].join(', ')}`,
    `classes     ${count(report.classes)}`,
    `parameters  ${count(report.params)}`,
    ...(report.description ? [`described   ${report.description.id}`] : []),
    ...mismatches.map((mismatch) => `misfit      ${tellMismatch(mismatch)}`),
    '',
    ...table(
      ['tensor', 'type', 'shape'],
      tensors.map(({ name, dtype, shape }) => [name, dtype, shape.join('x') || '1']),
    ),
  ];
}
