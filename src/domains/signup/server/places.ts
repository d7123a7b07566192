import { sql } from 'kysely';
import { slotLoads, standingsOf } from '#domains/subscriptions/index.server.ts';
import type { Standing } from '#domains/subscriptions/rules/capacity.ts';
import { addDays, type Day, type Weekday } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';

/** Where baskets can be collected, as people choose: the depot, its day and hours, whether there is room. */
export type SignupPlace = {
  id: number;
  depotId: number;
  depot: string;
  name: string;
  address: string;
  postcode: string;
  city: string;
  weekday: Weekday;
  pickup: string;
  /** Asks for a word that its people know. */
  reserved: boolean;
  mention: string;
  /** For each basket. */
  feeCents: number;
  latitude: number | null;
  longitude: number | null;
};

const columns = sql`o.id, d.id as "depotId", d.name as depot, o.name, d.address, d.postcode, d.city, t.delivery_weekday as weekday, o.pickup,
  d.category = 'reserved' and d.password <> '' as reserved, d.mention, d.fee_cents as "feeCents", d.latitude, d.longitude`;
// Professional depots are shops and kitchens; a reserved one without a word is given by the garden alone.
const shown = sql`(d.category = 'open' or d.category = 'reserved' and d.password <> '')`;
const places = sql`slot o
  join depot d on d.garden_id = o.garden_id and d.id = o.depot_id and d.archived_at is null
  join tour t on t.garden_id = o.garden_id and t.id = o.tour_id and t.archived_at is null`;

/** One of them, with the word of a reserved one, which stays on the server; null when it is served no more, or not for visitors. One query. */
export async function findPlace(tx: Tx, slotId: number): Promise<{ place: SignupPlace; word: string } | null> {
  const { rows } = await sql<SignupPlace & { word: string }>`
    select ${columns}, d.password as word from ${places} where o.garden_id = app_garden() and o.archived_at is null and o.id = ${slotId} and ${shown}`.execute(
    tx,
  );
  if (!rows[0]) return null;
  const { word, ...place } = rows[0];
  return { place, word };
}

/** All of them by name, with how they stand over the eight weeks to come. Three queries, five more when places are kept. */
export async function allPlaces(tx: Tx, today: Day): Promise<(SignupPlace & { standing: Standing | null })[]> {
  const { rows } = await sql<SignupPlace>`
    select ${columns} from ${places} where o.garden_id = app_garden() and o.archived_at is null and ${shown}
    order by search_text(d.city), search_text(d.name), t.position, o.name`.execute(tx);
  const standings = standingsOf(await slotLoads(tx, { today, until: addDays(today, 56) }));
  return rows.map((row) => ({ ...row, standing: standings[row.id] ?? null }));
}
