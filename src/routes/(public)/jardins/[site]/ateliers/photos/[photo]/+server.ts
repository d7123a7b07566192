import { error } from '@sveltejs/kit';
import { shownPhotoFile } from '#domains/workshops/index.server.ts';
import { enterSite } from '#edge/enter-site.ts';

/** `/ateliers/photos/12-480.webp`, while everybody on it agrees: nobody keeps it for long, since they may change their mind. */
export const GET = async (event) => {
  const { visitor } = await enterSite(event, 'workshops:read');
  const [, id, width] = /^(\d{1,9})-(\d{1,4})\.webp$/.exec(event.params.photo) ?? [];
  const photo = id ? await shownPhotoFile(visitor, Number(id), Number(width)) : null;
  if (!photo) error(404, 'Cette photo n’est plus là.');
  return new Response(photo.content as BodyInit, {
    headers: { 'content-type': photo.type, 'content-length': String(photo.content.length), 'cache-control': 'private, max-age=300' },
  });
};
