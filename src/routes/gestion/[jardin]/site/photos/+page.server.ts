import { products } from '#domains/catalogue/index.server.ts';
import { siteOf } from '#domains/site/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { visitorOf } from '#platform/access/own.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'site:read');
  const site = (await siteOf(garden.slug))!;
  // Baskets stand on the public pages: whoever shows them may name them.
  const baskets = await products(visitorOf(actor.gardenId, 'catalogue:read'));
  return {
    photos: site.photos,
    baskets: baskets.filter(({ kind }) => kind === 'basket').map(({ id, name }) => ({ id, name })),
    mayChange: can(actor, 'site:change'),
  };
};
