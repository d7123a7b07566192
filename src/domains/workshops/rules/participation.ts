import type { Day } from '#kernel/day.ts';

/** How people are asked for their part of a workshop: there, or on the bill of customers who are put down, or of those who came. */
export const feeWays = ['on_spot', 'enrolled', 'attended'] as const;
export type FeeWay = (typeof feeWays)[number];

type Billed = { fee: number; feeBilled: FeeWay; day: Day; cancelled: boolean };
type Party = {
  customerId: number | null;
  seats: number;
  state: 'enrolled' | 'waiting' | 'withdrawn';
  came: number | null;
  withdrawnOn: Day | null;
};

/**
 * For how many people a party is billed. Nobody for a workshop that is cancelled, nor for one whose seat was never sure; who withdraws on the day itself (or
 * later) had a seat that nobody else could take, and owes it when those who are put down are billed. Guests without a record pay there.
 */
export function billedSeats({ fee, feeBilled, day, cancelled }: Billed, { customerId, seats, state, came, withdrawnOn }: Party): number {
  if (cancelled || fee === 0 || feeBilled === 'on_spot' || customerId === null || state === 'waiting') return 0;
  if (feeBilled === 'attended') return state === 'enrolled' ? (came ?? 0) : 0;
  if (state === 'withdrawn') return withdrawnOn !== null && withdrawnOn >= day ? seats : 0;
  return Math.max(seats, came ?? 0);
}
