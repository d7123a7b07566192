import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { sendStatement, statement } from '#domains/billing/index.server.ts';
import { statementAsked, statementToSend } from '#domains/billing/schema-charges.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAsked, readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
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
  const may = { send: can(actor, 'billing:change'), record: can(actor, 'customers:read') };
  return { ...told, asked: { values, errors }, base: `/gestion/${garden.slug}`, may, key: randomUUID() };
};

export const actions = {
  envoyer: async (event) => {
    const { actor, today } = enter(event, 'billing:change');
    const form = await readForm(event, statementToSend);
    if (!form.ok) return form.failure;
    const { du, au, ...letter } = form.value;
    const sent = await sendStatement(actor, idIn(event.params.id), { from: du, until: au, ...letter }, today);
    if (!sent.ok) return refused(sent, form.values);
    leaveFlash(event.cookies, `Le relevé part à l’adresse ${form.value.to}.`);
    redirect(303, `${event.url.pathname}?du=${du ?? ''}&au=${au ?? ''}`);
  },
};
