/** The result as text, JSON and PNG. */
import { useState } from 'preact/hooks';
import type { Crop } from '../../engine/types.ts';
import { choiceOf, type Weights } from '../classifier/chosen.ts';
import { deliver, type Made } from '../copy/deliver.ts';
import { pngOf } from '../copy/png.ts';
import type { ToolProps } from './tool.ts';
import { messageOf } from '../messageOf.ts';
import type { Standing } from '../standing.ts';
import { cardOf } from './card.ts';
import { keptOf, textOf, type Kept } from './keep.ts';

const FORMATS = ['text', 'JSON', 'PNG'] as const;
type Format = (typeof FORMATS)[number];

export default function Keep({ standing }: ToolProps) {
  const [said, setSaid] = useState('');
  const copy = async (format: Format) => {
    setSaid('');
    try {
      setSaid(await deliver(make(standing, format), typeOf(format), format));
    } catch (error) {
      setSaid(`The ${format} could not be made. ${messageOf(error)}`);
    }
  };
  return (
    <div class="keep">
      <p class="waiting">
        {FORMATS.map((format) => (
          <button key={format} type="button" data-keep={format} onClick={() => void copy(format)}>
            Copy as {format}
          </button>
        ))}
      </p>
      <p role="status">{said}</p>
      <p class="rx-note">
        The JSON holds the checkpoint’s hash, how the picture was prepared, what computed, and the
        probabilities of all {standing.client.classifier.info.classes} classes, so that the result
        can be made again and compared.
      </p>
    </div>
  );
}

function typeOf(format: Format): string {
  return format === 'PNG' ? 'image/png' : 'text/plain';
}

async function make(standing: Standing, format: Format): Promise<Made> {
  const kept = await keptFrom(standing);
  const file = `${kept.checkpoint.id}-result`;
  switch (format) {
    case 'text':
      return { blob: new Blob([textOf(kept)], { type: 'text/plain' }), file: `${file}.txt` };
    case 'JSON': {
      const json = `${JSON.stringify(kept, null, 2)}\n`;
      return { blob: new Blob([json], { type: 'application/json' }), file: `${file}.json` };
    }
    case 'PNG': {
      const card = await cardOf(kept, dataUrlOf(standing.result.crop));
      return { blob: await pngOf(card), file: `${file}.png` };
    }
  }
}

async function keptFrom({ client, weights, picture, file, result }: Standing): Promise<Kept> {
  const { info } = client.classifier;
  const insight = await client.classifier.look(0);
  const choice = choiceOf(weights);
  return keptOf({
    page: location.href,
    checkpoint: {
      id: 'id' in choice ? choice.id : weights.kind === 'local' ? weights.file.name : '',
      variant: info.variant,
      sha256: await hashOf(weights),
    },
    picture: { name: picture.name, sha256: await sha256Of(file) },
    protocol: info.preprocessing,
    device: {
      backend: info.backend,
      gpu: info.gpu,
      precision: info.precision,
      userAgent: navigator.userAgent,
    },
    firstMs: result.firstMs,
    predictions: result.predictions,
    probabilities: Array.from(insight?.probabilities ?? []),
  });
}

/** The SHA-256 of a file; null where the browser computes none. */
async function sha256Of(file: Blob): Promise<string | null> {
  const hash = await import('../../threads/hash.ts');
  return hash.sha256Of(await file.arrayBuffer());
}

/** The hash of the file that runs. */
async function hashOf(weights: Weights): Promise<string | null> {
  if (weights.kind === 'local') return sha256Of(weights.file);
  if (weights.file.sha256 !== undefined) return weights.file.sha256;
  const { listKept } = await import('../../weights/store.ts');
  return (await listKept()).find(({ id }) => id === weights.file.id)?.sha256 ?? null;
}

function dataUrlOf({ width, height, data }: Crop): string {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  return canvas.toDataURL('image/png');
}
