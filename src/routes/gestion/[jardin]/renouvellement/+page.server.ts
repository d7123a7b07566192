import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { endings, proposeRenewal, type RenewalForm, renew } from '#domains/subscriptions/index.server.ts';
import { sayWritten } from '#domains/subscriptions/labels-told.ts';
import { mayRenew } from '#domains/subscriptions/rules/renewal.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';
import { say } from '#ui/table.ts';
import { endingFilters, endingsAsked, readEndingQuery } from './asked.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'subscriptions:read');
  const params = event.url.searchParams;
  const { rows, ...found } = await endings(actor, endingsAsked(params, today));
  const filters = endingFilters(found, today);
  const query = readEndingQuery(params, filters);
  return {
    ...found,
    rows: rows.slice((query.page - 1) * query.perPage, query.page * query.perPage),
    total: rows.length,
    renewable: rows.filter((one) => mayRenew(one.state) && one.state !== 'followed').length,
    query,
    filters,
    /** Tacit ones are ticked unless one asks for an empty list. */
    ticked: params.get('coches') !== 'aucun',
    mayRenew: can(actor, 'subscriptions:change'),
    opensCustomers: can(actor, 'customers:read'),
  };
};

const prices = z.enum(['new', 'keep']).default('new');
const chosen = z.object({
  what: z.enum(['renew', 'propose']).default('renew'),
  id: z.array(z.coerce.number().int().positive()).default([]),
  /** « oui »: all that the list holds, as it is searched. */
  tout: z.string().default(''),
  liste: z.string().max(1000).default(''),
  prices,
});
const ids = z
  .string()
  .regex(/^\d+(,\d+)*$/)
  .transform((text) => text.split(',').map(Number));
const word = z.string().trim().max(500, 'Pas plus de 500 caractères.').default('');
const proposed = z.object({ ids, word });
const confirmed = z.object({
  ids,
  prices,
  beyond: z.preprocess((value) => value === 'on', z.boolean()),
  notify: z.preprocess((value) => value === 'on', z.boolean()),
});

export const actions = {
  apercu: async (event) => {
    const { actor, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, chosen);
    if (!form.ok) return form.failure;
    const all = form.value.tout === 'oui' ? await endings(actor, endingsAsked(new URLSearchParams(form.value.liste), today)) : null;
    const ids = all ? all.rows.filter((one) => mayRenew(one.state) && one.state !== 'followed').map((one) => one.id) : form.value.id;
    if (form.value.what === 'propose') {
      const proposal = await proposeRenewal(actor, { ids, word: '' }, { today, mode: 'preview' });
      if (!proposal.ok) return refused(proposal, form.values);
      if (proposal.value.lines.length === 0) return refused({ ok: false, reason: 'Ces renouvellements sont déjà proposés.' }, form.values);
      return { values: { ids: ids.join(), word: '' }, proposal: proposal.value };
    }
    const wish: RenewalForm = { ids, prices: form.value.prices, notify: true };
    const told = await renew(actor, wish, { today, mode: 'preview' });
    if (!told.ok) return refused(told, form.values);
    if (!told.value) return refused({ ok: false, reason: 'Ces abonnements sont déjà renouvelés.' }, form.values);
    return { values: { ids: ids.join(), prices: wish.prices, notify: true }, preview: told.value };
  },
  appliquer: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, confirmed);
    if (!form.ok) return form.failure;
    const done = await renew(actor, form.value, { today, mode: 'apply' });
    if (!done.ok) {
      // What was on the screen stays: the preview is told again beside the reason.
      const told = done.fields?.beyond ? await renew(actor, { ...form.value, notify: true }, { today, mode: 'preview' }) : null;
      if (told?.ok && told.value)
        return {
          values: { ids: form.value.ids.join(), prices: form.value.prices, notify: form.value.notify },
          preview: told.value,
          errors: done.fields ?? {},
          message: done.reason,
        };
      return refused(done, form.values);
    }
    const count = done.value?.lines.length ?? 0;
    const said =
      done.value === null
        ? 'Ces abonnements étaient déjà renouvelés.'
        : count === 1
          ? 'L’abonnement est renouvelé.'
          : `${count} abonnements sont renouvelés.`;
    leaveFlash(event.cookies, `${said}${sayWritten(done.value)} Pour revenir en arrière, ouvrez « Opérations ».`);
    redirect(303, `/gestion/${garden.slug}/renouvellement`);
  },
  proposer: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, proposed);
    if (!form.ok) return form.failure;
    const done = await proposeRenewal(actor, form.value, { today, mode: 'apply' });
    if (!done.ok) return refused(done, form.values);
    const { lines, already } = done.value;
    leaveFlash(
      event.cookies,
      already
        ? 'C’était déjà proposé.'
        : `${say(lines.length, 'renouvellement proposé', 'renouvellements proposés')}.${sayWritten(done.value)}`,
    );
    redirect(303, `/gestion/${garden.slug}/renouvellement`);
  },
};
