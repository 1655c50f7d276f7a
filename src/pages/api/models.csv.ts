import type { APIRoute } from 'astro';
import { csvFormat } from 'd3-dsv';
import { networkOf } from '../../regnet/index.ts';
import { accuracyOf } from '../../zoo/accuracy.ts';
import { models } from '../../zoo/models.ts';
import { verdictOf } from '../../zoo/verdict.ts';

/** One line a variant: design, costs at 224 px, accuracies in percent. */
export const GET: APIRoute = () =>
  new Response(
    csvFormat(
      models.map(({ id, name, design }) => {
        const { stages, complexity } = networkOf(design);
        const { ours, official, batch, officialBatch } = accuracyOf(id);
        const { difference, band } = verdictOf(id);
        return {
          id,
          name,
          depth: design.depth,
          w0: design.w0,
          wa: design.wa,
          wm: design.wm,
          group_width: design.groupWidth,
          stage_widths: stages.map((s) => s.width).join(' '),
          stage_depths: stages.map((s) => s.depth).join(' '),
          params: complexity.params,
          multiply_adds: complexity.flops,
          acts: complexity.acts,
          top1_ours: ours,
          top1_official: official.toFixed(3),
          difference: difference.toFixed(3),
          band95: band.toFixed(3),
          batch_ours: batch,
          batch_official: officialBatch,
        };
      }),
    ),
    { headers: { 'content-type': 'text/csv; charset=utf-8' } },
  );
