import { error, redirect } from '@sveltejs/kit';
import {
  addPair,
  addPrice,
  archiveProduce,
  correctPrice,
  listProduce,
  produce,
  removePair,
  removePrice,
  restoreProduce,
} from '#domains/produce/index.server.ts';
import { correctionForm, pairForm, pairToRemove, priceForm, priceToRemove } from '#domains/produce/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'catalogue:read');
  const found = await produce(actor, idIn(event.params.id), today);
  if (!found) error(404, { message: 'Ce produit n’existe pas.' });
  const mayChange = can(actor, 'catalogue:change');
  const paired = new Set([found.id, ...found.pairs.map(({ produceId }) => produceId)]);
  const others = mayChange ? (await listProduce(actor, today)).rows.filter(({ id }) => !paired.has(id)) : [];
  return { produce: found, others: others.map(({ id, name }) => ({ id, name })), today, mayChange };
};

/** Where one stands again once a part of the page has done its work. */
const back = ({ params }: { params: { jardin: string; id: string } }, part = '') =>
  redirect(303, `/gestion/${params.jardin}/produits/${params.id}${part}`);

export const actions = {
  price: async (event) => {
    const { actor } = enter(event, 'catalogue:change');
    const refusal = await readAnd(event, priceForm, (value) => addPrice(actor, idIn(event.params.id), value));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'Le prix est enregistré.');
    back(event, '#prix');
  },
  correct: async (event) => {
    const { actor } = enter(event, 'catalogue:change');
    const refusal = await readAnd(event, correctionForm, (value) => correctPrice(actor, idIn(event.params.id), value));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'Le prix est corrigé. Les paniers déjà composés gardent celui d’avant.');
    back(event, '#prix');
  },
  withdraw: async (event) => {
    const { actor } = enter(event, 'catalogue:change');
    const refusal = await readAnd(event, priceToRemove, ({ price }) => removePrice(actor, idIn(event.params.id), price));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'Ce prix est retiré : celui d’avant vaut de nouveau.');
    back(event, '#prix');
  },
  pair: async (event) => {
    const { actor } = enter(event, 'catalogue:change');
    const refusal = await readAnd(event, pairForm, ({ other }) => addPair(actor, idIn(event.params.id), other));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'C’est noté : ils ne seront pas proposés ensemble.');
    back(event);
  },
  unpair: async (event) => {
    const { actor } = enter(event, 'catalogue:change');
    const refusal = await readAnd(event, pairToRemove, ({ pair }) => removePair(actor, idIn(event.params.id), pair));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'Ils peuvent de nouveau aller ensemble.');
    back(event);
  },
  archive: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const done = await archiveProduce(actor, idIn(event.params.id));
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Le produit est archivé : il n’est plus proposé.');
    redirect(303, `/gestion/${garden.slug}/produits`);
  },
  restore: async (event) => {
    const { actor } = enter(event, 'catalogue:change');
    const done = await restoreProduce(actor, idIn(event.params.id));
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Le produit est de nouveau proposé.');
    back(event);
  },
};
