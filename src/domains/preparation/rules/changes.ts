import type { ComparedBasket, ReceivedBasket, ShapingRequest } from '#domains/subscriptions/rules/expected.ts';

/**
 * What differs for a subscription between its basket of a week and the one it had before, in the order it is told:
 * - new: its first basket ever; ended: it had one, and is over; absent, back: for a while;
 * - depot: it now comes here from another depot; left: it now goes to another one;
 * - product, quantity: of its usual basket; doubled, made_up: of this week alone; by_hand: staff wrote this basket down.
 */
export const changeKinds = [
  'new',
  'ended',
  'absent',
  'back',
  'depot',
  'left',
  'product',
  'quantity',
  'doubled',
  'made_up',
  'by_hand',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** A change as it is told at one stop of one delivery; who goes from one depot to another is told at both. */
export type BasketChange = {
  subscriptionId: number;
  customerId: number;
  /** The tour and the stop where it is told. */
  tourId: number;
  slotId: number;
  /** At least one. */
  kinds: ChangeKind[];
  before: ReceivedBasket | null;
  now: ReceivedBasket | null;
  /** What explains it, when something was asked for. */
  requests: ShapingRequest[];
  slotClosed: boolean;
  resumesOn: string | null;
};

/**
 * What changed for a subscription; [] when nothing did. Who comes every two weeks or once a month is compared with the last time of their
 * own, and is neither new nor gone in between.
 */
export function whatChanged(one: ComparedBasket): BasketChange[] {
  const { now, before } = one;
  const told = (at: ReceivedBasket, kinds: ChangeKind[]): BasketChange[] =>
    kinds.length === 0
      ? []
      : [
          {
            ...{ subscriptionId: one.subscriptionId, customerId: one.customerId, tourId: at.tourId, slotId: at.slotId, kinds, before, now },
            ...{ requests: one.requests, slotClosed: one.slotClosed, resumesOn: one.resumesOn },
          },
        ];
  if (!now) return before ? told(before, gone(one)) : [];
  const kinds = received(one, now);
  const elsewhere = before && before.slotId !== now.slotId;
  return [...told(now, kinds), ...(elsewhere ? told(before, ['left']) : [])];
}

function gone({ state, resumesOn, requests }: ComparedBasket): ChangeKind[] {
  if (state === 'over') return [resumesOn === null ? 'ended' : 'absent'];
  if (state === 'away') return [];
  return asked(requests, 'manual') ? ['absent', 'by_hand'] : ['absent'];
}

function received({ before, first, state, requests }: ComparedBasket, now: ReceivedBasket): ChangeKind[] {
  const kinds: ChangeKind[] = [];
  const more = !before || now.quantity > before.quantity;
  const madeUp = more && (asked(requests, 'make_up') || broughtHere(requests));
  const doubled = more && asked(requests, 'double');
  if (first) kinds.push('new');
  else if (!before && state === 'expected') kinds.push('back');
  if (before && before.slotId !== now.slotId) kinds.push('depot');
  if (before && before.productId !== now.productId) kinds.push('product');
  if (doubled) kinds.push('doubled');
  if (madeUp) kinds.push('made_up');
  if (before && before.quantity !== now.quantity && !doubled && !madeUp) kinds.push('quantity');
  if (asked(requests, 'manual') && (kinds.length > 0 || !before)) kinds.push('by_hand');
  // A basket out of its weeks that nothing explains (written by an older tool) is told all the same.
  return kinds.length > 0 || before ? kinds : ['made_up'];
}

const asked = (requests: readonly ShapingRequest[], kind: ShapingRequest['kind']) => requests.some((request) => request.kind === kind);
/** Put off to this week, from another: the one it was taken from is not told as received. */
const broughtHere = (requests: readonly ShapingRequest[]) => requests.some((request) => request.kind === 'postpone' && request.brought);

export type ChangeCounts = Partial<Record<ChangeKind, number>>;

/** How many of each kind; who changes depot counts once. */
export function countChanges(changes: readonly BasketChange[]): ChangeCounts {
  const counts: ChangeCounts = {};
  for (const { kinds } of changes) for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
