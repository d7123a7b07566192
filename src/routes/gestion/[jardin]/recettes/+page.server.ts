import { recipeChoices, recipes } from '#domains/composition/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { readRecipeQuery, recipeFilters, recipesAsked } from './asked.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'composition:read');
  const filters = recipeFilters(await recipeChoices(actor));
  const query = readRecipeQuery(event.url.searchParams, filters);
  return { ...(await recipes(actor, recipesAsked(query))), query, filters, mayChange: can(actor, 'composition:change') };
};
