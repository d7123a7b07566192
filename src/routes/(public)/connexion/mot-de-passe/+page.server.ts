import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { askAuth, sayAuth } from '#edge/sign-in.ts';
import { refuse } from '#kernel/outcome.ts';
import { newPassword } from '#platform/auth/password.ts';

const chosen = z.object({ token: z.string().min(1), newPassword });

export const load = ({ url }) => ({ token: url.searchParams.get('jeton') ?? '' });

export const actions = {
  default: async (event) => {
    const form = await readForm(event, chosen);
    if (!form.ok) return form.failure;
    const answer = await askAuth(event, '/reset-password', form.value);
    if (!answer.ok) return refused(refuse(sayAuth(answer)), form.values);
    leaveFlash(event.cookies, 'Votre mot de passe est choisi. Connectez-vous avec votre adresse e-mail et ce mot de passe.');
    redirect(303, '/connexion');
  },
};
