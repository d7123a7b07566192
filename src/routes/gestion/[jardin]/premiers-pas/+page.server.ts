import { gardenSteps } from '#domains/desk/index.server.ts';
import { enter } from '#edge/enter.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event);
  return { base: `/gestion/${garden.slug}`, ...(await gardenSteps(actor)) };
};
