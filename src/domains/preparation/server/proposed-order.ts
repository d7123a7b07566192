import { proposeOrder } from '#domains/logistics/rules/stop-order.ts';
import { type Round, tooBig, type Walk, walk } from '#domains/logistics/rules/stop-walk.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Distances, distances, type RoadService, roadService } from '#platform/distance/index.ts';
import { loadRound, type RoundRow, type RoundStop } from './round-store.ts';

/** A stop in one of the orders that are compared. Hours: « 08:20 », to the nearest five minutes. */
export type OrderedStop = Omit<RoundStop, 'pickup'> & {
  pickup: string;
  /** When the vehicle is there; null when nobody knows. */
  at: string | null;
  /** Metres from the stop before. */
  metres: number;
  /** Minutes after collection has begun, after it has ended. */
  late: number;
  missed: number;
  trip: number;
};

export type ToldOrder = { stops: OrderedStop[]; metres: number; minutes: number; trips: number; back: string | null; late: number };

export type ProposedOrder = {
  tour: Pick<RoundRow, 'id' | 'code' | 'name' | 'color' | 'version' | 'vehicleBaskets'>;
  /** Where the vehicle leaves from: as the garden said, or the middle of its depots. Null: no depot has coordinates. */
  start: { latitude: number; longitude: number; from: 'garden' | 'middle' } | null;
  /** When it leaves: as the tour says, or so that the first stop of today's order is reached at its hour. */
  departure: { at: string; from: 'tour' | 'first_stop' } | null;
  distances: Pick<Distances, 'from' | 'failed'>;
  /** The delivery to come with the most baskets: what must fit in the vehicle. */
  fullest: RoundRow['fullest'];
  /** Names of the stops that are more than a whole vehicle. */
  tooBig: string[];
  present: ToldOrder;
  proposed: ToldOrder;
  /** The proposal is the present order. */
  same: boolean;
};

/**
 * The order of a tour's stops as it is, and a better one, side by side; null without such a tour. One query; distances are asked of the road
 * service, if there is one, while nothing is held in the database.
 */
export async function proposedOrder(
  actor: Actor,
  tourId: number,
  today: Day,
  service: RoadService | null = roadService(),
): Promise<ProposedOrder | null> {
  requireRight(actor, 'logistics:change');
  const row = await readInGarden(actor, (tx) => loadRound(tx, tourId, today));
  if (!row) return null;
  const { settings, stops, fullest } = row;
  const start = startOf(row);
  const located = stops.flatMap((stop) =>
    stop.latitude === null || stop.longitude === null ? [] : [{ ...stop, latitude: stop.latitude, longitude: stop.longitude }],
  );
  const table = await distances(start ? [start, ...located] : [], { factor: settings.roadFactor, speed: settings.roadSpeed }, service);
  const places = new Map(located.map(({ slotId }, at) => [slotId, at + 1]));
  const timeless: Round = {
    stops: stops.map(({ slotId, baskets, pickupTimes }) => ({ place: places.get(slotId) ?? null, baskets, pickup: pickupTimes })),
    metres: start ? table.metres : [[0]],
    seconds: start ? table.seconds : [[0]],
    leavesAt: null,
    atStop: settings.stopMinutes * 60,
    vehicle: row.vehicleBaskets,
  };
  const departure = departureOf(row, timeless);
  const round = { ...timeless, leavesAt: departure && secondsOf(departure.at) };
  const before = stops.map((_, stop) => stop);
  const after = proposeOrder(round);
  return {
    tour: row,
    start,
    departure,
    distances: table,
    fullest,
    tooBig: tooBig(round).map((stop) => stops[stop]!.name),
    present: tell(stops, walk(round, before)),
    proposed: tell(stops, walk(round, after)),
    same: after.join() === before.join(),
  };
}

function startOf({ settings, middle }: RoundRow): ProposedOrder['start'] {
  if (!middle) return null;
  const { startLatitude, startLongitude } = settings;
  return startLatitude !== null && startLongitude !== null
    ? { latitude: startLatitude, longitude: startLongitude, from: 'garden' }
    : { ...middle, from: 'middle' };
}

/** A tour that does not say when it leaves leaves so as to be at the first stop at the hour that its sheet has. */
function departureOf({ leavesAt, stops }: RoundRow, round: Round): ProposedOrder['departure'] {
  if (leavesAt) return { at: leavesAt, from: 'tour' };
  const first = stops.findIndex(({ arrival }, stop) => arrival !== null && round.stops[stop]!.place !== null);
  if (first < 0) return null;
  const before = stops.slice(0, first + 1).map((_, stop) => stop);
  const { at } = walk({ ...round, leavesAt: 0 }, before).passages.at(-1)!;
  const leaves = secondsOf(stops[first]!.arrival!) - at!;
  return leaves < 0 ? null : { at: clock(Math.floor(leaves / 60)), from: 'first_stop' };
}

function tell(stops: readonly RoundStop[], { passages, metres, seconds, trips, back, late }: Walk): ToldOrder {
  return {
    stops: passages.map(({ stop, at, ...passage }) => ({
      ...stops[stop]!,
      ...passage,
      at: at === null ? null : clock(Math.round(at / 300) * 5),
      late: Math.ceil(passage.late / 60),
      missed: Math.ceil(passage.missed / 60),
    })),
    metres,
    minutes: Math.round(seconds / 60),
    trips,
    back: back === null ? null : clock(Math.round(back / 300) * 5),
    late: Math.ceil(late / 60),
  };
}

const secondsOf = (time: string): number => Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60;
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
