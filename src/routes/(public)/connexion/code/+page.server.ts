import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { safeReturn } from '#edge/enter.ts';
import { readForm, refused } from '#edge/forms.ts';
import { askAuth, sayAuth } from '#edge/sign-in.ts';
import { refuse } from '#kernel/outcome.ts';

const secondFactor = z.object({ secondFactor: z.string().trim().min(1), trust: z.literal('on').optional(), suite: z.string().optional() });

export const load = ({ locals, url }) => {
  const next = safeReturn(url.searchParams.get('suite'));
  if (locals.person) redirect(303, next);
  return { next };
};

export const actions = {
  /** Six figures of the application, or one of the spare codes: told apart by their form. */
  default: async (event) => {
    const form = await readForm(event, secondFactor);
    if (!form.ok) return form.failure;
    const code = form.value.secondFactor.replace(/\s/g, '');
    const path = /^\d{6}$/.test(code) ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code';
    const answer = await askAuth(event, path, { code, trustDevice: form.value.trust === 'on' });
    if (!answer.ok) return refused(refuse(sayAuth(answer)), form.values);
    redirect(303, safeReturn(form.value.suite));
  },
};
