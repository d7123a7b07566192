import type { RequestEvent } from '@sveltejs/kit';

/** Bytes. The longest of our forms, a customer's record with its notes, takes a hundredth of it. */
const most = 1_000_000;
/** Pages that take files look at the person's right before they read them. Imports have limits of their own (BODY_SIZE_LIMIT, their door); a photo that is too heavy deserves to be told so. */
const takesFiles: Record<string, number> = {
  '/gestion/[jardin]/imports/nouveau': Number.POSITIVE_INFINITY,
  '/gestion/[jardin]/banque/nouveau': 45_000_000,
  '/gestion/[jardin]/prelevements/mandats/nouveau': 20_000_000,
  '/gestion/[jardin]/prelevements/mandats/[id]': 20_000_000,
  '/gestion/[jardin]/messages/groupes/[id]': 20_000_000,
  '/gestion/[jardin]/messages/retours': 20_000_000,
  '/gestion/[jardin]/depots/[id]/photo': 20_000_000,
  '/gestion/[jardin]/site/photos/[place]': 20_000_000,
  '/gestion/[jardin]/site/actualites/[id]/photo': 20_000_000,
  '/gestion/[jardin]/en-tournee/[livraison]': 20_000_000,
  '/gestion/[jardin]/en-tournee/[livraison]/envoi': 20_000_000,
};

/** Whether what was sent is more than any form holds: nobody fills the memory with it, signed in or not. A body of unknown length counts. */
export function tooLarge({ request, route }: Pick<RequestEvent, 'request'> & { route: { id: string | null } }): boolean {
  const limit = takesFiles[route.id ?? ''] ?? most;
  if (limit === Number.POSITIVE_INFINITY) return false;
  const length = request.headers.get('content-length');
  return length === null ? request.headers.has('transfer-encoding') : !(Number(length) <= limit);
}
