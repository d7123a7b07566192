import { redirect } from '@sveltejs/kit';
import { leaveFlash } from '#edge/flash.ts';
import { askAuth } from '#edge/sign-in.ts';

export const actions = {
  default: async (event) => {
    await askAuth(event, '/sign-out', {});
    leaveFlash(event.cookies, 'Vous êtes déconnecté. À bientôt !', 'info');
    redirect(303, '/connexion');
  },
};
