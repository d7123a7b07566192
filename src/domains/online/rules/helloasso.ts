import type { Found } from './provider.ts';

/** What HelloAsso's API v5 says of a checkout, as we read it. Its site: dev.helloasso.com, « Intégrer le paiement sur votre site ». */

/** A payment of an order. Amounts in cents; `items` tell what is for the garden, without the tip that HelloAsso may have been left. */
export type OrderPayment = { id: number; state: string; amount: number; items?: { shareAmount?: number }[] };

/** States of `PaymentState`. Money is there, or promised by the bank and settled by HelloAsso. */
const taken = new Set(['Authorized', 'AuthorizedPreprod', 'Registered', 'Corrected']);
const givenBack = new Set(['Refunded', 'Refunding']);
const refusedStates = new Set(['Refused', 'Error', 'Canceled', 'Abandoned', 'Deleted']);

/** What became of a checkout: an intent without an order is not paid yet. */
export function foundInIntent(order: { payments?: OrderPayment[] } | null | undefined): Found {
  const payments = order?.payments ?? [];
  const some = (states: Set<string>) => payments.filter(({ state }) => states.has(state));
  const counted = [...some(taken), ...some(givenBack)];
  if (counted.length > 0) {
    const cents = counted.reduce((sum, one) => sum + amountOf(one), 0);
    return { state: some(taken).length > 0 ? 'paid' : 'refunded', cents, payment: String(counted[0]!.id) };
  }
  const refused = some(refusedStates);
  if (payments.length > 0 && refused.length === payments.length)
    return { state: 'failed', cents: 0, payment: null, reason: 'La banque a refusé le paiement.' };
  return { state: 'open', cents: 0, payment: null };
}

function amountOf({ amount, items = [] }: OrderPayment): number {
  const shares = items.map(({ shareAmount }) => shareAmount);
  return shares.length > 0 && shares.every((share) => share !== undefined) ? shares.reduce((sum, share) => sum + share!, 0) : amount;
}

/**
 * HelloAsso refuses a whole demand for a name that it finds doubtful: figures, three same letters running, one letter, words such as « test », or a first
 * name that is the last name. Such a name is left out: the payer types it there.
 */
export function namesFor({ firstName, lastName }: { firstName: string; lastName: string }): { firstName?: string; lastName?: string } {
  const [first, last] = [firstName.trim(), lastName.trim()];
  return isName(first) && isName(last) && first.toLowerCase() !== last.toLowerCase() ? { firstName: first, lastName: last } : {};
}

const words = new Set([
  'firstname',
  'lastname',
  'unknown',
  'first_name',
  'last_name',
  'anonyme',
  'user',
  'admin',
  'name',
  'nom',
  'prénom',
  'test',
]);
const isName = (name: string): boolean =>
  /^[\p{Script=Latin}' ’-]{2,}$/u.test(name) &&
  !/(.)\1\1/iu.test(name) &&
  /[aeiouyàâäéèêëîïôöùûüÿæœ]/iu.test(name) &&
  !words.has(name.toLowerCase());
