import { redirect } from '@sveltejs/kit';
import { createBatch, proposal } from '#domains/banking/index.server.ts';
import { batchForm } from '#domains/banking/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { parseDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'payments:change');
  const asked = event.url.searchParams.get('date');
  const day = asked ? parseDay(asked) : null;
  return { ...(await proposal(actor, day, today)), unread: asked && !day ? asked : null, key: crypto.randomUUID() };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const form = await readForm(event, batchForm);
    if (!form.ok) return form.failure;
    const made = await createBatch(actor, form.value, today);
    if (!made.ok) return refused(made, form.values);
    leaveFlash(
      event.cookies,
      `${made.value.lines} prélèvement${made.value.lines > 1 ? 's' : ''}, ${formatEuros(made.value.cents)} en tout. Prévenez maintenant les clients.`,
    );
    redirect(303, `/gestion/${garden.slug}/prelevements/${made.value.id}`);
  },
};
