import { publishedDays } from '#domains/composition/index.server.ts';
import { inSeason, publicOffer, toHtml } from '#domains/site/index.server.ts';
import { flexibilityOf, shelve, trialOf } from '#domains/site/rules/offer.ts';
import { enterSite } from '#edge/enter-site.ts';
import { offerData, siteHead } from '#edge/site-head.ts';
import { addDays } from '#kernel/day.ts';
import { now } from '#platform/clock.ts';

export const load = async (event) => {
  const { site, base, visitor, today } = await enterSite(event, 'catalogue:read', 'composition:read');
  const [plans, season, days] = await Promise.all([
    publicOffer(visitor, today),
    inSeason(visitor, today),
    publishedDays(visitor, { from: today, until: addDays(today, 6) }, now()),
  ]);
  const shelves = shelve(plans);
  const held = days.flatMap(({ sheets }) => sheets.flatMap(({ baskets }) => baskets));
  return {
    head: siteHead(site, '/paniers', `Les paniers de ${site.name}, leurs prix et leurs formules.`, { title: 'Nos paniers et leurs prix' }),
    data: offerData(site, shelves),
    intro: toHtml(site.texts.baskets, { base }),
    shelves,
    photos: site.photos.filter(({ place }) => place === 'basket'),
    trial: trialOf(plans),
    flexibility: flexibilityOf(plans.filter(({ trialBaskets, productKind }) => trialBaskets === null && productKind === 'basket')),
    season: season.map(({ emoji }) => emoji),
    inside: Object.fromEntries(held.map(({ productId, lines }) => [productId, lines.map(({ name, emoji }) => ({ name, emoji }))])),
  };
};
