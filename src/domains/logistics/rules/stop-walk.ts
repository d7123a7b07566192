import type { PickupTimes } from './pickup-times.ts';

/** A stop of a tour, as it counts when its order is looked for. */
export type OrderedStop = {
  /** Row of the tables of distances; null without coordinates: such a stop keeps its place, and no road to it is counted. */
  place: number | null;
  baskets: number;
  pickup: PickupTimes;
};

/** What the order of a tour is looked for with. Places: 0 is the garden, from which the vehicle leaves and to which it comes back. */
export type Round = {
  stops: readonly OrderedStop[];
  /** From place to place, whole metres and whole seconds; the two ways may differ. */
  metres: readonly (readonly number[])[];
  seconds: readonly (readonly number[])[];
  /** Seconds after midnight; null: nobody knows, and no hour of collection counts. */
  leavesAt: number | null;
  /** Seconds spent at a stop, and at the garden to load again. */
  atStop: number;
  /** Baskets that the vehicle takes; null: all of them. */
  vehicle: number | null;
};

/** Where the vehicle stands, and what the way there has cost. */
export type Standing = {
  place: number;
  metres: number;
  /** Since it left the garden for the first time. */
  seconds: number;
  baskets: number;
  trips: number;
  /** Seconds after collection had begun, and after it had ended, summed over the stops. */
  late: number;
  missed: number;
};

export const departure: Standing = { place: 0, metres: 0, seconds: 0, baskets: 0, trips: 1, late: 0, missed: 0 };

/** When the vehicle is at a stop, of which trip, and how far it came for it. */
export type Passage = { stop: number; trip: number; metres: number; at: number | null; late: number; missed: number };

/** A tour walked through in some order. `back`: seconds after midnight. */
export type Walk = Omit<Standing, 'place' | 'baskets'> & { passages: Passage[]; back: number | null };

/**
 * Goes to the next stop. A vehicle that cannot take its baskets any more goes back to the garden and loads again first; a stop that is more than
 * a whole vehicle counts as one trip here (`tooBig` tells).
 */
export function step(round: Round, from: Standing, stop: OrderedStop): Standing {
  const again = round.vehicle !== null && from.baskets > 0 && from.baskets + stop.baskets > round.vehicle;
  const start = again ? reload(round, from) : from;
  const place = stop.place ?? start.place;
  const arrival = start.seconds + round.seconds[start.place]![place]!;
  const [late, missed] = stop.place === null ? [0, 0] : tardiness(round, arrival, stop);
  return {
    place,
    metres: start.metres + round.metres[start.place]![place]!,
    seconds: arrival + round.atStop,
    baskets: start.baskets + stop.baskets,
    trips: start.trips,
    late: start.late + late,
    missed: start.missed + missed,
  };
}

function reload(round: Round, from: Standing): Standing {
  const home = goHome(round, from);
  return { ...home, seconds: home.seconds + round.atStop, baskets: 0, trips: home.trips + 1 };
}

export const goHome = (round: Round, from: Standing): Standing => ({
  ...from,
  place: 0,
  metres: from.metres + round.metres[from.place]![0]!,
  seconds: from.seconds + round.seconds[from.place]![0]!,
});

function tardiness({ leavesAt }: Round, arrival: number, { pickup }: OrderedStop): [late: number, missed: number] {
  if (leavesAt === null) return [0, 0];
  const at = leavesAt + arrival;
  return [pickup.from === null ? 0 : Math.max(0, at - pickup.from), pickup.until === null ? 0 : Math.max(0, at - pickup.until)];
}

/**
 * What an order costs, to be compared with another's: its metres, and what people wait. A minute after collection has begun weighs as half a
 * kilometre, a minute after it has ended as five: hours bend the way, a tour that cannot keep them all is still proposed.
 */
export const costOf = ({ metres, late, missed }: Pick<Standing, 'metres' | 'late' | 'missed'>): number => metres + late * 8 + missed * 80;

/** The cost of an order, and nothing else: what the search asks thousands of times. */
export function costOfOrder(round: Round, order: readonly number[]): number {
  let at = departure;
  for (const stop of order) at = step(round, at, round.stops[stop]!);
  return costOf(goHome(round, at));
}

/** Everything that people want to know of an order (places in `round.stops`). */
export function walk(round: Round, order: readonly number[]): Walk {
  let at = departure;
  const passages = order.map((stop) => {
    const before = at;
    at = step(round, at, round.stops[stop]!);
    const known = round.leavesAt !== null && round.stops[stop]!.place !== null;
    return {
      stop,
      trip: at.trips,
      metres: at.metres - before.metres,
      at: known ? round.leavesAt! + at.seconds - round.atStop : null,
      late: at.late - before.late,
      missed: at.missed - before.missed,
    };
  });
  const { metres, seconds, trips, late, missed } = goHome(round, at);
  return { passages, metres, seconds, trips, late, missed, back: round.leavesAt === null ? null : round.leavesAt + seconds };
}

/** Stops that no single trip can serve: more baskets than the vehicle takes. */
export const tooBig = ({ stops, vehicle }: Round): number[] =>
  stops.flatMap(({ baskets }, stop) => (vehicle !== null && baskets > vehicle ? [stop] : []));
