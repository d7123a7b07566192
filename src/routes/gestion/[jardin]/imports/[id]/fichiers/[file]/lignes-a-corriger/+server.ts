import { error } from '@sveltejs/kit';
import { rejectsOf } from '#domains/imports/index.server.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { idIn } from '#edge/id.ts';

export const GET = async (event) => {
  const { actor } = enter(event, 'imports:read');
  const rejects = await rejectsOf(actor, idIn(event.params.id), idIn(event.params.file));
  if (!rejects.ok) error(404, { message: rejects.reason });
  const { name, content } = rejects.value;
  return new Response(content as BodyInit, { headers: fileHeaders(name, 'text/csv; charset=utf-8') });
};
