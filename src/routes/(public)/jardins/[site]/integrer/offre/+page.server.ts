import { publicOffer } from '#domains/site/index.server.ts';
import { shelve } from '#domains/site/rules/offer.ts';
import { enterSite } from '#edge/enter-site.ts';

export const load = async (event) => {
  const { visitor, today } = await enterSite(event, 'catalogue:read');
  return { shelves: shelve(await publicOffer(visitor, today)) };
};
