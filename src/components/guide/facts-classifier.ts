/** Numbers of the guide to the classifier. */
import { stagesOf } from '../../regnet/index.ts';
import { models } from '../../zoo/models.ts';

const groups = models.flatMap(({ design }) => stagesOf(design).map((stage) => stage.groups));
/** The fewest and the most groups of a block of the twelve. */
export const fewest = Math.min(...groups);
export const most = Math.max(...groups);
