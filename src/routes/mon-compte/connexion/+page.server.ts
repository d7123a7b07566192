import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { enterAsPerson } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { askAuth, sayAuth } from '#edge/sign-in.ts';
import { refuse } from '#kernel/outcome.ts';
import { endSession, openSessions, protectionOf, signOutEverywhere } from '#platform/auth/own-account.ts';
import { newPassword } from '#platform/auth/password.ts';

const named = z.object({ name: z.string().trim().min(1).max(100) });
const changed = z.object({ accountPassword: z.string().min(1), newPassword });
const ended = z.object({ session: z.string().min(1) });

const french = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' });

export const load = async (event) => {
  const person = enterAsPerson(event);
  const [sessions, protection] = await Promise.all([openSessions(person.id, event.locals.sessionToken), protectionOf(person.id)]);
  return {
    sessions: sessions.map(({ id, device, since, current }) => ({ id, device, current, since: french.format(since) })),
    hasPassword: protection.hasPassword,
    secondFactor: protection.secondFactor,
    passkeys: protection.passkeys.length,
  };
};

const back = (event: Parameters<typeof enterAsPerson>[0] & { cookies: Parameters<typeof leaveFlash>[0] }, text: string): never => {
  leaveFlash(event.cookies, text);
  redirect(303, '/mon-compte/connexion');
};

export const actions = {
  name: async (event) => {
    enterAsPerson(event);
    const form = await readForm(event, named);
    if (!form.ok) return form.failure;
    const answer = await askAuth(event, '/update-user', form.value);
    if (!answer.ok) return refused(refuse(sayAuth(answer)), form.values);
    return back(event, 'Votre nom est enregistré.');
  },

  /** Other devices are signed out: somebody who changes her password may have a reason to. */
  password: async (event) => {
    enterAsPerson(event);
    const form = await readForm(event, changed);
    if (!form.ok) return form.failure;
    const { accountPassword: currentPassword, newPassword } = form.value;
    const answer = await askAuth(event, '/change-password', { currentPassword, newPassword, revokeOtherSessions: true });
    if (!answer.ok)
      return refused(
        refuse(sayAuth(answer), answer.data.code === 'INVALID_PASSWORD' ? { accountPassword: sayAuth(answer) } : {}),
        form.values,
      );
    return back(event, 'Votre mot de passe est changé. Vos autres appareils sont déconnectés.');
  },

  end: async (event) => {
    const person = enterAsPerson(event);
    const form = await readForm(event, ended);
    if (!form.ok) return form.failure;
    await endSession(person.id, form.value.session);
    return back(event, 'Cet appareil est déconnecté.');
  },

  everywhere: async (event) => {
    const person = enterAsPerson(event);
    await signOutEverywhere(person.id);
    await askAuth(event, '/sign-out', {});
    leaveFlash(event.cookies, 'Vous êtes déconnecté de tous vos appareils.', 'info');
    redirect(303, '/connexion');
  },
};
