/** The door of rounds: baskets on their way, and what became of them. */
export {
  type DeliveryToSettle,
  deliveryOutcome,
  deliveryToSettle,
  type FoundBasket,
  markDelivered,
} from './server/delivered.ts';
export { markPhoto, markStop, marksOf, type NewMark, unmarkStop } from './server/marks.ts';
export { type NotedBasket, noteOutcome, removeOutcome } from './server/outcomes.ts';
export { type Round, type RoundStop, round } from './server/round.ts';
export { type RoundLine, type Rounds, rounds } from './server/rounds.ts';
