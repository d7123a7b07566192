import { type Day, sayDay } from '#kernel/day.ts';

/** What a slot is to hold in one delivery, in baskets. */
export type SlotLoad = {
  slotId: number;
  deliveryId: number;
  year: number;
  week: number;
  date: Day;
  /** False once the delivery is frozen: nothing is added to it. */
  open: boolean;
  /** Null: no limit. */
  capacity: number | null;
  /** Baskets planned there. */
  baskets: number;
  /** Those of subscriptions that have not started yet (payment, contract): their place is kept. */
  awaiting: number;
  /** Places kept for people of the waiting list until they answer. */
  reserved: number;
};

/** So many baskets brought to a slot in one delivery; the planning function's baskets are of this shape. */
export type Arrival = { slotId: number; deliveryId: number; quantity: number };

/** A delivery in which a slot would hold more than it can: what stands there, and what would come. */
export type Overflow = { slotId: number; deliveryId: number; date: Day; load: number; more: number; capacity: number };

type Counted = Pick<SlotLoad, 'capacity' | 'baskets' | 'awaiting' | 'reserved'>;

/** Places taken, kept ones included. */
export const taken = (load: Counted): number => load.baskets + load.awaiting + load.reserved;

/** Places left; null: no limit. Never below 0. */
export const placesLeft = (load: Counted): number | null => (load.capacity === null ? null : Math.max(0, load.capacity - taken(load)));

export const isFull = (load: Counted): boolean => placesLeft(load) === 0;

const key = (one: { slotId: number; deliveryId: number }) => `${one.slotId}/${one.deliveryId}`;

/**
 * Deliveries that could not hold what is to come.
 * @param loads what stands there, with what `before` holds.
 * @param after what is brought in the end by those who change something; several to one delivery add up.
 * @param before what the same people have there today, and give back. A delivery to which nothing is added overflows through nobody's doing: it is left out.
 */
export function overflows(loads: readonly SlotLoad[], after: readonly Arrival[], before: readonly Arrival[] = []): Overflow[] {
  const [coming, leaving] = [sums(after), sums(before)];
  return loads.flatMap((load) => {
    const more = (coming.get(key(load)) ?? 0) - (leaving.get(key(load)) ?? 0);
    if (more <= 0 || load.capacity === null || !load.open || taken(load) + more <= load.capacity) return [];
    return [{ slotId: load.slotId, deliveryId: load.deliveryId, date: load.date, load: taken(load), more, capacity: load.capacity }];
  });
}

function sums(arrivals: readonly Arrival[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of arrivals) found.set(key(one), (found.get(key(one)) ?? 0) + one.quantity);
  return found;
}

/** How a slot stands over its next deliveries. */
export type Standing = {
  state: 'free' | 'partly' | 'full';
  /** Deliveries looked at, and how many of them are full. */
  of: number;
  fullOn: number;
  /** Places in the fullest of them; null: no limit. */
  left: number | null;
};

/** @param loads of one slot, coming deliveries. Frozen ones count only when there is nothing else to go by. */
export function standing(loads: readonly SlotLoad[]): Standing {
  const open = loads.filter((load) => load.open);
  const looked = open.length ? open : loads;
  const fullOn = looked.filter(isFull).length;
  const left = looked.reduce<number | null>((least, load) => {
    const places = placesLeft(load);
    return places === null ? least : least === null ? places : Math.min(least, places);
  }, null);
  return { state: fullOn === 0 ? 'free' : fullOn === looked.length ? 'full' : 'partly', of: looked.length, fullOn, left };
}

/** « Complet », « Complet 3 fois sur 8 », « 4 places », « sans limite ». */
export function sayStanding({ state, of, fullOn, left }: Standing): string {
  if (state === 'full') return 'Complet';
  if (state === 'partly') return `Complet ${fullOn} fois sur ${of}`;
  if (left === null) return 'sans limite';
  return left === 1 ? '1 place' : `${left} places`;
}

const baskets = (count: number) => (count === 1 ? '1 panier' : `${count} paniers`);

/** « Complet : 40 paniers sur 40 le mercredi 3 décembre, puis 2 autres fois. » Null when nothing overflows. */
export function sayOverflows(found: readonly Overflow[]): string | null {
  const [first, ...others] = found.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  if (!first) return null;
  const full = first.load >= first.capacity;
  const told = full
    ? `Complet : ${baskets(first.load)} sur ${first.capacity} le ${sayDay(first.date)}`
    : `Pas assez de place : ${baskets(first.load)} sur ${first.capacity} déjà le ${sayDay(first.date)}, et ${first.more} à ajouter`;
  const [second] = others;
  if (!second) return `${told}.`;
  return `${told}, ${others.length === 1 ? `puis le ${sayDay(second.date)}` : `puis ${others.length} autres fois (la prochaine le ${sayDay(second.date)})`}.`;
}
