import { error } from '@sveltejs/kit';
import { sitePhoto } from '#domains/site/index.server.ts';
import { enterSite } from '#edge/enter-site.ts';

/** `/photos/12-960.webp`: a width of a photo. What an address shows never changes, so whoever has it keeps it for ever. */
export const GET = async (event) => {
  const { site, visitor } = await enterSite(event, 'site:read');
  const [, id, width] = /^(\d{1,9})-(\d{1,4})\.webp$/.exec(event.params.photo) ?? [];
  const photo = id ? await sitePhoto(visitor, Number(id), Number(width)) : null;
  if (!photo) error(404, 'Cette photo n’est plus là.');
  return new Response(photo.content as BodyInit, {
    headers: {
      'content-type': photo.type,
      'content-length': String(photo.content.length),
      'cache-control': `${site.published ? 'public' : 'private'}, max-age=31536000, immutable`,
      // Cards of social networks, and gardens that keep a site of their own, show it elsewhere.
      'cross-origin-resource-policy': 'cross-origin',
    },
  });
};
