import { publishedDays } from '#domains/composition/index.server.ts';
import { recipeCards } from '#domains/site/index.server.ts';
import { enterSite } from '#edge/enter-site.ts';
import { siteHead } from '#edge/site-head.ts';
import { addDays } from '#kernel/day.ts';
import { now } from '#platform/clock.ts';

export const load = async (event) => {
  const { site, visitor, today } = await enterSite(event, 'composition:read');
  const days = await publishedDays(visitor, { from: addDays(today, -2), until: addDays(today, 6) }, now());
  const produceIds = days.flatMap(({ sheets }) =>
    sheets.flatMap(({ baskets }) => baskets.flatMap(({ lines }) => lines.map((line) => line.produceId))),
  );
  const recipes = await recipeCards(visitor, { produceIds: [...new Set(produceIds)] });
  return {
    head: siteHead(site, '/recettes', `Des recettes simples pour les légumes des paniers de ${site.name}.`, { title: 'Recettes' }),
    // Those of which this week's baskets hold at least half, then the others by name.
    now: recipes.filter(({ shared, produce }) => shared > 0 && shared * 2 >= produce.length),
    others: recipes
      .filter(({ shared, produce }) => !(shared > 0 && shared * 2 >= produce.length))
      .sort((a, b) => a.name.localeCompare(b.name, 'fr')),
  };
};
