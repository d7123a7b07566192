import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { giveOwn, ownGiving, proposed, roundUp, stopOwnRegular, wishReceipts } from '#domains/giving/index.server.ts';
import { ownGift, regularAsked, roundUpForm, wishForm } from '#domains/giving/schema.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, readForm, refused } from '#edge/forms.ts';
import { formatEuros } from '#kernel/money.ts';

export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  return { giving: await ownGiving(own, today), key: randomUUID(), proposed };
};

export const actions = {
  donner: async (event) => {
    const { own, today } = await enterOwn(event);
    const form = await readForm(event, ownGift);
    if (!form.ok) return form.failure;
    const given = await giveOwn(own, form.value, event.url.pathname, today);
    if (!given.ok) return refused(given, form.values);
    if (given.value.path === null)
      leaveFlash(
        event.cookies,
        'Merci ! Votre don de chaque mois vient avec vos prochaines factures ; vous l’arrêtez ici quand vous voulez.',
      );
    redirect(303, given.value.path ?? event.url.pathname);
  },
  arrondi: async (event) => {
    const { own, today } = await enterOwn(event);
    const form = await readForm(event, roundUpForm);
    if (!form.ok) return form.failure;
    const { subscription, choice, other } = form.value;
    if (choice === 'autre' && other === null)
      return refused(
        { ok: false, reason: 'Le montant est à revoir.', fields: { other: 'Écrivez un montant, par exemple 1,50.' } },
        form.values,
      );
    const cents = choice === 'autre' ? other! : Number(choice);
    const changed = await roundUp(own, subscription, cents, today);
    if (!changed.ok) return refused(changed, form.values);
    leaveFlash(
      event.cookies,
      cents === 0
        ? 'C’est noté : plus rien ne s’ajoute à vos paniers.'
        : `Merci ! ${formatEuros(cents)} s’ajoutent à chacun de vos paniers.`,
    );
    redirect(303, event.url.pathname);
  },
  arreter: async (event) => {
    const { own, today } = await enterOwn(event);
    const failure = await readAnd(event, regularAsked, ({ regular }) => stopOwnRegular(own, regular, today));
    if (failure) return failure;
    leaveFlash(event.cookies, 'Votre don de chaque mois est arrêté. Merci pour tout ce que vous avez donné.');
    redirect(303, event.url.pathname);
  },
  recus: async (event) => {
    const { own } = await enterOwn(event);
    const failure = await readAnd(event, wishForm, ({ receipts }) => wishReceipts(own, receipts));
    if (failure) return failure;
    leaveFlash(event.cookies, 'C’est noté pour vos reçus fiscaux.');
    redirect(303, event.url.pathname);
  },
};
