import { redirect } from '@sveltejs/kit';
import { acceptBankLine, acceptSure, bankToDo } from '#domains/banking/index.server.ts';
import { acceptForm } from '#domains/banking/schema-bank.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, refused } from '#edge/forms.ts';
import { idAsked } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'payments:read');
  return {
    slug: garden.slug,
    base: `/gestion/${garden.slug}/banque`,
    ...(await bankToDo(actor)),
    mayChange: can(actor, 'payments:change'),
  };
};

export const actions = {
  sures: async (event) => {
    const { actor } = enter(event, 'payments:change');
    const outcome = await acceptSure(actor);
    if (!outcome.ok) return refused(outcome);
    const { accepted, refused: left } = outcome.value;
    const many = (count: number) =>
      count > 1
        ? `${count} lignes sont rapprochées`
        : `${count === 1 ? 'Une' : 'Aucune'} ligne ${count === 1 ? 'est rapprochée' : 'n’est à rapprocher'}`;
    const why = left.length
      ? ` ${left.length > 1 ? `${left.length} lignes n’ont` : 'Une ligne n’a'} pas pu l’être : ${left[0]!.reason}`
      : '';
    leaveFlash(event.cookies, `${many(accepted)}.${why}`, left.length ? 'attention' : 'success');
    redirect(303, event.url.pathname);
  },
  accepter: async (event) => {
    const { actor } = enter(event, 'payments:change');
    const id = idAsked(event.url.searchParams.get('ligne'));
    const refusal = await readAnd(event, acceptForm, (value) => acceptBankLine(actor, id ?? 0, value));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'C’est rapproché.');
    redirect(303, event.url.pathname);
  },
};
