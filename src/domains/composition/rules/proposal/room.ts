import type { Thousandths } from '#kernel/quantity.ts';
import type { Choice, ProposalAsk, SizeAsk, TourAsk } from './ask.ts';
import { type Portion, portionOf } from './portion.ts';

/** A produce that a basket may take, in steps of its portion. */
export type Place = Portion & { choice: Choice; mustHave: boolean; recent: number };

/** A basket product on a tour: what is locked in it, and what may join. */
export type SizeRoom = { ask: SizeAsk; locked: { choice: Choice; quantity: Thousandths }[]; places: Place[] };

/** One tour's question: what may go where, and how much of each there is once the others' part is set apart. */
export type TourRoom = {
  tourId: number | null;
  sizes: SizeRoom[];
  /** By produce, for what is not locked; absent: not limited. */
  supply: ReadonlyMap<number, Thousandths>;
  /** By produce to be used up: how much this tour should take of it. */
  goals: ReadonlyMap<number, Thousandths>;
  /** Two that never go together. */
  pairs: ProposalAsk['pairs'];
  familyMost: number;
};

const takes = (size: SizeAsk, choice: Choice) => size.categories.length === 0 || size.categories.includes(choice.category);
const total = (tours: readonly TourAsk[], of: (size: SizeAsk) => number) =>
  tours.reduce((sum, { sizes }) => sum + sizes.reduce((tour, size) => tour + of(size), 0), 0);
const lockedIn = (size: SizeAsk, produceId: number) => size.locked.find((line) => line.produceId === produceId)?.quantity ?? 0;

/**
 * What the tour at `index` may take: what is available, less what earlier tours took, less what is locked for it and for later ones. Of
 * must-haves, which are in every basket, each tour has its share by number of baskets; of what is to be used up, each tour should take its
 * share of what is left.
 * @param used by produce, what earlier tours took, locked lines included.
 */
export function roomOf(ask: ProposalAsk, index: number, used: ReadonlyMap<number, Thousandths>): TourRoom {
  const tour = ask.tours[index]!;
  const rest = ask.tours.slice(index);
  const later = ask.tours.slice(index + 1);
  const supply = new Map<number, Thousandths>();
  const goals = new Map<number, Thousandths>();
  for (const choice of ask.choices) {
    if (choice.available === null) continue;
    const free = (size: SizeAsk) => (takes(size, choice) && lockedIn(size, choice.id) === 0 ? size.baskets : 0);
    const kept = total(rest, (size) => lockedIn(size, choice.id) * size.baskets);
    const left = Math.max(0, choice.available - (used.get(choice.id) ?? 0) - kept);
    const [own, others] = [total([tour], free), total(later, free)];
    const share = own === 0 ? 0 : Math.floor((left * own) / (own + others));
    supply.set(choice.id, choice.mustHave ? share : left);
    if (choice.useUp && share > 0) goals.set(choice.id, share);
  }
  const byId = new Map(ask.choices.map((choice) => [choice.id, choice]));
  const sizes = tour.sizes.map((size) => sizeRoom(size, ask, byId, supply));
  return {
    tourId: tour.tourId,
    sizes,
    supply,
    goals,
    pairs: ask.pairs.filter(([one, other]) => one !== other),
    familyMost: ask.familyMost,
  };
}

/** What may join what is locked: enough of it for every basket, no forbidden neighbour locked, room left in its family. */
function sizeRoom(size: SizeAsk, ask: ProposalAsk, byId: Map<number, Choice>, supply: Map<number, Thousandths>): SizeRoom {
  const locked = size.locked.flatMap(({ produceId, quantity }) => {
    const choice = byId.get(produceId);
    return choice ? [{ choice, quantity }] : [];
  });
  const isLocked = new Set(locked.map(({ choice }) => choice.id));
  const forbidden = new Set(ask.pairs.flatMap(([one, other]) => (isLocked.has(one) ? [other] : isLocked.has(other) ? [one] : [])));
  const full = (family: string) => family !== '' && locked.filter(({ choice }) => choice.family === family).length >= ask.familyMost;
  const mayJoin = (choice: Choice) => !isLocked.has(choice.id) && !forbidden.has(choice.id) && takes(size, choice) && !full(choice.family);
  const joining = size.baskets === 0 ? [] : ask.choices.filter((choice) => mayJoin(choice) && supply.get(choice.id) !== 0);
  const kinds = Math.max(1, Math.min(size.kinds.most, joining.length + locked.length));
  const places = joining.flatMap((choice): Place[] => {
    const portion = portionOf(choice, size.target, kinds);
    const each = Math.floor((supply.get(choice.id) ?? Number.POSITIVE_INFINITY) / size.baskets / portion.step) * portion.step;
    if (each < portion.least) return [];
    const most = Math.min(portion.most, each);
    return [{ ...portion, most, choice, mustHave: choice.mustHave, recent: size.recent.get(choice.id) ?? 0 }];
  });
  return { ask: size, locked, places };
}
