import { error } from '@sveltejs/kit';
import { claimEvidence, noteReading } from '#domains/solidarity/index.server.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { idIn } from '#edge/id.ts';

/** What justifies a claim, on paper, in counts alone. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'solidarity:read');
  const id = idIn(event.params.id);
  const sheet = await claimEvidence(actor, id, today);
  if (!sheet) error(404, { message: 'Cette demande n’existe pas.' });
  await noteReading(actor, 'claim', id, today);
  return new Response(sheet.content as BodyInit, { headers: fileHeaders(`${sheet.name}.pdf`, 'application/pdf', 'inline') });
};
