import { error } from '@sveltejs/kit';
import { statementPdf } from '#domains/billing/index.server.ts';
import { statementAsked } from '#domains/billing/schema-charges.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { readAsked } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const GET = async (event) => {
  const { actor, today } = enter(event, 'billing:read');
  const asked = readAsked(event.url.searchParams, statementAsked);
  if (!asked.ok) error(400, 'Ces dates n’existent pas.');
  const made = await statementPdf(actor, idIn(event.params.id), { from: asked.value.du, until: asked.value.au }, today);
  if (!made) error(404, 'Ce client n’existe pas dans votre jardin.');
  return new Response(made.content as BodyInit, { headers: fileHeaders(made.name, 'application/pdf', 'inline') });
};
