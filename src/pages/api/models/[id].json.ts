import type { APIRoute, GetStaticPaths } from 'astro';
import { networkOf } from '../../../regnet/index.ts';
import { API_SCHEMA, describeLayers, describeModel } from '../../../zoo/api.ts';
import { modelOf, models } from '../../../zoo/models.ts';
import { checkpointsOf } from '../../../components/checkpoints.ts';

/** One variant with its layers. */
export const GET: APIRoute = async ({ params }) => {
  const model = modelOf(params.id ?? '');
  const { results, ...rest } = describeModel(model);
  return Response.json({
    schema: API_SCHEMA,
    ...rest,
    layers: describeLayers(networkOf(model.design).layers),
    results,
    checkpoints: await checkpointsOf(model.id),
  });
};

export const getStaticPaths = (() =>
  models.map(({ id }) => ({ params: { id } }))) satisfies GetStaticPaths;
