import { type Day, weekOf } from '#kernel/day.ts';

/** Somebody who waits for a place. */
export type Waiting = { id: number; receivedOn: Day; household: number };

/**
 * Whose turn it is: the week in which the request came, the earliest first; within one week, the largest household; then the first that came.
 * A week, since who has a computer at hand on Monday morning needs a basket no more than who is received on Thursday. Neither a name, nor who sent her,
 * nor what a funder would pay changes anything; and to wait longer never costs a place.
 */
export const fairOrder = <W extends Waiting>(waiting: readonly W[]): W[] =>
  [...waiting].sort(
    (a, b) => weekMark(a) - weekMark(b) || b.household - a.household || a.receivedOn.localeCompare(b.receivedOn) || a.id - b.id,
  );

function weekMark({ receivedOn }: Waiting): number {
  const { year, week } = weekOf(receivedOn);
  return year * 100 + week;
}

/** How many would come before this one; -1: it does not wait. */
export const placeOf = (waiting: readonly Waiting[], id: number): number => fairOrder(waiting).findIndex((one) => one.id === id);
