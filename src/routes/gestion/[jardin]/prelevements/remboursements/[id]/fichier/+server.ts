import { error } from '@sveltejs/kit';
import { refundFile } from '#domains/banking/index.server.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { idIn } from '#edge/id.ts';

export const GET = async (event) => {
  const { actor } = enter(event, 'payments:read');
  const file = await refundFile(actor, idIn(event.params.id));
  if (!file) error(404, { message: 'Ces remboursements n’ont pas de fichier : ils sont annulés.' });
  return new Response(file.content, { headers: fileHeaders(file.name, 'application/xml; charset=utf-8') });
};
