import { markPhoto } from '#domains/rounds/index.server.ts';
import { answerPhoto } from '#edge/answer-photo.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';

/** The photo of a problem, for those who may see rounds. */
export const GET = async (event) => {
  const { actor } = enter(event, 'rounds:read');
  return answerPhoto(await markPhoto(actor, idIn(event.params.livraison), idIn(event.params.pointage)), 'Ce pointage n’a pas de photo.');
};
