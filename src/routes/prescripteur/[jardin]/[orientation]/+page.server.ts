import { error, redirect } from '@sveltejs/kit';
import { sentPerson, withdrawReferral } from '#domains/solidarity/index.server.ts';
import { enterPrescriber } from '#edge/enter-prescriber.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { who, base, today } = await enterPrescriber(event);
  const sent = await sentPerson(who, idIn(event.params.orientation), today);
  if (!sent) error(404, 'Cette orientation n’est pas dans votre espace.');
  return { base, sent };
};

export const actions = {
  retirer: async (event) => {
    const { who, base, today } = await enterPrescriber(event);
    const done = await withdrawReferral(who, idIn(event.params.orientation), today);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'L’orientation est retirée : ce qu’elle disait de la personne est effacé.');
    redirect(303, base);
  },
};
