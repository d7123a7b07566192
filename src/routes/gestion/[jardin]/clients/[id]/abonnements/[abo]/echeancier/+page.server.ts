import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { moveInstalments, shareInstalments, subscriptionSchedule } from '#domains/billing/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { type Day, parseDay } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';

/** `jour3` is the day of the third equal part. */
const daysForm = z.looseObject({ seen: z.string().max(2000) });

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  const schedule = await subscriptionSchedule(actor, idIn(event.params.abo), today);
  if (schedule?.customerId !== idIn(event.params.id))
    error(404, { message: 'Cet abonnement n’existe pas, ou il est réglé depuis longtemps.' });
  return { base: `/gestion/${garden.slug}`, today, schedule, mayBill: can(actor, 'billing:change') };
};

export const actions = {
  repartir: async (event) => {
    const { actor, today } = enter(event, 'billing:change');
    const shared = await shareInstalments(actor, idIn(event.params.abo), today);
    if (!shared.ok) return refused(shared);
    leaveFlash(event.cookies, 'Les mensualités qui restent sont réparties de nouveau.');
    redirect(303, event.url.pathname);
  },

  dates: async (event) => {
    const { actor, today } = enter(event, 'billing:change');
    const form = await readForm(event, daysForm);
    if (!form.ok) return form.failure;
    const seen = form.value.seen.split(',').filter(Boolean);
    const days = seen.flatMap((_, at): (Day | null)[] => {
      const typed = form.values[`jour${at + 1}`];
      return typeof typed === 'string' ? [parseDay(typed)] : [];
    });
    const moved = await moveInstalments(actor, idIn(event.params.abo), { seen, days }, today);
    if (!moved.ok) return refused(moved, form.values);
    leaveFlash(event.cookies, 'Les dates des mensualités sont enregistrées.');
    redirect(303, event.url.pathname);
  },
};
