import { seasonCosts } from '#domains/composition/index.server.ts';
import { sayBudgetGap, sayEuros, sayMargin } from '#domains/composition/rules/say-figures.ts';
import { leftOver } from '#domains/composition/rules/season-cost.ts';
import { enter } from '#edge/enter.ts';
import { idAsked } from '#edge/id.ts';
import { toNumber } from '#kernel/exact.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'composition:read');
  const { season, seasons, marginBase, products } = await seasonCosts(actor, today, idAsked(event.url.searchParams.get('saison')));
  return {
    season,
    seasons,
    marginBase,
    products: products.map(({ points, ...product }) => {
      const last = points.at(-1);
      return {
        ...product,
        now: last
          ? {
              meanCost: sayEuros(last.meanCost),
              meanPaid: sayEuros(last.meanPaid),
              margin: last.margin ? sayMargin(last.margin) : '–',
              totalCost: sayBudgetGap(last.totalCost).replace('+', ''),
              totalPaid: sayBudgetGap(last.totalPaid).replace('+', ''),
              left: sayBudgetGap(leftOver(last)),
              baskets: points.reduce((sum, one) => sum + one.baskets, 0),
            }
          : null,
        curve: points.map((one) => ({
          day: one.day,
          cost: toNumber(one.cost),
          mean: toNumber(one.meanCost),
          paid: toNumber(one.meanPaid),
        })),
        rows: points.toReversed().map((one) => ({
          day: one.day,
          baskets: one.baskets,
          cost: sayEuros(one.cost),
          meanCost: sayEuros(one.meanCost),
          meanPaid: sayEuros(one.meanPaid),
          margin: one.margin ? sayMargin(one.margin) : '–',
        })),
      };
    }),
  };
};
