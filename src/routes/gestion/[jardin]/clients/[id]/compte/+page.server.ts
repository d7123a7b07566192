import { randomUUID } from 'node:crypto';
import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { customerAccount, endCharge, moveReturnable, settleDeposit, withdrawCharge, withdrawMove } from '#domains/billing/index.server.ts';
import { chargeAsked, chargeEnd } from '#domains/billing/schema-charges.ts';
import { moveAsked, moveForm, subscriptionDepositForm } from '#domains/billing/schema-returnables.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  const account = await customerAccount(actor, idIn(event.params.id), today);
  if (!account) error(404, { message: 'Ce client n’existe pas dans votre jardin.' });
  return {
    ...{ ...account, today, key: randomUUID(), base: `/gestion/${garden.slug}` },
    may: { change: can(actor, 'billing:change'), pay: can(actor, 'payments:change'), record: can(actor, 'customers:read') },
  };
};

const back = ({ cookies, url }: RequestEvent, text: string, anchor = '') => {
  leaveFlash(cookies, text);
  redirect(303, `${url.pathname}${anchor}`);
};

export const actions = {
  /** A charge is taken off. */
  retirer: async (event) => {
    const { actor } = enter(event, 'billing:change');
    const form = await readForm(event, chargeAsked);
    if (!form.ok) return form.failure;
    const done = await withdrawCharge(actor, form.value.charge);
    if (!done.ok) return refused(done);
    back(event, done.value.billed ? 'La ligne est retirée : la prochaine facture la rendra.' : 'La ligne est retirée.');
  },

  remettre: async (event) => {
    const { actor } = enter(event, 'billing:change');
    const form = await readForm(event, chargeAsked);
    if (!form.ok) return form.failure;
    const done = await withdrawCharge(actor, form.value.charge, false);
    if (!done.ok) return refused(done);
    back(event, 'La ligne est remise.');
  },

  /** A charge of each delivery ends. */
  arreter: async (event) => {
    const { actor } = enter(event, 'billing:change');
    const form = await readForm(event, chargeEnd);
    if (!form.ok) return form.failure;
    const done = await endCharge(actor, form.value.charge, form.value.untilOn);
    if (!done.ok) return refused(done, form.values);
    back(event, 'La ligne s’arrête à cette date.');
  },

  contenant: async (event) => {
    const { actor } = enter(event, 'billing:change');
    const form = await readForm(event, moveForm);
    if (!form.ok) return form.failure;
    const done = await moveReturnable(actor, idIn(event.params.id), form.value);
    if (!done.ok) return refused(done, form.values);
    const said = {
      lent: 'C’est noté : la consigne ira sur la prochaine facture.',
      returned: 'C’est noté : la consigne sera rendue sur la prochaine facture.',
      given: 'C’est noté : la consigne reste au jardin.',
    };
    back(event, said[form.value.kind], '#contenants');
  },

  /** A move of containers is taken back. */
  annuler: async (event) => {
    const { actor, today } = enter(event, 'billing:change');
    const form = await readForm(event, moveAsked);
    if (!form.ok) return form.failure;
    const done = await withdrawMove(actor, form.value.move, today);
    if (!done.ok) return refused(done);
    back(event, 'Le mouvement est annulé, avec sa consigne.', '#contenants');
  },

  caution: async (event) => {
    const { actor, today } = enter(event, 'billing:change');
    const form = await readForm(event, subscriptionDepositForm);
    if (!form.ok) return form.failure;
    const done = await settleDeposit(actor, idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done);
    back(
      event,
      form.value.fate === 'returned' ? 'La caution sera rendue sur la prochaine facture.' : 'La caution reste au jardin.',
      '#contenants',
    );
  },
};
