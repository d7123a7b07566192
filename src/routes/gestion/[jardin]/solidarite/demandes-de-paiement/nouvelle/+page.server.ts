import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { claimPreview, funder, makeClaim } from '#domains/solidarity/index.server.ts';
import { claimForm } from '#domains/solidarity/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { addDays, parseDay } from '#kernel/day.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:change');
  const found = await funder(actor, idIn(event.url.searchParams.get('financeur') ?? undefined));
  if (!found) error(404, { message: 'Ce financeur n’existe pas.' });
  const asked = parseDay(event.url.searchParams.get('jusque') ?? '');
  const until = asked && asked < today ? asked : addDays(today, -1);
  const preview = await claimPreview(actor, found.id, until, today);
  return { base: `/gestion/${garden.slug}/solidarite`, funder: found, until, today, dueOn: addDays(today, 30), preview, key: randomUUID() };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, claimForm);
    if (!form.ok) return form.failure;
    const made = await makeClaim(actor, form.value, today);
    if (!made.ok) return refused(made, form.values);
    const base = `/gestion/${garden.slug}/solidarite/demandes-de-paiement`;
    leaveFlash(event.cookies, `${made.value.map(({ number }) => number).join(' et ')} : la demande est établie.`);
    redirect(303, made.value.length === 1 ? `${base}/${made.value[0]!.id}` : base);
  },
};
