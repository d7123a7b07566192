import { importProducts } from '#domains/catalogue/index.server.ts';
import { importCustomers } from '#domains/customers/index.server.ts';
import { importCalendar, importDepots, importSlots, importTours } from '#domains/logistics/index.server.ts';
import { importRequests, importSubscriptions } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Written } from '#platform/db/upsert.ts';
import type { Kind, Values } from '../rules/model.ts';

export type WriteContext = { gardenId: number; year: number; today: Day; cutoffHours: number; takenOverOn: Day | null };

/** `ids`: the stored row of each line, for the kinds that planning may have something to say about. */
export type WrittenLines = Written & { ids?: (number | null)[] };

type Writer<K extends Kind> = (tx: Tx, context: WriteContext, values: Values[K][], given: ReadonlySet<string>) => Promise<WrittenLines>;

/** How the good lines of each kind of file are stored: a handful of statements each, whatever the number of lines. */
export const writers: { [K in Kind]: Writer<K> } = {
  tours: (tx, { gardenId }, tours, given) => importTours(tx, gardenId, tours, given),
  depots: writeDepots,
  products: (tx, { gardenId }, products, given) => importProducts(tx, gardenId, products, given),
  calendar: (tx, context, weeks, given) => importCalendar(tx, weeks, given, context),
  customers: (tx, { gardenId }, customers, given) => importCustomers(tx, gardenId, customers, given),
  subscriptions: (tx, { gardenId }, subscriptions, given) => importSubscriptions(tx, gardenId, subscriptions, given),
  requests: (tx, context, requests) => importRequests(tx, context.gardenId, context.year, requests, context),
};

/** A line of depots is a depot and its stop on a tour. */
async function writeDepots(tx: Tx, { gardenId }: WriteContext, depots: Values['depots'][], given: ReadonlySet<string>): Promise<Written> {
  const places = depots.map(({ tourCode, stopOrder, arrival, pickup, capacity, ...depot }) => depot);
  const written = await importDepots(tx, gardenId, places, given);
  const stops = await importSlots(tx, gardenId, depots, given);
  const added = new Set(written.added);
  const changed = new Set([...written.changed, ...stops.added, ...stops.changed]);
  return { ...written, changed: [...changed].filter((index) => !added.has(index)) };
}
