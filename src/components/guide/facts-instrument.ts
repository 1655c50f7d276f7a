/** Numbers of the guide to the tools that look inside, and to the times of a device. */
import { samples } from '../../islands/classifier/samples.ts';
import { DEFAULT_RESOLUTION, networkOf, receptiveFields } from '../../regnet/index.ts';
import { models } from '../../zoo/models.ts';

const [smallest] = models;
if (!smallest) throw new Error('There are no variants.');
const { layers, stages } = networkOf(smallest.design);

/** Side of the last map, in places, at the usual resolution. */
export const resolution = DEFAULT_RESOLUTION;
export const side = stages.at(-1)?.resolution ?? 0;
/** The smallest network, and the pixels along an axis that can change one place of its last map. */
export const smallName = smallest.name;
export const field = [...receptiveFields(layers).values()].at(-1)?.size ?? 0;
export const stageCount = stages.length;
export const sampleCount = samples.length;
export const variants = models.length;
