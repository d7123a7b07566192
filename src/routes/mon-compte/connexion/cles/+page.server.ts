import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { enterAsPerson } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm } from '#edge/forms.ts';
import { deletePasskey, protectionOf } from '#platform/auth/own-account.ts';

const french = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' });

export const load = async (event) => {
  const { passkeys } = await protectionOf(enterAsPerson(event).id);
  return {
    passkeys: passkeys.map(({ id, name, createdAt }) => ({ id, name, since: createdAt ? french.format(new Date(createdAt)) : '' })),
  };
};

export const actions = {
  remove: async (event) => {
    const person = enterAsPerson(event);
    const form = await readForm(event, z.object({ passkey: z.string().min(1) }));
    if (!form.ok) return form.failure;
    await deletePasskey(person.id, form.value.passkey);
    leaveFlash(event.cookies, 'Cette clé n’ouvre plus votre compte.');
    redirect(303, '/mon-compte/connexion/cles');
  },
};
