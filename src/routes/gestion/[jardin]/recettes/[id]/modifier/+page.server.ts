import { error, redirect } from '@sveltejs/kit';
import { changeRecipe, recipe, recipeChoices } from '#domains/composition/index.server.ts';
import { recipeForm } from '#domains/composition/schema-recipes.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'composition:change');
  const found = await recipe(actor, idIn(event.params.id));
  if (!found) error(404, { message: 'Cette recette n’existe pas.' });
  const { id, version, name, servings, minutes, ingredients, body, produce, sharedId } = found;
  return {
    recipe: { id, version, name, shared: sharedId !== null },
    produce: await recipeChoices(actor),
    values: { name, servings, minutes, ingredients, body, produceIds: produce.map((one) => one.id) },
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'composition:change');
    const form = await readForm(event, recipeForm);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const { version, ...values } = form.value;
    const done = await changeRecipe(actor, id, version, values);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La recette est enregistrée.');
    redirect(303, `/gestion/${garden.slug}/recettes/${id}`);
  },
};
