import { error } from '@sveltejs/kit';
import { statement } from '#domains/billing/index.server.ts';
import { statementAsked } from '#domains/billing/schema-charges.ts';
import { enter } from '#edge/enter.ts';
import { readAsked } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { onServer } from '#edge/on-server.ts';
import { can } from '#platform/access/actor.ts';

/** `?du=2025-10-01&au=2025-10-31`; left out: a year at most. A day that does not exist is told beside its field. */
export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  const asked = readAsked(event.url.searchParams, statementAsked);
  const days = asked.ok ? asked.value : { du: null, au: null };
  const wrong = days.du && days.au && days.au < days.du ? { au: 'La fin vient avant le début.' } : null;
  const told = await statement(actor, idIn(event.params.id), wrong ? {} : { from: days.du, until: days.au }, today);
  if (!told) error(404, { message: 'Ce client n’existe pas dans votre jardin.' });
  const values = { du: event.url.searchParams.get('du') ?? told.from, au: event.url.searchParams.get('au') ?? told.until };
  const errors: Record<string, string> = asked.ok ? (wrong ?? {}) : asked.failure.data.errors;
  return onServer({ ...told, asked: { values, errors }, base: `/gestion/${garden.slug}`, opensRecord: can(actor, 'customers:read') });
};
