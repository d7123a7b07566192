import { error } from '@sveltejs/kit';
import { bankFileContent } from '#domains/banking/index.server.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { idIn } from '#edge/id.ts';

/** A file as the bank gave it. It is never shown by the browser: what is in it is not ours. */
export const GET = async (event) => {
  const { actor } = enter(event, 'payments:read');
  const file = await bankFileContent(actor, idIn(event.params.id));
  if (!file) error(404, 'Ce fichier n’existe pas.');
  return new Response(new Uint8Array(file.content), { headers: fileHeaders(file.name, 'application/octet-stream') });
};
