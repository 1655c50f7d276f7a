/**
 * What a recount gives to others: one JSON document that says what was counted, on what and how, so
 * that it can be repeated and compared.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { safeExtend } from 'zod/mini';
import { preprocessingSchema } from '../checkpoints/description.ts';
import { RecountError } from './errors.ts';
import { groupProblems } from './problems.ts';
import {
  countsOf,
  isRight,
  mcnemarExact,
  pairedDifference95,
  pairedOf,
  type Interval,
  type Paired,
} from './statistics.ts';
import type { Answer, Problem } from './types.ts';

/** The version of the document's form. */
export const CERTIFICATE_SCHEMA = 1;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

const predictionSchema = z.strictObject({
  path: z.string(),
  sha256: hash,
  /** Index of the true class. */
  truth: count,
  /** The most probable classes in falling order, and their probabilities. */
  top5: z.array(count).nonempty(),
  probabilities: z.array(z.number()),
});

/** A certificate as it stands in a file. */
export const certificateSchema = z
  .strictObject({
    schema: z.literal(CERTIFICATE_SCHEMA),
    checkpoint: z.strictObject({
      /** Of the file's bytes. */
      sha256: hash,
      name: z.string(),
      /** Such as `regnetx_002`; null for another RegNetX. */
      variant: z.string().nullable(),
      classes: z.int().positive(),
    }),
    pictures: z.strictObject({
      count,
      /** `picturesHash` of the pictures counted. */
      sha256: hash,
      /** With a truth, whether they were reached or not. */
      total: count,
      /** The folder's or archive's name. */
      source: z.string(),
    }),
    protocol: safeExtend(preprocessingSchema, {
      /** Whose it is; null for the checkpoint's own. */
      name: z.string().nullable(),
    }),
    backend: z.string(),
    /** The browser as it calls itself, or Node and its version. */
    runtime: z.string(),
    /** What decoded the pictures. */
    decoder: z.string(),
    /** Pictures counted; those of which the truth was first, and among the first five. */
    count,
    top1: count,
    top5: count,
    /** Files that were not counted, by kind; of many of a kind the first. */
    problems: z.array(
      z.strictObject({
        kind: z.string(),
        count,
        files: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
      }),
    ),
    /** Sentences on the pictures as a whole. */
    notes: z.array(z.string()),
    /** Each picture's, in the order of paths; left out where nobody asked for them. */
    predictions: z.array(predictionSchema).optional(),
    siteVersion: z.string(),
  })
  .refine(({ count, pictures }) => count === pictures.count, 'count is not pictures.count')
  .refine(({ count, top1, top5 }) => top1 <= top5 && top5 <= count, 'top1, top5 and count disagree')
  .refine(
    ({ predictions, count }) => predictions === undefined || predictions.length === count,
    'there are not as many predictions as pictures',
  );

export type Certificate = z.infer<typeof certificateSchema>;

/**
 * SHA-256 of a set of files, whatever their names and order: of their SHA-256 in hexadecimal, sorted,
 * each followed by a newline. `sha256sum FILES | cut -c 1-64 | sort | sha256sum` gives the same.
 */
export function picturesHash(hashes: Iterable<string>): string {
  const digest = sha256.create();
  for (const one of [...hashes].sort()) digest.update(utf8ToBytes(`${one}\n`));
  return bytesToHex(digest.digest());
}

/** What a recount knows at its end, or where it was stopped. */
export interface Outcome extends Pick<
  Certificate,
  'checkpoint' | 'protocol' | 'backend' | 'runtime' | 'decoder' | 'notes' | 'siteVersion'
> {
  /** The folder's or archive's name. */
  readonly source: string;
  /** Pictures with a truth, whether they were reached or not. */
  readonly total: number;
  readonly answers: readonly Answer[];
  readonly problems: readonly Problem[];
}

/** The certificate of a recount; with every picture's prediction, unless it is told to leave them out. */
export function certificateOf(
  { source, total, answers, problems, notes, siteVersion, ...how }: Outcome,
  { predictions = true } = {},
): Certificate {
  const counts = countsOf(answers);
  const inOrder = answers.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return {
    schema: CERTIFICATE_SCHEMA,
    checkpoint: how.checkpoint,
    pictures: {
      count: counts.count,
      sha256: picturesHash(answers.map(({ sha256 }) => sha256)),
      total,
      source,
    },
    protocol: how.protocol,
    backend: how.backend,
    runtime: how.runtime,
    decoder: how.decoder,
    ...counts,
    problems: groupProblems(problems).map(({ kind, count, first }) => ({
      kind,
      count,
      files: first.map(({ path, reason }) => ({ path, reason })),
    })),
    notes,
    ...(predictions ? { predictions: inOrder.map(predictionOf) } : {}),
    siteVersion,
  };
}

/** A prediction as a certificate keeps it: float32 has seven digits. */
function predictionOf({ path, sha256, truth, top5, probabilities }: Answer) {
  return {
    path,
    sha256,
    truth,
    top5: [...top5],
    probabilities: probabilities.map((p) => Number(p.toPrecision(7))),
  };
}

/** Reads a certificate. Throws a RecountError that says what is wrong with it. */
export function parseCertificate(text: string, name: string): Certificate {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RecountError(`${name} is no JSON, so it is no certificate of a recount.`);
  }
  const version = z.object({ schema: z.unknown() }).safeParse(value).data?.schema;
  if (typeof version === 'number' && version > CERTIFICATE_SCHEMA)
    throw new RecountError(
      `${name} is a certificate of version ${version}; versions up to ${CERTIFICATE_SCHEMA} are known here. Update this site’s code.`,
    );
  const { data, error } = certificateSchema.safeParse(value);
  if (data) return data;
  const [issue] = error.issues;
  const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  throw new RecountError(
    `${name} is no certificate of a recount (${where}${issue?.message ?? 'invalid'}).`,
  );
}

/** Two certificates on the pictures that both counted. */
export interface Comparison {
  /** Pictures that both have. */
  readonly count: number;
  /** Pictures that only one of them has. */
  readonly onlyInFirst: number;
  readonly onlyInSecond: number;
  readonly paired: Paired;
  /** First - second, percentage points, and its 95% interval. */
  readonly difference: number;
  readonly interval: Interval;
  /** Of McNemar's exact test, two-sided. */
  readonly p: number;
  /** Pictures on which exactly one of the two is right. */
  readonly disagreements: readonly (readonly [first: Answer, second: Answer])[];
}

/**
 * Pairs the pictures of two certificates by their hashes. Throws a RecountError where one has no
 * predictions, they have no picture in common, or disagree on what a picture shows.
 */
export function compareCertificates(first: Certificate, second: Certificate): Comparison {
  const [ours, theirs] = [predictionsOf(first, 'first'), predictionsOf(second, 'second')];
  const { pairs, onlyInFirst, onlyInSecond } = pair(ours, theirs);
  if (pairs.length === 0)
    throw new RecountError(
      'The two certificates have no picture in common: recount both on the same pictures.',
    );
  const [disputed] = pairs.filter(([a, b]) => a.truth !== b.truth);
  if (disputed)
    throw new RecountError(
      `The two certificates disagree on what ${disputed[0].path} shows (class ${disputed[0].truth} or ${disputed[1].truth}): recount both with the same truth.`,
    );
  const paired = pairedOf(pairs.map(([a, b]) => [isRight(a), isRight(b)] as const));
  const points = (share: number): number => 100 * share;
  const [low, high] = pairedDifference95(paired);
  return {
    count: pairs.length,
    onlyInFirst,
    onlyInSecond,
    paired,
    difference: points((paired.onlyFirst - paired.onlySecond) / pairs.length),
    interval: [points(low), points(high)],
    p: mcnemarExact(paired),
    disagreements: pairs.filter(([a, b]) => isRight(a) !== isRight(b)),
  };
}

function predictionsOf({ predictions }: Certificate, which: string): readonly Answer[] {
  if (predictions) return predictions;
  throw new RecountError(
    `The ${which} certificate is without predictions, so its pictures cannot be paired: recount with them.`,
  );
}

/** Pairs by hash; a picture that is there twice is paired as often as both have it. */
function pair(first: readonly Answer[], second: readonly Answer[]) {
  const waiting = new Map<string, Answer[]>();
  for (const answer of second) {
    const same = waiting.get(answer.sha256);
    if (same) same.push(answer);
    else waiting.set(answer.sha256, [answer]);
  }
  const pairs = first.flatMap((answer): (readonly [Answer, Answer])[] => {
    const partner = waiting.get(answer.sha256)?.shift();
    return partner ? [[answer, partner]] : [];
  });
  return {
    pairs,
    onlyInFirst: first.length - pairs.length,
    onlyInSecond: second.length - pairs.length,
  };
}
