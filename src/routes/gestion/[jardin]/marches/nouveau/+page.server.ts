import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { addTaking, takingChoices } from '#domains/payments/index.server.ts';
import { chequesAtMarket, salesIn, takingForm } from '#domains/payments/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { formatEuros } from '#kernel/money.ts';

const lines = 4;

/** Cheques come one by one; every other way of paying, as one amount. */
const apart = <T extends { kind: string }>(methods: readonly T[]): [cheque: T | undefined, others: T[]] => {
  const cheque = methods.find(({ kind }) => kind === 'cheque');
  return [cheque, methods.filter((one) => one !== cheque)];
};

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'payments:change');
  const choices = await takingChoices(actor);
  const [cheque, methods] = apart(choices.methods);
  return {
    base: `/gestion/${garden.slug}/marches`,
    ...{ today, key: randomUUID(), lines, ...choices, methods, cheque, cheques: cheque ? chequesAtMarket : 0 },
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const [cheque, methods] = apart((await takingChoices(actor)).methods);
    const ways = methods.map(({ id }) => id);
    const form = await readForm(event, takingForm(lines, ways));
    if (!form.ok) return form.failure;
    const { key, day, place, activity, note } = form.value;
    const given = salesIn(form.value, lines, ways, cheque?.id);
    const added = await addTaking(actor, { key, day, place, activity, note, ...given }, today);
    if (!added.ok) return refused(added, form.values);
    leaveFlash(
      event.cookies,
      `« ${place} » est enregistré : ${formatEuros(given.sales.reduce((sum, { grossCents }) => sum + grossCents, 0))}.`,
    );
    redirect(303, `/gestion/${garden.slug}/marches/${added.value.id}`);
  },
};
