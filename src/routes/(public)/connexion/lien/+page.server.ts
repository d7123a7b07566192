import { redirect } from '@sveltejs/kit';
import { leaveFlash } from '#edge/flash.ts';
import { askAuth } from '#edge/sign-in.ts';

// Opening the link signs nobody in: programs that look at mails would use it up. The button does.
export const load = ({ url }) => ({ token: url.searchParams.get('jeton') ?? '' });

export const actions = {
  default: async (event) => {
    const token = String((await event.request.formData()).get('token') ?? '');
    const answer = await askAuth(event, `/magic-link/verify?token=${encodeURIComponent(token)}`);
    if (answer.ok) redirect(303, '/gestion');
    leaveFlash(
      event.cookies,
      'Ce lien a déjà servi, ou il a expiré. Demandez-en un autre, ou connectez-vous avec votre mot de passe.',
      'attention',
    );
    redirect(303, '/connexion');
  },
};
