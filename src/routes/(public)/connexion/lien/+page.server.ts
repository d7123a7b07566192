import { redirect } from '@sveltejs/kit';
import { safeReturn } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { askAuth, forgetWithBrowser } from '#edge/sign-in.ts';

// Opening the link signs nobody in: programs that look at mails would use it up. The button does.
export const load = ({ url }) => ({ token: url.searchParams.get('jeton') ?? '', next: safeReturn(url.searchParams.get('suite')) });

export const actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const token = String(form.get('token') ?? '');
    const answer = await askAuth(event, `/magic-link/verify?token=${encodeURIComponent(token)}`);
    if (answer.ok) {
      if (form.get('remember') !== 'on') await forgetWithBrowser(event);
      redirect(303, safeReturn(String(form.get('suite') ?? '')));
    }
    leaveFlash(
      event.cookies,
      'Ce lien a déjà servi, ou il a expiré. Demandez-en un autre, ou connectez-vous avec votre mot de passe.',
      'attention',
    );
    redirect(303, '/connexion');
  },
};
