import { useEffect, useState } from 'preact/hooks';
import type { Insight } from '../../engine/insight.ts';
import { messageOf } from '../messageOf.ts';
import type { Standing } from '../standing.ts';

/** Channels of each stage that are shown. */
export const STRONGEST = 12;

/** What the network saw of the standing picture; null while it is computed. */
export function useInsight({ client, result }: Standing): Insight | { problem: string } | null {
  const [insight, setInsight] = useState<Insight | { problem: string } | null>(null);
  useEffect(() => {
    let wanted = true;
    setInsight(null);
    client.classifier.look(STRONGEST).then(
      (found) => {
        if (wanted) setInsight(found);
      },
      (error: unknown) => {
        if (wanted) setInsight({ problem: messageOf(error) });
      },
    );
    return () => {
      wanted = false;
    };
  }, [result]);
  return insight;
}
