import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  cluesOf,
  foldBatchNorm,
  LABEL_SETS,
  nameTensors,
  readContents,
  requireFit,
  type CheckpointMeaning,
  type Preprocessing,
} from '../../checkpoints/index.ts';
import {
  classListOf,
  numberedClasses,
  parseClassList,
  type ClassList,
} from '../../recount/classes.ts';
import type { Certificate } from '../../recount/certificate.ts';
import { namedProtocols, underProtocol, type Framing } from '../../recount/protocols.ts';
import type { Team } from '../../recount/team.ts';
import { layersOf } from '../../regnet/index.ts';
import { allSources } from '../../zoo/all-sources.ts';
import { models } from '../../zoo/models.ts';
import { UsageError } from '../arguments.ts';
import { readCheckpointBytes } from '../checkpoint-file.ts';
import { SITE } from '../publish.ts';
import { readRecord } from '../training-record.ts';
import { openCopies } from './copy/open.ts';
import { publishedFor, type PublishedFigure } from './published.ts';

/** A network ready to count, and all that is known of its file. */
export interface CountingNetwork {
  readonly checkpoint: Certificate['checkpoint'];
  readonly preprocessing: Preprocessing;
  readonly classes: ClassList;
  /** What had to be assumed, in sentences. */
  readonly notes: readonly string[];
  readonly team: Team;
  /** What is published for these very weights; null where nothing is. */
  published(): Promise<PublishedFigure | null>;
}

export interface NetworkOptions {
  readonly channelOrder: 'RGB' | 'BGR' | undefined;
  /** A protocol's name; the file's own without one. */
  readonly protocol: string | undefined;
  readonly threads: number;
}

/**
 * Opens a checkpoint in WebAssembly. What its file does not say is read in the training record beside
 * it, or is the usual. Rejects with a UsageError or CheckpointError.
 */
export async function openNetwork(
  file: string,
  { channelOrder, protocol, threads }: NetworkOptions,
): Promise<CountingNetwork> {
  const framing = framingOf(protocol);
  const bytes = await readCheckpointBytes(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const record = await readRecord(file);
  const checkpoint = nameTensors(readContents(bytes), {
    channelOrder: channelOrder ?? record?.channelOrder,
  });
  const fit = requireFit(checkpoint, models);
  if (fit.classes === 1)
    throw new UsageError(`${file} has a single output, of which there is nothing to count.`);
  const { likely, description } = cluesOf(checkpoint, fit);
  const told = description ?? record?.description ?? null;
  const preprocessing = underProtocol(told?.preprocessing ?? likely.preprocessing, framing);
  const { classes, notes } = await classesOf(file, told?.labels ?? likely.labels, fit.classes);
  const layers = layersOf(fit.stages, preprocessing.crop, fit.classes);
  const team = await openCopies(layers, foldBatchNorm(layers, checkpoint.tensors), threads);
  return {
    checkpoint: {
      sha256,
      name: path.basename(file),
      variant: fit.design,
      classes: fit.classes,
    },
    preprocessing,
    classes,
    notes,
    team,
    published: () => publishedFor(sha256, told, preprocessing.crop),
  };
}

function framingOf(name: string | undefined): Framing | null {
  if (name === undefined) return null;
  const protocols = namedProtocols(allSources);
  const found = protocols.find((protocol) => protocol.name === name);
  if (found) return found.framing;
  const names = protocols.map((protocol) => protocol.name).join(', ');
  throw new UsageError(`--protocol must be one of ${names}, not ${name}.`);
}

/** The classes by name; where nobody names them, those of the site's list that has as many. */
async function classesOf(
  file: string,
  labels: CheckpointMeaning['labels'],
  count: number,
): Promise<{ classes: ClassList; notes: string[] }> {
  if (labels !== null && typeof labels !== 'string')
    return { classes: classListOf(file, labels), notes: [] };
  const assumed = Object.keys(LABEL_SETS).find((set) => LABEL_SETS[set] === count);
  const set = labels !== null && LABEL_SETS[labels] === count ? labels : assumed;
  if (set === undefined) return { classes: numberedClasses(count), notes: [] };
  const tsv = await readFile(path.join(SITE, 'content', 'labels', `${set}.tsv`), 'utf8');
  const notes =
    set === labels
      ? []
      : [`The file does not name its ${count} classes; they are taken for those of ${set}.`];
  return { classes: parseClassList(set, tsv), notes };
}
