import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import { idsBy, type Written } from '#platform/db/upsert.ts';

export type SlotToImport = {
  number: string;
  tourCode: string;
  stopOrder: number | null;
  arrival: string | null;
  pickup: string;
  capacity: number | null;
};

type Stored = {
  id: number;
  depotId: number;
  tourId: number;
  stopOrder: number;
  arrival: string | null;
  pickup: string;
  capacity: number | null;
};

/**
 * Puts each depot on its tour: the slot it has there already, else the only slot it has, which moves to that tour with the
 * subscriptions that hang on it, else a new one. A stop without order comes after the others of its tour.
 * @param slots one per depot; depots and tours must be there.
 * @param given fields that the file holds: a slot that is there already keeps its other columns.
 */
export async function importSlots(tx: Tx, gardenId: number, slots: SlotToImport[], given: ReadonlySet<string>): Promise<Written> {
  if (slots.length === 0) return { added: [], changed: [], refused: [] };
  const [depots, tours] = [
    await idsBy(
      tx,
      'depot',
      'number',
      slots.map((slot) => slot.number),
    ),
    await idsBy(
      tx,
      'tour',
      'code',
      slots.map((slot) => slot.tourCode),
    ),
  ];
  const { rows: stored } = await sql<Stored>`
    select id, depot_id as "depotId", tour_id as "tourId", stop_order as "stopOrder", to_char(arrival, 'HH24:MI') as arrival, pickup, capacity
    from slot order by archived_at is not null, id`.execute(tx);
  const byDepot = Map.groupBy(stored, (slot) => slot.depotId);
  const last = new Map<number, number>();
  for (const slot of [...stored, ...slots.map((slot) => ({ tourId: tours.get(slot.tourCode)!, stopOrder: slot.stopOrder ?? 0 }))])
    last.set(slot.tourId, Math.max(last.get(slot.tourId) ?? 0, slot.stopOrder));
  const following = (tourId: number) => {
    last.set(tourId, last.get(tourId)! + 1);
    return last.get(tourId)!;
  };

  const rows = slots.map((slot) => {
    const [depotId, tourId] = [depots.get(slot.number)!, tours.get(slot.tourCode)!];
    const there = byDepot.get(depotId) ?? [];
    const old = there.find((other) => other.tourId === tourId) ?? (there.length === 1 ? there[0] : undefined);
    const kept = <T>(field: string, value: T, before: T | undefined): T => (old && !given.has(field) ? before! : value);
    return {
      id: old?.id ?? null,
      depot_id: depotId,
      tour_id: tourId,
      stop_order: slot.stopOrder ?? old?.stopOrder ?? following(tourId),
      arrival: kept('arrival', slot.arrival, old?.arrival),
      pickup: kept('pickup', slot.pickup, old?.pickup),
      capacity: kept('capacity', slot.capacity, old?.capacity),
    };
  });
  const places = new Map(rows.map((row, index) => [row.depot_id, index]));
  const given_ = sql`jsonb_populate_recordset(null::slot, ${JSON.stringify(rows)}::jsonb) as r`;
  const updated = await sql<{ depot_id: number }>`
    update slot s
    set tour_id = r.tour_id, stop_order = r.stop_order, arrival = r.arrival, pickup = r.pickup, capacity = r.capacity, version = s.version + 1
    from ${given_}
    where s.id = r.id
      and (s.tour_id, s.stop_order, s.arrival, s.pickup, s.capacity) is distinct from (r.tour_id, r.stop_order, r.arrival, r.pickup, r.capacity)
    returning s.depot_id`.execute(tx);
  const inserted = await sql<{ depot_id: number }>`
    insert into slot (garden_id, tour_id, depot_id, stop_order, arrival, pickup, capacity)
    select ${gardenId}::integer, r.tour_id, r.depot_id, r.stop_order, r.arrival, r.pickup, r.capacity from ${given_} where r.id is null
    returning depot_id`.execute(tx);
  const placesOf = (list: { depot_id: number }[]) => list.map((row) => places.get(row.depot_id)!);
  return { added: placesOf(inserted.rows), changed: placesOf(updated.rows), refused: [] };
}
