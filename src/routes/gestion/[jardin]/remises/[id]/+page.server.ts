import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { deposit, slip, undoSlip } from '#domains/payments/index.server.ts';
import { depositForm } from '#domains/payments/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'payments:read');
  const found = await slip(actor, idIn(event.params.id));
  if (!found) error(404, { message: 'Cette remise n’existe pas.' });
  return { base: `/gestion/${garden.slug}`, today, slip: found, mayChange: can(actor, 'payments:change') };
};

const undoForm = z.object({ from: z.enum(['made', 'deposited']) });

export const actions = {
  deposer: async (event) => {
    const { actor, today } = enter(event, 'payments:change');
    const form = await readForm(event, depositForm);
    if (!form.ok) return form.failure;
    const deposited = await deposit(actor, idIn(event.params.id), { day: form.value.day, bankAccount: form.value.account }, today);
    if (!deposited.ok) return refused(deposited, form.values);
    leaveFlash(event.cookies, 'Le dépôt est noté.');
    redirect(303, event.url.pathname);
  },
  defaire: async (event) => {
    const { actor, today } = enter(event, 'payments:change');
    const form = await readForm(event, undoForm);
    if (!form.ok) return form.failure;
    const undone = await undoSlip(actor, idIn(event.params.id), form.value.from, today);
    if (!undone.ok) return refused(undone);
    leaveFlash(
      event.cookies,
      form.value.from === 'deposited'
        ? 'Le dépôt est annulé : la remise est de nouveau à déposer.'
        : 'La remise est défaite : ses règlements attendent une autre remise.',
    );
    redirect(303, event.url.pathname);
  },
};
