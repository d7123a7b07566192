import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { accountLooks, householdOf } from '#domains/account/index.server.ts';
import { customerBalance } from '#domains/billing/index.server.ts';
import { archiveCustomer, unarchiveCustomer } from '#domains/customers/index.server.ts';
import { allowBaskets, holdOf } from '#domains/receivables/index.server.ts';
import { allowanceForm } from '#domains/receivables/schema.ts';
import { activateSubscription, customerRecord, withdrawRequest } from '#domains/subscriptions/index.server.ts';
import { whichSubscription } from '#domains/subscriptions/schema-subscribe.ts';
import { enter } from '#edge/enter.ts';
import { shownAtHome } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { sayDayAndYear } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'customers:read');
  const record = await customerRecord(actor, idIn(event.params.id), today);
  if (!record) error(404, { message: 'Ce client n’existe pas dans votre jardin.' });
  return {
    base: `/gestion/${garden.slug}`,
    today,
    ...record,
    balance: can(actor, 'billing:read') ? await customerBalance(actor, record.customer.id) : null,
    household: await householdOf(actor, record.customer.id),
    hold: await holdOf(actor, record.customer.id, today),
    looks: shownAtHome.every((right) => can(actor, right)) ? await accountLooks(actor, record.customer.id) : null,
    may: {
      change: can(actor, 'customers:change'),
      ask: can(actor, 'subscriptions:change'),
      bill: can(actor, 'billing:read'),
      pay: can(actor, 'payments:change'),
      messages: can(actor, 'messages:read'),
      logistics: can(actor, 'logistics:read'),
    },
  };
};

const requestForm = z.object({ demande: z.coerce.number().int() });

export const actions = {
  retirer: async (event) => {
    const { actor, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, requestForm);
    if (!form.ok) return form.failure;
    const withdrawn = await withdrawRequest(actor, form.value.demande, today);
    if (!withdrawn.ok) return refused(withdrawn);
    const { shortenedTo } = withdrawn.value;
    leaveFlash(
      event.cookies,
      shortenedTo
        ? `Le changement s’arrête après la semaine ${shortenedTo.week} : ce qui précède est déjà préparé.`
        : 'La demande est retirée : le panier est de nouveau comme d’habitude.',
    );
    redirect(303, event.url.pathname);
  },
  demarrer: async (event) => {
    const { actor, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, whichSubscription);
    if (!form.ok) return form.failure;
    const started = await activateSubscription(actor, form.value.abonnement, today);
    if (!started.ok) return refused(started);
    leaveFlash(event.cookies, `L’abonnement commence : premier panier le ${sayDayAndYear(started.value.startsOn)}.`);
    redirect(303, `${event.url.pathname}#abonnements`);
  },
  laisser: async (event) => {
    const { actor, today } = enter(event, 'customers:change');
    const form = await readForm(event, allowanceForm);
    if (!form.ok) return form.failure;
    const allowed = await allowBaskets(actor, idIn(event.params.id), form.value.jusquau, today);
    if (!allowed.ok) return refused(allowed, form.values);
    leaveFlash(
      event.cookies,
      form.value.jusquau
        ? `Ses paniers seront préparés jusqu’au ${sayDayAndYear(form.value.jusquau)}.`
        : 'Un retard compte de nouveau pour ses paniers.',
    );
    redirect(303, event.url.pathname);
  },
  archiver: async (event) => {
    const { actor, today } = enter(event, 'customers:change');
    const archived = await archiveCustomer(actor, idIn(event.params.id), today);
    if (!archived.ok) return refused(archived);
    leaveFlash(event.cookies, 'La fiche est archivée. Elle reste dans la liste des fiches archivées.');
    redirect(303, event.url.pathname);
  },
  reprendre: async (event) => {
    const { actor } = enter(event, 'customers:change');
    const back = await unarchiveCustomer(actor, idIn(event.params.id));
    if (!back.ok) return refused(back);
    leaveFlash(event.cookies, 'La fiche est de nouveau en cours.');
    redirect(303, event.url.pathname);
  },
};
