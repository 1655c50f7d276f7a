import { formatMilliseconds } from '../../charts/shared/format.ts';
import { v100Time } from '../../zoo/v100.ts';

/** pycls's time for 64 pictures on a V100, as text has it, with the figure behind it. */
export function timeOf(model: string) {
  const { citation, ms } = v100Time(model);
  return { citation, text: formatMilliseconds(ms) };
}
