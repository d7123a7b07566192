import { error } from '@sveltejs/kit';
import { reminderLetters } from '#domains/receivables/index.server.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { idIn } from '#edge/id.ts';

/** The letters of a batch, in one PDF to print. */
export const GET = async (event) => {
  const { actor, garden } = enter(event, 'billing:read');
  const letters = await reminderLetters(actor, idIn(event.params.id));
  if (!letters.ok) error(404, letters.reason);
  const { pdf, day } = letters.value;
  // Browsers show a PDF with a viewer of theirs, which a sandboxed answer would not let them open.
  const policy = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" };
  return new Response(new Uint8Array(pdf), {
    headers: { ...fileHeaders(`rappels-${garden.slug}-${day}.pdf`, 'application/pdf', 'inline'), ...policy },
  });
};
