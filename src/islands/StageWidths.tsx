import { useMemo } from 'preact/hooks';
import { StageWidthsChart } from '../charts/stage-widths/StageWidthsChart.tsx';
import { networkOf } from '../regnet/index.ts';
import { modelOf } from '../zoo/models.ts';
import { useModules } from './useModules.ts';

/** The stage widths of a variant, block by block; what is chosen here is chosen in its breakdown. */
export default function StageWidths({ id }: { readonly id: string }) {
  const model = modelOf(id);
  const network = useMemo(() => networkOf(model.design), [model]);
  return <StageWidthsChart name={model.name} network={network} choice={useModules()} />;
}
