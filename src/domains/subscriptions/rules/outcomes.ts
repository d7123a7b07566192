import type { SaidOutcome } from '../labels-outcome.ts';

/** What was noted of a subscription's basket in a delivery. It has its effect once the delivery is said to be done. */
export type StoredOutcome = SaidOutcome & { id: number; deliveryId: number; delivered: boolean };

/** Baskets that were not received and are to be made up. */
export const missedBy = (outcomes: readonly StoredOutcome[]): number =>
  outcomes.filter(({ delivered, remedy }) => delivered && remedy === 'make_up').reduce((sum, { quantity }) => sum + quantity, 0);
