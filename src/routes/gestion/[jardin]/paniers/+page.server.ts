import { products } from '#domains/catalogue/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'catalogue:read');
  return { products: await products(actor), mayChange: can(actor, 'catalogue:change') };
};
