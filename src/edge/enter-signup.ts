import type { RequestEvent } from '@sveltejs/kit';
import { redirect } from '@sveltejs/kit';
import {
  type Answered,
  type Asked,
  answerStep,
  keepTyped,
  type Looking,
  type Moment,
  newToken,
  type SignupPage,
  signupPage,
  type Visit,
} from '#domains/signup/index.server.ts';
import type { Step } from '#domains/signup/rules/steps.ts';
import { summaryOf } from '#domains/signup/ui/summary.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { type HomeRecord, recordsOf } from '#platform/auth/at-home.ts';
import { allowTry } from '#platform/auth/limits.ts';
import { now } from '#platform/clock.ts';
import { limitedAddress } from './address.ts';
import { type AtSite, enterSite } from './enter-site.ts';
import { type FormFailure, refused } from './forms.ts';
import { addressOf } from './sign-in.ts';
import { siteHead } from './site-head.ts';

const COOKIE = 'cocagne.inscription';
const DAYS = 30;

export type AtSignup = AtSite & {
  /** Address of the first step. */
  root: string;
  looking: Looking;
  /** The record of whoever signed in, in this garden. */
  own: HomeRecord | null;
};

/** First line of every `load` and action of a sign-up: the garden's pages, the draft of this device, and the customer who signed in. */
export async function enterSignup(event: RequestEvent): Promise<AtSignup> {
  const at = await enterSite(event, 'subscriptions:change', 'logistics:read');
  const { person } = event.locals;
  const own = person ? ((await recordsOf(person.id)).find(({ gardenId }) => gardenId === at.site.gardenId) ?? null) : null;
  const looking = { actor: at.visitor, token: event.cookies.get(COOKIE) ?? null, customerId: own?.customerId ?? null };
  return { ...at, root: `${at.base}/inscription`, looking, own };
}

export const stepAddress = (root: string, step: Step): string => (step === 'panier' ? root : `${root}/${step}`);

/** What every step shows, with the page itself for those that show more. Sent already, or opened too soon: leads where it goes on. */
export async function openStep(event: RequestEvent, step: Step) {
  const at = await enterSignup(event);
  const { site, root, looking, today } = at;
  if (!site.settings.signupOpen && step !== 'panier') redirect(303, root);
  const page = await signupPage(looking, step, today);
  if ('state' in page) redirect(303, `${root}/merci`);
  if (page.instead) redirect(303, stepAddress(root, page.instead));
  return { at, page, frame: frameOf(at, page, step) };
}

const frameOf = ({ site, root, own, base }: AtSignup, page: SignupPage, step: Step) => {
  const index = page.way.indexOf(step);
  const before = page.way[index - 1];
  return {
    head: {
      ...siteHead(site, '/inscription', `Abonnez-vous aux paniers de ${site.name} : quelques questions, trois minutes.`),
      hidden: true,
    },
    root,
    base,
    step,
    way: page.way,
    /** Once all is answered, a step that is opened again leads back to the end. */
    ready: page.next === 'verifier',
    back: before ? stepAddress(root, before) : null,
    summary: summaryOf(page),
    me: own ? own.customerName : null,
  };
};

/** Where and when this comes from, for what is agreed to. */
export function momentOf(event: RequestEvent): Moment {
  const at = now();
  const part = (options: Intl.DateTimeFormatOptions) => at.toLocaleString('fr-FR', { timeZone: 'Europe/Paris', ...options });
  return {
    at: `${part({ dateStyle: 'short' })} à ${part({ timeStyle: 'medium' })} (heure de Paris)`,
    address: addressOf(event),
    agent: (event.request.headers.get('user-agent') ?? '').slice(0, 300),
  };
}

const TOO_MANY: FormFailure = {
  values: {},
  errors: {},
  message: 'Trop d’essais depuis cet appareil : attendez une heure, ou appelez le jardin.',
};

/** Whether this may go on: so many times an hour for a subject. @returns what to answer when it may not. */
export async function limited(what: string, subject: string, most: number): Promise<Outcome<null>> {
  return (await allowTry(what, subject, most, 3600)) ? { ok: true, value: null } : { ok: false, reason: TOO_MANY.message };
}

/** The visit that an answer belongs to; the first answer of a device begins one. */
export async function visitFrom(event: RequestEvent, { looking, root, site }: AtSignup): Promise<Outcome<Visit>> {
  if (looking.token) return { ok: true, value: { ...looking, token: looking.token } };
  const may = await limited('inscription', `${site.gardenId} ${limitedAddress(addressOf(event))}`, 120);
  if (!may.ok) return may;
  const token = newToken();
  rememberDraft(event, root, token);
  return { ok: true, value: { ...looking, token } };
}

export const rememberDraft = ({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, root: string, token: string): void =>
  cookies.set(COOKIE, token, { path: root, httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:', maxAge: DAYS * 86_400 });

export const forgetDraft = ({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, root: string): void =>
  cookies.delete(COOKIE, { path: root, secure: url.protocol === 'https:' });

/** Keeps a wrong form as it was typed, for when its writer comes back. */
export async function keepWrong(event: RequestEvent, at: AtSignup, step: Asked, values: FormFailure['values']): Promise<void> {
  const visit = await visitFrom(event, at);
  if (visit.ok) await keepTyped(visit.value, step, textsOf(values));
}

/** Answers a step and goes on, or gives back what is refused. */
export async function answer(event: RequestEvent, at: AtSignup, step: Asked, values: FormFailure['values']) {
  const visit = await visitFrom(event, at);
  if (!visit.ok) return refused(visit, values);
  return goOn(await answerStep(visit.value, step, textsOf(values), momentOf(event), at.today), at, values);
}

export function goOn(answered: Outcome<Answered>, { root }: AtSignup, values: FormFailure['values']) {
  if (!answered.ok) return refused(answered, values);
  redirect(303, 'sent' in answered.value ? `${root}/merci` : stepAddress(root, answered.value.next));
}

const textsOf = (values: FormFailure['values']): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : (value[0] ?? '')]));
