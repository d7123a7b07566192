import { publishedDays } from '#domains/composition/index.server.ts';
import { beginningOf, depotsInBrief, inSeason, news, publicOffer, toHtml } from '#domains/site/index.server.ts';
import { shelve, trialOf } from '#domains/site/rules/offer.ts';
import { weekOffers } from '#domains/site/rules/week.ts';
import { enterSite } from '#edge/enter-site.ts';
import { gardenData, siteHead } from '#edge/site-head.ts';
import { addDays } from '#kernel/day.ts';
import { now } from '#platform/clock.ts';

export const load = async (event) => {
  const { site, base, visitor, today } = await enterSite(event, 'site:read', 'catalogue:read', 'composition:read', 'logistics:read');
  const { texts, photos } = site;
  const [plans, days, season, depots, latest] = await Promise.all([
    publicOffer(visitor, today),
    publishedDays(visitor, { from: addDays(today, -2), until: addDays(today, 6) }, now()),
    inSeason(visitor, today),
    depotsInBrief(visitor, today),
    news(visitor, today, now()),
  ]);
  return {
    head: siteHead(site, '', beginningOf(texts.welcome)),
    garden: gardenData(site),
    welcome: toHtml(texts.welcome, { base }),
    about: toHtml(texts.about, { base, first: 3 }),
    social: toHtml(texts.social, { base, first: 3 }),
    photos: Object.fromEntries(
      (['cover', 'about', 'social'] as const).map((place) => [place, photos.find((one) => one.place === place) ?? null]),
    ),
    gallery: photos.filter(({ place }) => place === 'gallery'),
    basketPhotos: photos.filter(({ place }) => place === 'basket'),
    shelves: shelve(plans)
      .filter(({ kind }) => kind === 'basket')
      .slice(0, 3),
    trial: trialOf(plans),
    week: weekOffers(days, today),
    month: today,
    season,
    depots,
    news: latest.slice(0, 3).map(({ body, ...item }) => ({ ...item, summary: item.summary || beginningOf(body) })),
  };
};
