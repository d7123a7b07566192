import { error, fail, redirect } from '@sveltejs/kit';
import { acceptProposal, addPair, proposalPage, propose, removePair } from '#domains/composition/index.server.ts';
import { pairForm, pairToRemove, proposalForm, readCriteria, readLocks, readProposal } from '#domains/composition/schema-proposal.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, readForm, refused } from '#edge/forms.ts';
import { parseDay, sayDay } from '#kernel/day.ts';

const dayOf = (text: string) => parseDay(text) ?? error(404, { message: 'Ce jour n’existe pas.' });

export const load = async (event) => {
  const { actor } = enter(event, 'composition:change');
  const { given, criteria, locks, leftOut } = await proposalPage(actor, dayOf(event.params.jour));
  const { day, tours, sizes, counts, pairs } = given;
  const produce = given.produce.map(({ id, name, emoji, unit, offered }) => ({ id, name, emoji, unit, offered }));
  return { day, tours, sizes, counts, pairs, produce, criteria, locks, leftOut };
};

export const actions = {
  propose: async (event) => {
    const { actor } = enter(event, 'composition:change');
    const day = dayOf(event.params.jour);
    const page = await proposalPage(actor, day);
    const form = await readForm(event, proposalForm(page.given.sizes.map(({ productId }) => productId)));
    if (!form.ok) return form.failure;
    const { criteria, errors } = readCriteria(form.value, page.criteria);
    const wrong = Object.keys(errors).length;
    if (wrong) {
      const message =
        wrong > 1
          ? `${wrong} champs sont à revoir : regardez les indications en couleur.`
          : 'Un champ est à revoir : regardez l’indication en couleur.';
      return fail(422, { values: form.values, errors, message });
    }
    const answer = await propose(actor, day, criteria, readLocks(form.value.lock));
    return answer.ok ? { values: form.values, proposal: answer.value } : refused(answer, form.values);
  },

  accept: async (event) => {
    const { actor, garden, today } = enter(event, 'composition:change');
    const day = dayOf(event.params.jour);
    const form = await readForm(event, proposalForm([]));
    if (!form.ok) return form.failure;
    const proposal = readProposal(form.value.proposal);
    if (!proposal) return refused({ ok: false, reason: 'Demandez d’abord une proposition.' }, form.values);
    const locked = new Set(readLocks(form.value.lock).map(({ tourId, productId, produceId }) => `${tourId}:${productId}:${produceId}`));
    const tours = proposal.tours.map(({ tourId, sizes }) => ({
      tourId,
      sizes: sizes.map(({ productId, lines }) => ({
        productId,
        lines: lines.map((line) => ({ ...line, locked: locked.has(`${tourId}:${productId}:${line.produceId}`) })),
      })),
    }));
    const answer = await acceptProposal(actor, day, { tours, stored: proposal.stored }, today);
    if (!answer.ok) return refused(answer, form.values);
    leaveFlash(event.cookies, `Les compositions du ${sayDay(day)} sont écrites. Pour revenir en arrière : « Opérations ».`);
    redirect(303, `/gestion/${garden.slug}/compositions/${day}`);
  },

  pair: async (event) => {
    const { actor } = enter(event, 'composition:change');
    const failure = await readAnd(event, pairForm, ({ produceId, otherId }) => addPair(actor, produceId, otherId));
    if (failure) return failure;
    leaveFlash(event.cookies, 'Ces deux produits ne seront plus proposés ensemble.');
    redirect(303, `${event.url.pathname}#jamais-ensemble`);
  },

  unpair: async (event) => {
    const { actor } = enter(event, 'composition:change');
    const failure = await readAnd(event, pairToRemove, ({ pair }) => removePair(actor, pair));
    if (failure) return failure;
    leaveFlash(event.cookies, 'Ces deux produits peuvent de nouveau être proposés ensemble.');
    redirect(303, `${event.url.pathname}#jamais-ensemble`);
  },
};
