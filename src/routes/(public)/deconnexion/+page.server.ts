import { fail, redirect } from '@sveltejs/kit';
import { isWaiting } from '#edge/device.ts';
import { leaveFlash } from '#edge/flash.ts';
import { askAuth } from '#edge/sign-in.ts';

export const actions = {
  default: async (event) => {
    const anyway = (await event.request.formData()).has('anyway');
    if (isWaiting(event.cookies) && !anyway) return fail(409, { waiting: true });
    await askAuth(event, '/sign-out', {});
    leaveFlash(event.cookies, 'Vous êtes déconnecté. À bientôt !', 'info');
    redirect(303, '/connexion');
  },
};
