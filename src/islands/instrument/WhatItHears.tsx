/** The maps after each stage: the strongest channels as small multiples, one of them enlarged. */
import { useMemo, useState } from 'preact/hooks';
import { limitOf, paintGrey } from '../../charts/class-map/geometry.ts';
import { Pixels } from '../../charts/class-map/View.tsx';
import { DataTable } from '../../charts/shared/DataTable.tsx';
import type { Channel, StageMaps } from '../../engine/insight.ts';
import type { ToolProps } from './tool.ts';
import { useModules } from '../useModules.ts';
import { useInsight } from './useInsight.ts';

interface Place {
  readonly stage: number;
  readonly channel: number;
}

export default function WhatItHears({ standing }: ToolProps) {
  const insight = useInsight(standing);
  const [chosen, choose] = useState<Place | null>(null);
  const modules = useModules();
  const stages = insight && 'stages' in insight ? insight.stages : [];
  const table = useMemo(() => tableOf(stages), [stages]);
  if (!insight) return <p class="waiting">Computing.</p>;
  if ('problem' in insight) return <p role="alert">{insight.problem}</p>;
  const enlarge = (place: Place) => {
    const same = chosen?.stage === place.stage && chosen.channel === place.channel;
    choose(same ? null : place);
    // The stage is lit in the widths diagram and in the breakdown as well.
    modules?.dispatch(same ? { type: 'clear' } : { type: 'keep', mark: `s${place.stage}` });
  };
  return (
    <>
      {stages.map((maps) => (
        <Stage
          key={maps.stage}
          maps={maps}
          chosen={chosen?.stage === maps.stage ? chosen.channel : null}
          onChoose={(channel) => {
            enlarge({ stage: maps.stage, channel });
          }}
        />
      ))}
      <p class="rx-note">
        White is the stage’s largest value among these channels, black is nothing: after a ReLU no
        value is below zero. A channel that is opened lights its stage in the diagrams of this page.
      </p>
      <DataTable {...table} />
    </>
  );
}

interface StageProps {
  readonly maps: StageMaps;
  readonly chosen: number | null;
  readonly onChoose: (channel: number) => void;
}

function Stage({ maps, chosen, onChoose }: StageProps) {
  const { stage, width, height, channels, strongest } = maps;
  const limit = Math.max(...strongest.map(({ values }) => limitOf(values)));
  const large = strongest.find(({ channel }) => channel === chosen);
  return (
    <section class="stage-maps" aria-labelledby={`maps-${stage}`}>
      <h3 id={`maps-${stage}`}>
        <span
          class="dot"
          aria-hidden="true"
          style={{ background: `var(--rx-stage-${((stage - 1) % 4) + 1})` }}
        />
        Stage {stage}
        <small>
          {width} × {height}, the {strongest.length} strongest of {channels} channels
        </small>
      </h3>
      <ul>
        {strongest.map((one) => (
          <li key={one.channel}>
            <button
              type="button"
              data-channel={one.channel}
              aria-expanded={one.channel === chosen}
              aria-label={`Channel ${one.channel}, mean ${number(one.mean)}`}
              onClick={() => {
                onChoose(one.channel);
              }}
            >
              <ChannelMap {...{ one, width, height, limit }} />
              <span aria-hidden="true">{one.channel}</span>
            </button>
          </li>
        ))}
      </ul>
      {large && (
        <figure class="large">
          <ChannelMap one={large} {...{ width, height, limit }} />
          <figcaption>
            Channel {large.channel} of stage {stage}: mean {number(large.mean)}, largest{' '}
            {number(limitOf(large.values))}.
          </figcaption>
        </figure>
      )}
    </section>
  );
}

interface ChannelMapProps {
  readonly one: Channel;
  readonly width: number;
  readonly height: number;
  readonly limit: number;
}

function ChannelMap({ one: { values }, width, height, limit }: ChannelMapProps) {
  const pixels = useMemo(() => paintGrey({ width, height, values }, limit), [values, limit]);
  return <Pixels pixels={pixels} />;
}

function tableOf(stages: readonly StageMaps[]) {
  return {
    caption: 'The strongest channels after each stage',
    head: ['channel', 'mean', 'largest'],
    rows: stages.flatMap(({ stage, strongest }) =>
      strongest.map(({ channel, mean, values }) => [
        `stage ${stage}, ${channel}`,
        number(mean),
        number(limitOf(values)),
      ]),
    ),
  };
}

function number(value: number): string {
  return value.toPrecision(3);
}
