import { error } from '@sveltejs/kit';
import type { Photo } from '#platform/files/photos.ts';

/**
 * A photo for those who may see what it shows. Its address changes with it: a browser keeps it, shared caches never do.
 * @param none what the 404 says when there is none.
 */
export function answerPhoto(photo: Photo | null, none: string): Response {
  if (!photo) error(404, none);
  return new Response(photo.content as BodyInit, {
    headers: {
      'content-type': photo.type,
      'content-length': String(photo.content.length),
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=86400',
    },
  });
}
