import { redirect } from '@sveltejs/kit';
import { confirmRefunds, createRefunds, refunds, takeBackRefunds } from '#domains/banking/index.server.ts';
import { bankDayFrom } from '#domains/banking/rules/bank-days.ts';
import { lineForm, refundDayForm, refundForm } from '#domains/banking/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'payments:read');
  const found = await refunds(actor);
  return { ...found, today, executeOn: bankDayFrom(today), key: crypto.randomUUID(), mayChange: can(actor, 'payments:change') };
};

export const actions = {
  create: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const form = await readForm(event, refundForm);
    if (!form.ok) return form.failure;
    const made = await createRefunds(actor, form.value, today);
    if (!made.ok) return refused(made, form.values);
    leaveFlash(event.cookies, 'Le fichier des virements est écrit : téléchargez-le et déposez-le sur le site de votre banque.');
    redirect(303, `/gestion/${garden.slug}/prelevements/remboursements`);
  },
  confirm: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const form = await readForm(event, refundDayForm);
    if (!form.ok) return form.failure;
    const confirmed = await confirmRefunds(actor, form.value.batch, form.value.day, today);
    if (!confirmed.ok) return refused(confirmed, form.values);
    leaveFlash(event.cookies, 'C’est noté : les clients sont remboursés.');
    redirect(303, `/gestion/${garden.slug}/prelevements/remboursements`);
  },
  cancel: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const form = await readForm(event, lineForm);
    if (!form.ok) return form.failure;
    const cancelled = await takeBackRefunds(actor, form.value.line, today);
    if (!cancelled.ok) return refused(cancelled, form.values);
    leaveFlash(event.cookies, 'Ces remboursements sont annulés : les clients ont de nouveau cet argent d’avance.');
    redirect(303, `/gestion/${garden.slug}/prelevements/remboursements`);
  },
};
