/** A result in forms that outlive the page. */
import type { Preprocessing } from '../../checkpoints/description.ts';
import type { BackendName, Precision } from '../../engine/backend.ts';
import type { LabelledPrediction } from '../../engine/labels.ts';

/** Version of the JSON's shape. */
const SCHEMA = 1;

/** A result, with all that somebody needs to make it again. */
export interface Kept {
  readonly schema: typeof SCHEMA;
  readonly made: string;
  readonly page: string;
  readonly checkpoint: {
    readonly id: string;
    readonly variant: string | null;
    /** Null where the browser computes no hashes. */
    readonly sha256: string | null;
  };
  readonly picture: { readonly name: string; readonly sha256: string | null };
  readonly protocol: Preprocessing;
  readonly device: {
    readonly backend: BackendName;
    readonly gpu: string | null;
    readonly precision: Precision;
    readonly userAgent: string;
  };
  readonly firstMs: number;
  readonly predictions: readonly LabelledPrediction[];
  /** Of all classes, in their order. */
  readonly probabilities: readonly number[];
}

/** A result to be kept, made now. */
export function keptOf(result: Omit<Kept, 'schema' | 'made'>): Kept {
  return { schema: SCHEMA, made: new Date().toISOString(), ...result };
}

/** The result as plain text, a line a class. */
export function textOf({ checkpoint, picture, protocol, device, predictions, page }: Kept): string {
  const rows = predictions.map(({ label, probability, value }) =>
    value === undefined
      ? `${(probability * 100).toFixed(1).padStart(5)}%  ${label}`
      : `${value.toPrecision(4)}  ${label}, the only output`,
  );
  const { resize, crop, interpolation, channelOrder } = protocol;
  return [
    picture.name,
    ...rows,
    '',
    `${checkpoint.id}${checkpoint.sha256 === null ? '' : ` (SHA-256 ${checkpoint.sha256.slice(0, 12)}…)`}`,
    `Shorter side to ${resize} px, ${interpolation}, centre ${crop} px, ${channelOrder}`,
    `${device.backend}, ${device.gpu ?? 'the processor'}, ${device.precision}`,
    page,
    '',
  ].join('\n');
}
