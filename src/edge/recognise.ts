import type { RequestEvent } from '@sveltejs/kit';
import { actorOf } from '#platform/access/actor.ts';
import { auth, cookieNames } from '#platform/auth/auth.ts';
import { needsRenewal, personAtWork, stayAwake, tokenOf } from '#platform/auth/session.ts';
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
  // One that ends with the browser also ends when nobody is there any more.
  if (event.cookies.get(cookieNames().endsWithBrowser)) await stayAwake(token, found.expiresAt);
  // Once a day, better-auth prolongs the others.
  else if (needsRenewal(found.expiresAt)) {
    const { headers } = await auth().api.getSession({ headers: event.request.headers, returnHeaders: true });
    passCookies(event, headers);
  }
}
