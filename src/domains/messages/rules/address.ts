import type { Kind } from './event.ts';
import { mobileOf } from './sms.ts';

/** Somebody to write to, with what was said of messages and of the address. */
export type Reach = { email: string; phone: string; refuses: readonly Kind[]; bounced: readonly string[] };

/** Where a message goes, or why it does not. */
export type Place = { to: string; unsent: string };

const refusals: Record<Kind, string> = {
  service: '',
  reminder: 'Ne souhaite pas recevoir les rappels.',
  news: 'Ne souhaite pas recevoir les nouvelles.',
};

/** By mail. @param other an address that stands in for the customer's own. */
export function mailPlace(reach: Reach, kind: Kind, other?: string): Place {
  const to = (other ?? reach.email).trim();
  if (to === '') return { to, unsent: 'Pas d’adresse e-mail.' };
  if (reach.refuses.includes(kind)) return { to, unsent: refusals[kind] };
  if (reach.bounced.includes(to.toLowerCase())) return { to, unsent: 'Les messages reviennent de cette adresse.' };
  return { to, unsent: '' };
}

/** By text message. */
export function smsPlace(reach: Reach, kind: Kind): Place {
  const to = mobileOf(reach.phone) ?? '';
  if (to === '') return { to, unsent: 'Pas de numéro de mobile.' };
  return { to, unsent: reach.refuses.includes(kind) ? refusals[kind] : '' };
}
