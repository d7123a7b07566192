import { error, redirect } from '@sveltejs/kit';
import { copyShared, sharedRecipe } from '#domains/composition/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'composition:read');
  const shared = await sharedRecipe(actor, idIn(event.params.partage));
  if (!shared) error(404, { message: 'Cette recette n’est pas partagée, ou ne l’est plus.' });
  return { shared, mayChange: can(actor, 'composition:change') };
};

export const actions = {
  copy: async (event) => {
    const { actor, garden } = enter(event, 'composition:change');
    const done = await copyShared(actor, idIn(event.params.partage));
    if (!done.ok) return refused(done);
    const { id, missing } = done.value;
    const unknown = missing.length ? ` Pas dans votre mercuriale : ${missing.join(', ')}.` : '';
    leaveFlash(event.cookies, `La recette est copiée dans les vôtres.${unknown}`, missing.length ? 'attention' : 'success');
    redirect(303, `/gestion/${garden.slug}/recettes/${id}`);
  },
};
