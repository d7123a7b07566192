import type { Cents } from '#kernel/money.ts';
import type { Found } from './provider.ts';

export const onlineStates = ['new', 'open', 'paid', 'failed', 'abandoned', 'refunded'] as const;
export type OnlineState = (typeof onlineStates)[number];

export type Settling = {
  state: OnlineState;
  /** To write: money that came, money that went back. */
  receive: Cents | null;
  giveBack: Cents | null;
};

/**
 * What becomes of a try to pay once the provider said what it knows. Said again, late, or in another order, it leads to the same end: money that came is never
 * forgotten, what went back stays so, and each is written once.
 * @param known what is written of it: the state, and whether the receipt and the return stand already. @param late past the hour when the session ends.
 */
export function settleOnline(
  known: { state: OnlineState; received: Cents | null; returned: boolean },
  found: Found,
  late: boolean,
): Settling {
  const nothing = { receive: null, giveBack: null };
  if (found.state === 'paid' || found.state === 'refunded') {
    const receive = known.received === null && found.cents > 0 ? found.cents : null;
    const back = found.state === 'refunded' && !known.returned ? (known.received ?? found.cents) : 0;
    const refunded = found.state === 'refunded' || known.state === 'refunded';
    return { state: refunded ? 'refunded' : 'paid', receive, giveBack: back > 0 ? back : null };
  }
  if (known.state === 'paid' || known.state === 'refunded') return { state: known.state, ...nothing };
  if (found.state === 'failed') return { state: 'failed', ...nothing };
  if (found.state === 'expired' || late) return { state: 'abandoned', ...nothing };
  return { state: 'open', ...nothing };
}

/**
 * When to ask again of a payment of which nothing is known yet: often at first, since the browser may never come back and the notification be lost, then
 * less and less. @param minutes since the session was opened. @returns minutes to wait; null after three days.
 */
export function nextCheck(minutes: number): number | null {
  if (minutes < 5) return 5;
  if (minutes < 90) return 20;
  if (minutes < 24 * 60) return 6 * 60;
  return minutes < 3 * 24 * 60 ? 24 * 60 : null;
}
