import type { RequestEvent } from '@sveltejs/kit';
import { actorOf } from '#platform/access/actor.ts';
import { auth, cookieNames } from '#platform/auth/auth.ts';
import { needsRenewal, personAtWork, tokenOf } from '#platform/auth/session.ts';
import { passCookies } from './sign-in.ts';

/** Reads the session's cookie and fills `event.locals`: the person, her gardens, and her rights in the garden of the address. One query. */
export async function recognise(event: RequestEvent): Promise<void> {
  const token = tokenOf(event.cookies.get(cookieNames().session));
  if (!token) return;
  const { locals } = event;
  const found = await personAtWork(token, event.params.jardin ?? null);
  if (!found) return;
  const { person, garden, gardens, networkStaff, rights } = found;
  Object.assign(locals, { person, gardens, networkStaff, sessionToken: token });
  if (garden) {
    locals.garden = garden;
    locals.actor = actorOf(garden.id, person.id, rights);
  }
  // Once a day, better-auth prolongs the session; one that ends with the browser is never prolonged.
  if (needsRenewal(found.expiresAt) && !event.cookies.get(cookieNames().endsWithBrowser)) {
    const { headers } = await auth().api.getSession({ headers: event.request.headers, returnHeaders: true });
    passCookies(event, headers);
  }
}
