import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { UnitPrice } from '#kernel/quantity.ts';
import type { Tx } from '#platform/db/index.ts';
import type { ProduceValues } from '../schema.ts';

/** Something that baskets are made of, with its reference price on a day. */
export type Produce = ProduceValues & {
  id: number;
  version: number;
  supplierName: string | null;
  crewName: string | null;
  archived: boolean;
  /** When its photo was taken in; null without one. */
  photo: string | null;
  /** In force on the day, in ten-thousandths of a euro for one unit without VAT; null when it has none. */
  unitPrice: UnitPrice | null;
  /** Since when; null when it never had one. */
  pricedOn: Day | null;
};

/** All that is said of produce `p`, with the price that holds on a day. */
export const produceOnDay = (day: Day) => sql`
  select p.id, p.version, p.name, p.family, p.category, p.unit, p.piece_grams as "pieceGrams", p.organic, p.months, p.storage, p.emoji,
    p.supplier_id as "supplierId", s.name as "supplierName", p.crew_id as "crewId", c.name as "crewName", p.container,
    p.container_quantity as "containerQuantity", p.archived_at is not null as archived,
    extract(epoch from h.created_at)::text as photo, r.unit_price as "unitPrice", r.starts_on as "pricedOn"
  from produce p
  left join supplier s on s.garden_id = p.garden_id and s.id = p.supplier_id
  left join crew c on c.garden_id = p.garden_id and c.id = p.crew_id
  left join produce_photo h on h.garden_id = p.garden_id and h.produce_id = p.id
  left join lateral (
    select unit_price, starts_on from reference_price r
    where r.garden_id = p.garden_id and r.produce_id = p.id and r.starts_on <= ${day} order by r.starts_on desc limit 1
  ) r on true`;

/** Produce `p` that answer a condition, by name, with the price of a day. One query. */
export async function loadProduce(tx: Tx, day: Day, where: RawBuilder<unknown>): Promise<Produce[]> {
  const { rows } = await sql<Produce>`${produceOnDay(day)} where ${where} order by search_text(p.name), p.id`.execute(tx);
  return rows;
}

/** All produce in use, by name, with the reference price in force on a day. One query, in a transaction of the caller's. */
export const produceOn = (tx: Tx, day: Day): Promise<Produce[]> => loadProduce(tx, day, sql`p.archived_at is null`);
