import type { Cookies, RequestEvent } from '@sveltejs/kit';

/** Whose round this device keeps for when there is no network. */
const holder = 'cocagne.tournee';
/** How much waits on this device to be sent; written by the page of the round. */
const waiting = 'cocagne.attente';
const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: false } as const;

/** The page that is about to be shown will be kept on this device, for this person. */
export const keepFor = (cookies: Cookies, personId: string): void => cookies.set(holder, personId, { ...options, maxAge: 30 * 86_400 });

/** Whether something said on this device has not been sent yet. */
export const isWaiting = (cookies: Cookies): boolean => Number(cookies.get(waiting) ?? 0) > 0;

/**
 * What a device keeps for a person goes when she signs out, or when somebody else has signed in: pages, what waits to be sent, and the service
 * worker itself.
 */
export function forgetOthers(event: RequestEvent, response: Response): void {
  const kept = event.cookies.get(holder);
  if (!kept) return;
  const { person } = event.locals;
  const leaves = event.request.method === 'POST' && event.route.id === '/(public)/deconnexion' && response.status === 303;
  if (!leaves && (!person || person.id === kept)) return;
  response.headers.set('clear-site-data', '"storage"');
  for (const name of [holder, waiting])
    response.headers.append('set-cookie', event.cookies.serialize(name, '', { path: '/', maxAge: 0, secure: false }));
}
