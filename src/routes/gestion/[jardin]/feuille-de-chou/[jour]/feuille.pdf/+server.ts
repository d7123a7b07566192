import { redirect } from '@sveltejs/kit';
import { newsletterSheet } from '#domains/composition/index.server.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { leaveFlash } from '#edge/flash.ts';
import { dayIn } from '../../day-in.ts';

/** The page of a day as a PDF to look at and print. */
export const GET = async (event) => {
  const { actor, garden, today } = enter(event, 'composition:read');
  const day = dayIn(event.params.jour);
  const done = await newsletterSheet(actor, day, today);
  if (!done.ok) {
    leaveFlash(event.cookies, done.reason, 'attention');
    redirect(303, `/gestion/${garden.slug}/feuille-de-chou`);
  }
  // Browsers show a PDF with a viewer of theirs, which a sandboxed answer would not let them open.
  const policy = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" };
  const { pdf } = done.value;
  const body = new Uint8Array(pdf.buffer as ArrayBuffer, pdf.byteOffset, pdf.byteLength);
  return new Response(body, {
    headers: {
      ...fileHeaders(`feuille-de-chou-${day}.pdf`, 'application/pdf', 'inline'),
      ...policy,
      'content-length': String(body.byteLength),
    },
  });
};
