import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { enterAsPerson } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { qrCode } from '#edge/qr.ts';
import { askAuth, sayAuth } from '#edge/sign-in.ts';
import { refuse } from '#kernel/outcome.ts';
import { protectionOf } from '#platform/auth/own-account.ts';

const proven = z.object({ accountPassword: z.string().min(1) });
/** The proposed key travels with the form until it is confirmed; the codes too, so that a wrong figure does not lose them. */
const confirmed = z.object({
  secondFactor: z.string().trim().min(1),
  uri: z.string().startsWith('otpauth://totp/'),
  codes: z.string().regex(/^[\w-]+( [\w-]+)*$/),
});

export const load = async (event) => {
  const { hasPassword, secondFactor } = await protectionOf(enterAsPerson(event).id);
  return { hasPassword, secondFactor };
};

/** What the page shows while the second factor is being switched on. */
const offer = (uri: string, codes: string) => ({ uri, codes, qr: qrCode(uri), key: new URL(uri).searchParams.get('secret') ?? '' });

export const actions = {
  begin: async (event) => {
    enterAsPerson(event);
    const form = await readForm(event, proven);
    if (!form.ok) return form.failure;
    const answer = await askAuth<{ totpURI: string; backupCodes: string[] }>(event, '/two-factor/enable', {
      password: form.value.accountPassword,
    });
    if (!answer.ok) return refused(refuse(sayAuth(answer)), form.values);
    return { offer: offer(answer.data.totpURI, answer.data.backupCodes.join(' ')) };
  },

  confirm: async (event) => {
    enterAsPerson(event);
    const form = await readForm(event, confirmed);
    if (!form.ok) return form.failure;
    const { secondFactor, uri, codes } = form.value;
    const answer = await askAuth(event, '/two-factor/verify-totp', { code: secondFactor.replace(/\s/g, '') });
    if (!answer.ok) return { offer: offer(uri, codes), message: sayAuth(answer), errors: { secondFactor: sayAuth(answer) }, values: {} };
    leaveFlash(event.cookies, 'Le code de sécurité est activé. Il vous sera demandé à la prochaine connexion.');
    redirect(303, '/mon-compte/connexion');
  },

  disable: async (event) => {
    enterAsPerson(event);
    const form = await readForm(event, proven);
    if (!form.ok) return form.failure;
    const answer = await askAuth(event, '/two-factor/disable', { password: form.value.accountPassword });
    if (!answer.ok) return refused(refuse(sayAuth(answer)), form.values);
    leaveFlash(event.cookies, 'Le code de sécurité n’est plus demandé.');
    redirect(303, '/mon-compte/connexion');
  },

  codes: async (event) => {
    enterAsPerson(event);
    const form = await readForm(event, proven);
    if (!form.ok) return form.failure;
    const answer = await askAuth<{ backupCodes: string[] }>(event, '/two-factor/generate-backup-codes', {
      password: form.value.accountPassword,
    });
    if (!answer.ok) return refused(refuse(sayAuth(answer)), form.values);
    return { newCodes: answer.data.backupCodes };
  },
};
