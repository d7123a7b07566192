import { error } from '@sveltejs/kit';
import { batchFile } from '#domains/banking/index.server.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { idIn } from '#edge/id.ts';

export const GET = async (event) => {
  const { actor } = enter(event, 'payments:read');
  const file = await batchFile(actor, idIn(event.params.id));
  if (!file) error(404, { message: 'Ce prélèvement n’a pas de fichier : il est en préparation, ou annulé.' });
  return new Response(file.content, { headers: fileHeaders(file.name, 'application/xml; charset=utf-8') });
};
