import { error } from '@sveltejs/kit';
import { markPhoto } from '#domains/rounds/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';

/** The photo of a problem, for those who may see rounds. */
export const GET = async (event) => {
  const { actor } = enter(event, 'rounds:read');
  const photo = await markPhoto(actor, idIn(event.params.livraison), idIn(event.params.pointage));
  if (!photo) error(404, 'Ce pointage n’a pas de photo.');
  return new Response(photo.content as BodyInit, {
    headers: {
      'content-type': photo.type,
      'content-length': String(photo.content.length),
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=86400',
    },
  });
};
