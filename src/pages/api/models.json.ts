import type { APIRoute } from 'astro';
import { API_SCHEMA, describeModel } from '../../zoo/api.ts';
import { models } from '../../zoo/models.ts';
import { checkpointsOf } from '../../components/checkpoints.ts';

/** The twelve variants without their layers. */
export const GET: APIRoute = async () =>
  Response.json({
    schema: API_SCHEMA,
    models: await Promise.all(
      models.map(async (model) => ({
        ...describeModel(model),
        checkpoints: await checkpointsOf(model.id),
      })),
    ),
  });
