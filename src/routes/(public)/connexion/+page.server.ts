import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { gardensOfNetwork, systemNetwork } from '#domains/network/index.server.ts';
import { safeReturn } from '#edge/enter.ts';
import { readForm, refused } from '#edge/forms.ts';
import { askAuth, sayAuth } from '#edge/sign-in.ts';
import { refuse } from '#kernel/outcome.ts';
import { allowTry, forgetTries } from '#platform/auth/limits.ts';
import { config } from '#platform/config.ts';

const email = z.preprocess(
  (value) =>
    String(value ?? '')
      .trim()
      .toLowerCase(),
  z.email(),
);
const withPassword = z.object({
  email,
  accountPassword: z.string().min(1),
  remember: z.literal('on').optional(),
  suite: z.string().optional(),
});
const withLink = z.object({ email, suite: z.string().optional() });

const QUARTER = 15 * 60;

export const load = async ({ locals, url }) => {
  const next = safeReturn(url.searchParams.get('suite'));
  if (locals.person) redirect(303, next);
  return { next, demo: config.demo(), ways: config.demo() ? await demonstrationWays() : [] };
};

/** The demonstration shows its sign-ins to everyone; elsewhere nothing of it is even loaded. */
async function demonstrationWays() {
  const { signIns } = await import('#demo/team.ts');
  return signIns(await gardensOfNetwork(systemNetwork));
}

export const actions = {
  /** E-mail and password; an account with a second factor goes on to its code. */
  password: async (event) => {
    const form = await readForm(event, withPassword);
    if (!form.ok) return form.failure;
    const { accountPassword, remember, suite, ...value } = form.value;
    if (!(await allowTry('password', value.email, 10, QUARTER))) {
      return refused(
        refuse('Trop d’essais pour cette adresse. Attendez un quart d’heure, ou demandez un lien de connexion par e-mail.'),
        form.values,
      );
    }
    const answer = await askAuth<{ twoFactorRedirect?: boolean }>(event, '/sign-in/email', {
      email: value.email,
      password: accountPassword,
      rememberMe: remember === 'on',
    });
    if (!answer.ok) return refused(refuse(sayAuth(answer)), form.values);
    await forgetTries('password', value.email);
    const next = safeReturn(suite);
    redirect(303, answer.data.twoFactorRedirect ? `/connexion/code?suite=${encodeURIComponent(next)}` : next);
  },

  /** A link by e-mail. The answer is the same whether or not the address has an account. */
  link: async (event) => {
    const form = await readForm(event, withLink);
    if (!form.ok) return form.failure;
    if (await allowTry('link', form.value.email, 5, QUARTER)) {
      const { email, suite } = form.value;
      const next = safeReturn(suite, '');
      const answer = await askAuth(event, '/sign-in/magic-link', { email, ...(next && next !== '/gestion' && { callbackURL: next }) });
      if (!answer.ok) return fail(429, { values: form.values, errors: {}, message: sayAuth(answer) });
    }
    return { sentTo: form.value.email };
  },
};
