import { type Cookies, error, redirect } from '@sveltejs/kit';
import {
  completePayment,
  paymentPage,
  pilePage,
  receivePayment,
  refusePayment,
  rejectMarketCheque,
  settleMarketCheque,
  withdrawPayment,
} from '#domains/payments/index.server.ts';
import { sayPerson } from '#domains/payments/rules/pile.ts';
import { bounceForm, cancellationForm, completionForm, receivedForm, rejectionForm, settledForm } from '#domains/payments/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'payments:read');
  const payment = await paymentPage(actor, idIn(event.params.id));
  if (!payment) error(404, { message: 'Cet encaissement n’existe pas.' });
  const mayChange = can(actor, 'payments:change');
  // Who may have written a cheque of a market, and how it may be made good.
  const asks = mayChange && payment.acts.some((act) => act === 'bounce' || act === 'settle');
  const { people, methods } = asks ? await pilePage(actor) : { people: [], methods: [] };
  return {
    base: `/gestion/${garden.slug}`,
    today,
    payment,
    mayChange,
    people: people.map((one) => ({ value: sayPerson(one), label: '' })),
    methods: methods.filter(({ kind }) => kind !== 'direct_debit'),
    opens: { customers: can(actor, 'customers:read'), documents: can(actor, 'billing:read') },
  };
};

export const actions = {
  completer: async (event) => {
    const { actor } = enter(event, 'payments:change');
    const failed = await readAnd(event, completionForm, ({ version, ...values }) =>
      completePayment(actor, idIn(event.params.id), version, values),
    );
    return failed ?? back(event, 'C’est enregistré.');
  },
  recu: async (event) => {
    const { actor, today } = enter(event, 'payments:change');
    const failed = await readAnd(event, receivedForm, ({ day }) => receivePayment(actor, idIn(event.params.id), day, today));
    return failed ?? back(event, 'C’est noté : il compte maintenant dans le solde du client.');
  },
  rejeter: async (event) => {
    const { actor, today } = enter(event, 'payments:change');
    const failed = await readAnd(event, rejectionForm, (given) => refusePayment(actor, idIn(event.params.id), given, today));
    return failed ?? back(event, 'Le rejet est noté : ce qu’il payait est de nouveau à régler.');
  },
  impaye: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    let rejected = 0;
    const failed = await readAnd(event, bounceForm, async (given) => {
      const outcome = await rejectMarketCheque(actor, idIn(event.params.id), given, today);
      if (outcome.ok) rejected = outcome.value.id;
      return outcome;
    });
    if (failed) return failed;
    leaveFlash(event.cookies, 'Le rejet est noté : il est à régler par la personne qui a fait ce chèque.');
    redirect(303, `/gestion/${garden.slug}/encaissements/${rejected}`);
  },
  regle: async (event) => {
    const { actor, today } = enter(event, 'payments:change');
    const failed = await readAnd(event, settledForm, (given) => settleMarketCheque(actor, idIn(event.params.id), given, today));
    return failed ?? back(event, 'C’est noté : ce chèque rejeté est réglé.');
  },
  annuler: async (event) => {
    const { actor, today } = enter(event, 'payments:change');
    const failed = await readAnd(event, cancellationForm, ({ reason }) => withdrawPayment(actor, idIn(event.params.id), reason, today));
    return failed ?? back(event, 'L’encaissement est annulé : il ne compte plus.');
  },
};

function back({ cookies, url }: { cookies: Cookies; url: URL }, text: string): never {
  leaveFlash(cookies, text);
  redirect(303, url.pathname);
}
