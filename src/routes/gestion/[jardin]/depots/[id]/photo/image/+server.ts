import { error } from '@sveltejs/kit';
import { depotPhoto } from '#domains/logistics/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';

/** The photo, for those who may see depots. Its address changes with it: a browser keeps it, shared caches never do. */
export const GET = async (event) => {
  const { actor } = enter(event, 'logistics:read');
  const photo = await depotPhoto(actor, idIn(event.params.id));
  if (!photo) error(404, 'Ce dépôt n’a pas de photo.');
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
