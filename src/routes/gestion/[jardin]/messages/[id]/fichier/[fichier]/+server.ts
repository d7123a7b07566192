import { error } from '@sveltejs/kit';
import { messageFile } from '#domains/messages/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';

/** A file as it went with a message. Always taken home, never opened here. */
export const GET = async (event) => {
  const { actor } = enter(event, 'messages:read');
  const file = await messageFile(actor, idIn(event.params.id), idIn(event.params.fichier));
  if (!file) error(404, 'Ce fichier n’est plus gardé.');
  return new Response(new Uint8Array(file.content), {
    headers: {
      'content-type': file.type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'cache-control': 'private, no-store',
    },
  });
};
