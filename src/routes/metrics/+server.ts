import { error } from '@sveltejs/kit';
import { fromThisMachine } from '#edge/loopback.ts';
import { sameSecret } from '#edge/same-secret.ts';
import { metrics } from '#platform/metrics.ts';

/** For Prometheus: from this machine, or with `Authorization: Bearer <COCAGNE_METRICS_TOKEN>`. Anyone else learns nothing, not even that it exists. */
export const GET = async (event) => {
  const token = event.request.headers.get('authorization')?.replace(/^Bearer /, '');
  if (!fromThisMachine(event) && !sameSecret(token, process.env.COCAGNE_METRICS_TOKEN)) error(404, 'Cette page n’existe pas.');
  return new Response(await metrics.metrics(), { headers: { 'content-type': metrics.contentType } });
};
