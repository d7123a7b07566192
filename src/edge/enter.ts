import type { RequestEvent } from '@sveltejs/kit';
import { error, redirect } from '@sveltejs/kit';
import type { Day } from '#kernel/day.ts';
import { type Actor, can } from '#platform/access/actor.ts';
import type { Right } from '#platform/access/rights.ts';
import { today } from '#platform/clock.ts';

type Garden = NonNullable<App.Locals['garden']>;

/** Where to sign in, and come back to what was asked for. Only what can be opened again (a GET) is kept. */
export function signInPath(event: Pick<RequestEvent, 'url' | 'request'>): string {
  const wanted = event.request.method === 'GET' ? event.url.pathname + event.url.search : event.url.pathname;
  return `/connexion?suite=${encodeURIComponent(wanted)}`;
}

/**
 * First line of every `load`, action and endpoint under `/gestion/[jardin]`.
 * Signed out: redirects to the sign-in page. Not at work in this garden: 404, as if it did not exist. Without the right: 403.
 * @returns who acts, the garden, and today in France.
 */
export function enter(event: RequestEvent, right?: Right): { actor: Actor; garden: Garden; today: Day } {
  const { person, garden, actor } = event.locals;
  if (!person) redirect(303, signInPath(event));
  if (!garden || !actor) error(404, 'Cette page n’existe pas, ou vous ne travaillez pas dans ce jardin.');
  if (right && !can(actor, right)) {
    error(403, 'Votre rôle ne permet pas d’ouvrir cette page. Un administrateur de votre jardin peut vous en donner le droit.');
  }
  return { actor, garden, today: today() };
}

/** First line of pages that ask only for a signed-in person (her account, choosing a garden). */
export function enterAsPerson(event: RequestEvent): NonNullable<App.Locals['person']> {
  return event.locals.person ?? redirect(303, signInPath(event));
}

/** First line of the network's pages: people of its head office. They see gardens' names, never their rows. */
export function enterNetwork(event: RequestEvent): NonNullable<App.Locals['person']> {
  const person = enterAsPerson(event);
  if (!event.locals.networkStaff) error(403, 'Cette page est réservée à la tête de réseau.');
  return person;
}

/** The page to go back to after signing in: a path of this application, nothing else. */
export function safeReturn(wanted: string | null | undefined, otherwise = '/gestion'): string {
  // No control signs: browsers drop tabs and line ends before they read an address, and « /⇥/elsewhere » would lead elsewhere.
  return wanted && /^\/(?![/\\])\P{Cc}*$/u.test(wanted) ? wanted : otherwise;
}
