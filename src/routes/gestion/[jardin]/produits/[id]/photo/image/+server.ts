import { producePhoto } from '#domains/produce/index.server.ts';
import { answerPhoto } from '#edge/answer-photo.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';

/** The photo, for those who may see the list. */
export const GET = async (event) => {
  const { actor } = enter(event, 'catalogue:read');
  return answerPhoto(await producePhoto(actor, idIn(event.params.id)), 'Ce produit n’a pas de photo.');
};
