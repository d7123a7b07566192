import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { archiveRecipe, recipe, restoreRecipe, shareRecipe, takeBackRecipe } from '#domains/composition/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'composition:read');
  const found = await recipe(actor, idIn(event.params.id));
  if (!found) error(404, { message: 'Cette recette n’existe pas.' });
  return { recipe: found, mayChange: can(actor, 'composition:change') };
};

/** Does one thing to the recipe, says it, and comes back to where it is seen. */
const act =
  (work: typeof shareRecipe, said: string, list = false) =>
  async (event: RequestEvent) => {
    const { actor, garden } = enter(event, 'composition:change');
    const id = idIn(event.params.id);
    const done = await work(actor, id);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, said);
    redirect(303, `/gestion/${garden.slug}/recettes${list ? '' : `/${id}`}`);
  };

export const actions = {
  share: act(shareRecipe, 'La recette est partagée : tous les jardins du réseau peuvent la lire et la copier.'),
  takeBack: act(takeBackRecipe, 'La recette n’est plus partagée. Les jardins qui l’ont copiée gardent leur copie.'),
  archive: act(archiveRecipe, 'La recette est archivée : elle n’est plus proposée.', true),
  restore: act(restoreRecipe, 'La recette est de nouveau proposée.'),
};
