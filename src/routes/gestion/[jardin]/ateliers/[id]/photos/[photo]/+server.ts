import { workshopPhotoFile } from '#domains/workshops/index.server.ts';
import { answerPhoto } from '#edge/answer-photo.ts';
import { enter } from '#edge/enter.ts';

/** `/photos/12-480.webp`: a width of a photo, for the team, whether it is shown or not. */
export const GET = async (event) => {
  const { actor } = enter(event, 'workshops:change');
  const [, id, width] = /^(\d{1,9})-(\d{1,4})\.webp$/.exec(event.params.photo) ?? [];
  return answerPhoto(id ? await workshopPhotoFile(actor, Number(id), Number(width)) : null, 'Cette photo n’est plus là.');
};
