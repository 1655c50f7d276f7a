/** What stands on the card of a page. */
import { formatAccuracy, formatCount } from '../../charts/shared/format.ts';
import { silhouette, type Bar } from '../../charts/silhouette/geometry.ts';
import { networkOf } from '../../regnet/index.ts';
import { accuracyOf } from '../../zoo/accuracy.ts';
import { models, type Model } from '../../zoo/models.ts';
import { DRAWING, type Card } from './layout.ts';

/** A page as its own head describes it. */
export interface PageSummary {
  /** Below the base, without slashes at its ends: `models/regnetx_002`, empty for the first page. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
}

/** The card of a page: of a variant its key figures and its staircase, else the twelve side by side. */
export function cardOf({ path, title, description }: PageSummary): Card {
  const model = models.find(({ id }) => path === `models/${id}`);
  return model
    ? { title, text: description, figures: figuresOf(model), bars: staircase(model) }
    : { title, text: description, figures: [], bars: family() };
}

function figuresOf({ id, design }: Model): Card['figures'] {
  const { params, flops } = networkOf(design).complexity;
  const { ours, official } = accuracyOf(id);
  return [
    [formatCount(params, 3), 'parameters'],
    [formatCount(flops, 3), 'multiply-adds, 224 px'],
    [formatAccuracy(ours), 'top-1, d-li14'],
    [formatAccuracy(official), 'top-1, official'],
  ];
}

function staircase({ design }: Model): readonly Bar[] {
  return silhouette(networkOf(design).stages, DRAWING, design.depth);
}

/** The twelve side by side, each on its own scale. */
function family(): readonly Bar[] {
  const networks = models.map(({ design }) => ({ ...networkOf(design), depth: design.depth }));
  const step = DRAWING.width / networks.length;
  const size = { width: step * 0.86, height: DRAWING.height * 0.8 };
  return networks.flatMap(({ stages, depth }, i) =>
    silhouette(stages, size, depth).map((bar) => ({
      ...bar,
      x: bar.x + i * step,
      y: bar.y + DRAWING.height - size.height,
    })),
  );
}
