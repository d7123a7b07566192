import { redirect } from '@sveltejs/kit';
import { createRecipe, recipeChoices } from '#domains/composition/index.server.ts';
import { newRecipeForm } from '#domains/composition/schema-recipes.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'composition:change');
  return { produce: await recipeChoices(actor) };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'composition:change');
    const form = await readForm(event, newRecipeForm);
    if (!form.ok) return form.failure;
    const done = await createRecipe(actor, form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, `La recette « ${form.value.name} » est enregistrée.`);
    redirect(303, `/gestion/${garden.slug}/recettes/${done.value.id}`);
  },
};
