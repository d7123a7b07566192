import { gardenSteps } from '#domains/desk/index.server.ts';
import { enter } from '#edge/enter.ts';
import { onServer } from '#edge/on-server.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event);
  return onServer({ base: `/gestion/${garden.slug}`, ...(await gardenSteps(actor)) });
};
