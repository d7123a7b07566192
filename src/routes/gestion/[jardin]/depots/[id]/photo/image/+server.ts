import { depotPhoto } from '#domains/logistics/index.server.ts';
import { answerPhoto } from '#edge/answer-photo.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';

/** The photo, for those who may see depots. */
export const GET = async (event) => {
  const { actor } = enter(event, 'logistics:read');
  return answerPhoto(await depotPhoto(actor, idIn(event.params.id)), 'Ce dépôt n’a pas de photo.');
};
