import { error } from '@sveltejs/kit';
import { slipSheet } from '#domains/payments/index.server.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { idIn } from '#edge/id.ts';

/** The slip on paper, to hand over with what it lists. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'payments:read');
  const sheet = await slipSheet(actor, idIn(event.params.id), today);
  if (!sheet) error(404, { message: 'Cette remise n’existe pas.' });
  return new Response(sheet.pdf as BodyInit, { headers: fileHeaders(`${sheet.name}.pdf`, 'application/pdf', 'inline') });
};
