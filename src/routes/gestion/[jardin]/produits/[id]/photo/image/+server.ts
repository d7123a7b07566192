import { error } from '@sveltejs/kit';
import { producePhoto } from '#domains/produce/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';

/** The photo, for those who may see the list. Its address changes with it: a browser keeps it, shared caches never do. */
export const GET = async (event) => {
  const { actor } = enter(event, 'catalogue:read');
  const photo = await producePhoto(actor, idIn(event.params.id));
  if (!photo) error(404, 'Ce produit n’a pas de photo.');
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
