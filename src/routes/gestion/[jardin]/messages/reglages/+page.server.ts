import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { saveSender, senderSettings, sendTestLetter } from '#domains/messages/index.server.ts';
import { senderForm } from '#domains/messages/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';
import { allowTry } from '#platform/auth/limits.ts';
import { config } from '#platform/config.ts';
import { messageTabs } from '../tabs.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'settings:read');
  return {
    base: `/gestion/${garden.slug}/messages`,
    tabs: messageTabs(garden.slug, true),
    settings: await senderSettings(actor),
    me: event.locals.person!.email,
    demo: config.demo(),
    mayChange: can(actor, 'settings:change'),
  };
};

const tryForm = z.object({ adresse: z.email('Cette adresse n’est pas une adresse e-mail.') });

export const actions = {
  enregistrer: async (event) => {
    const { actor } = enter(event, 'settings:change');
    const form = await readForm(event, senderForm as never as z.ZodObject);
    if (!form.ok) return form.failure;
    const { version, ...values } = form.value as z.output<typeof senderForm>;
    const saved = await saveSender(actor, version, values);
    if (!saved.ok) return refused(saved, withoutSecrets(form.values));
    leaveFlash(event.cookies, 'C’est enregistré. Envoyez-vous une lettre d’essai pour voir si elle arrive.');
    redirect(303, event.url.pathname);
  },
  essai: async (event) => {
    const { actor } = enter(event, 'settings:change');
    const form = await readForm(event, tryForm);
    if (!form.ok) return form.failure;
    if (!(await allowTry('letter-test', String(actor.gardenId), 10, 3600)))
      return refused({ ok: false, reason: 'Dix essais par heure, pas plus. Réessayez un peu plus tard.' }, form.values);
    const sent = await sendTestLetter(actor, form.value.adresse);
    if (!sent.ok) return refused({ ...sent, fields: { adresse: sent.reason } }, form.values);
    leaveFlash(event.cookies, `La lettre d’essai est partie vers ${sent.value.to}. Regardez aussi parmi les courriers indésirables.`);
    redirect(303, event.url.pathname);
  },
};

const withoutSecrets = (values: Record<string, string | string[]>) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name !== 'smtpPassword' && name !== 'smsKey'));
