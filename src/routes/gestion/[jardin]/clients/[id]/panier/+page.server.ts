import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { askForBasket, basketChoice } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import type { Week } from '#kernel/day.ts';

/** « 2025-43 » */
function weekIn(text: string | null | undefined): Week | null {
  const match = /^(\d{4})-(\d{1,2})$/.exec(text ?? '');
  return match ? { year: Number(match[1]), week: Number(match[2]) } : null;
}

function whichBasket(url: URL): { subscriptionId: number; week: Week } {
  const week = weekIn(url.searchParams.get('semaine'));
  if (!week) error(404, { message: 'Cette page n’existe pas.' });
  return { subscriptionId: idIn(url.searchParams.get('abonnement') ?? undefined), week };
}

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'subscriptions:change');
  const { subscriptionId, week } = whichBasket(event.url);
  const choice = await basketChoice(actor, subscriptionId, week, today);
  if (choice?.customerId !== idIn(event.params.id)) error(404, { message: 'Ce panier n’existe pas.' });
  return { base: `/gestion/${garden.slug}/clients`, week, choice };
};

const postponeForm = z.object({ semaine: z.string().default('') });

export const actions = {
  annuler: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const { subscriptionId, week } = whichBasket(event.url);
    const asked = await askForBasket(actor, { subscriptionId, kind: 'cancel', from: week, to: null }, today);
    if (!asked.ok) return refused(asked);
    leaveFlash(event.cookies, `Le panier de la semaine ${week.week} est annulé.`);
    redirect(303, `/gestion/${garden.slug}/clients/${asked.value.customerId}#paniers`);
  },
  reporter: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const { subscriptionId, week } = whichBasket(event.url);
    const form = await readForm(event, postponeForm);
    if (!form.ok) return form.failure;
    const to = weekIn(form.value.semaine);
    const asked = await askForBasket(actor, { subscriptionId, kind: 'postpone', from: week, to }, today);
    if (!asked.ok) return refused(asked, form.values);
    leaveFlash(event.cookies, `Le panier de la semaine ${week.week} est reporté à la semaine ${to!.week}.`);
    redirect(303, `/gestion/${garden.slug}/clients/${asked.value.customerId}#paniers`);
  },
};
