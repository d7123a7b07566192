import { error } from '@sveltejs/kit';
import { ownSubscription } from '#domains/account/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  const found = await ownSubscription(own, idIn(event.params.abo), today);
  if (!found) error(404, 'Cet abonnement n’existe pas, ou ce n’est pas le vôtre.');
  return { today, ...found };
};
