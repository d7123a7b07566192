import { error } from '@sveltejs/kit';
import { recipe } from '#domains/composition/index.server.ts';
import { linesOf } from '#domains/site/rules/recipe.ts';
import { canonical, enterSite } from '#edge/enter-site.ts';
import { siteHead } from '#edge/site-head.ts';

export const load = async (event) => {
  const { site, visitor } = await enterSite(event, 'composition:read');
  const id = Number(event.params.recette);
  const found = Number.isSafeInteger(id) && id > 0 ? await recipe(visitor, id) : null;
  if (!found || found.archived) error(404, 'Cette recette n’est pas, ou n’est plus, en ligne.');
  const { name, servings, minutes, produce } = found;
  const [ingredients, steps] = [linesOf(found.ingredients, 'bullets'), linesOf(found.body, 'steps')];
  const names = produce.map((one) => one.name);
  const path = `/recettes/${id}`;
  return {
    head: siteHead(site, path, names.length ? `${name}, avec ${names.join(', ').toLowerCase()} du jardin.` : name, { title: name }),
    data: {
      '@type': 'Recipe',
      name,
      image: canonical(site, '/partage.jpg'),
      author: { '@type': 'Organization', name: site.name },
      ...(servings && { recipeYield: `${servings} personnes` }),
      ...(minutes && { totalTime: `PT${minutes}M` }),
      recipeIngredient: ingredients,
      recipeInstructions: steps.map((text) => ({ '@type': 'HowToStep', text })),
    },
    recipe: { name, servings, minutes, produce, ingredients, steps },
  };
};
