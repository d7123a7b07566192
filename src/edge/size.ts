import type { RequestEvent } from '@sveltejs/kit';

/** Bytes. The longest of our forms, a customer's record with its notes, takes a hundredth of it. */
const most = 1_000_000;
/** The page that takes files looks at the person's right before it reads them, and has limits of its own (BODY_SIZE_LIMIT, the door of imports). */
const takesFiles = '/gestion/[jardin]/imports/nouveau';

/** Whether what was sent is more than any form holds: nobody fills the memory with it, signed in or not. A body of unknown length counts. */
export function tooLarge({ request, route }: Pick<RequestEvent, 'request'> & { route: { id: string | null } }): boolean {
  if (route.id === takesFiles) return false;
  const length = request.headers.get('content-length');
  return length === null ? request.headers.has('transfer-encoding') : !(Number(length) <= most);
}
