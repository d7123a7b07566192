import { error } from '@sveltejs/kit';
import { recipeHistory } from '#domains/composition/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'composition:read');
  return (await recipeHistory(actor, idIn(event.params.id))) ?? error(404, { message: 'Cette recette n’existe pas.' });
};
