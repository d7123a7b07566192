import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { endings, type RenewalForm, renew } from '#domains/subscriptions/index.server.ts';
import { mayRenew } from '#domains/subscriptions/rules/renewal.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { onServer } from '#edge/on-server.ts';
import { can } from '#platform/access/actor.ts';
import { endingFilters, endingsAsked, readEndingQuery } from './asked.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'subscriptions:read');
  const params = event.url.searchParams;
  const { rows, ...found } = await endings(actor, endingsAsked(params, today));
  const filters = endingFilters(found, today);
  const query = readEndingQuery(params, filters);
  return onServer({
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
  });
};

const prices = z.enum(['new', 'keep']).default('new');
const chosen = z.object({
  id: z.array(z.coerce.number().int().positive()).default([]),
  /** « oui »: all that the list holds, as it is searched. */
  tout: z.string().default(''),
  liste: z.string().max(1000).default(''),
  prices,
});
const confirmed = z.object({
  ids: z
    .string()
    .regex(/^\d+(,\d+)*$/)
    .transform((text) => text.split(',').map(Number)),
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
    const wish: RenewalForm = { ids, prices: form.value.prices };
    const told = await renew(actor, wish, { today, mode: 'preview' });
    if (!told.ok) return refused(told, form.values);
    if (!told.value) return refused({ ok: false, reason: 'Ces abonnements sont déjà renouvelés.' }, form.values);
    return onServer({ values: { ids: ids.join(), prices: wish.prices, notify: false }, preview: told.value });
  },
  appliquer: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, confirmed);
    if (!form.ok) return form.failure;
    const done = await renew(actor, form.value, { today, mode: 'apply' });
    if (!done.ok) {
      // What was on the screen stays: the preview is told again beside the reason.
      const told = done.fields?.beyond ? await renew(actor, form.value, { today, mode: 'preview' }) : null;
      if (told?.ok && told.value)
        return onServer({
          values: { ids: form.value.ids.join(), prices: form.value.prices, notify: form.value.notify },
          preview: told.value,
          errors: done.fields ?? {},
          message: done.reason,
        });
      return refused(done, form.values);
    }
    const count = done.value?.lines.length ?? 0;
    const said =
      done.value === null
        ? 'Ces abonnements étaient déjà renouvelés.'
        : count === 1
          ? 'L’abonnement est renouvelé.'
          : `${count} abonnements sont renouvelés.`;
    leaveFlash(event.cookies, `${said} Pour revenir en arrière, ouvrez « Opérations ».`);
    redirect(303, `/gestion/${garden.slug}/renouvellement`);
  },
};
