import { publishedDays } from '#domains/composition/index.server.ts';
import { inSeason, recipeCards, toHtml } from '#domains/site/index.server.ts';
import { enterSite } from '#edge/enter-site.ts';
import { siteHead } from '#edge/site-head.ts';
import { addDays } from '#kernel/day.ts';
import { now } from '#platform/clock.ts';

export const load = async (event) => {
  const { site, base, visitor, today } = await enterSite(event, 'composition:read');
  const [days, season] = await Promise.all([
    publishedDays(visitor, { from: addDays(today, -4), until: addDays(today, 6) }, now()),
    inSeason(visitor, today),
  ]);
  // What comes; on the eve of nothing, what came last.
  const coming = days.filter(({ day }) => day >= today);
  const shown = coming.length ? coming : days.slice(-1);
  const produceIds = [
    ...new Set(
      shown.flatMap(({ sheets }) => sheets.flatMap(({ baskets }) => baskets.flatMap(({ lines }) => lines.map((line) => line.produceId)))),
    ),
  ];
  const recipes = await recipeCards(visitor, { produceIds, most: 4 });
  return {
    head: siteHead(site, '/cette-semaine', `Ce qu’il y a cette semaine dans les paniers de ${site.name}.`, {
      title: 'Cette semaine dans les paniers',
    }),
    days: shown.map(({ news, ...day }) => ({ ...day, news: news && toHtml(news, { base, first: 3 }) })),
    today,
    season,
    recipes: recipes.filter(({ shared }) => shared > 0 || shown.length === 0),
  };
};
