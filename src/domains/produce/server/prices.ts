import { sql } from 'kysely';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { formatUnitPrice, type UnitPrice } from '#kernel/quantity.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import type { DatedPrice } from '../rules/prices.ts';
import type { ProducePrice } from './list.ts';

const gone = 'Ce produit n’existe plus.';
const say = (price: UnitPrice | null) => (price === null ? 'plus de prix' : formatUnitPrice(price));

/**
 * Writes a price from a day on, past or to come; null says that there is none any more. Refused when another begins that very day: it is
 * corrected instead. Sent twice, it acts once.
 */
export function addPrice(actor: Actor, produceId: number, price: DatedPrice & { note: string }): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql`select from produce where id = ${produceId} for update`.execute(tx);
    if (!rows.length) return refuse(gone);
    const found = await sql<ProducePrice>`
      select id, starts_on as "startsOn", unit_price as "unitPrice", note from reference_price where produce_id = ${produceId} and starts_on = ${price.startsOn}`.execute(
      tx,
    );
    const same = found.rows[0];
    if (same && same.unitPrice === price.unitPrice) return done(null);
    if (same)
      return refuse('Un autre prix commence déjà ce jour-là.', {
        startsOn: `Le ${sayDayAndYear(price.startsOn)} : ${say(same.unitPrice)}. Corrigez-le dans le tableau, ou choisissez une autre date.`,
      });
    await sql`
      insert into reference_price (garden_id, produce_id, starts_on, unit_price, note)
      values (${actor.gardenId}, ${produceId}, ${price.startsOn}, ${price.unitPrice}, ${price.note})`.execute(tx);
    return done(null);
  });
}

/**
 * Gives a price that is written another figure: compositions that are written keep what they were reckoned with.
 * @param correction.was what stood there when it was looked at.
 */
export function correctPrice(
  actor: Actor,
  produceId: number,
  correction: { price: number; was: UnitPrice | null; unitPrice: UnitPrice | null },
): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ unitPrice: UnitPrice | null }>`
      select unit_price as "unitPrice" from reference_price where id = ${correction.price} and produce_id = ${produceId} for update`.execute(
      tx,
    );
    if (!rows[0]) return refuse('Ce prix vient d’être retiré.');
    const now = rows[0].unitPrice;
    if (now === correction.unitPrice) return done(null);
    if (now !== correction.was)
      return refuse('Ce prix vient d’être corrigé par quelqu’un d’autre.', { unitPrice: `Maintenant enregistré : « ${say(now)} ».` });
    await sql`update reference_price set unit_price = ${correction.unitPrice} where id = ${correction.price}`.execute(tx);
    return done(null);
  });
}

/** Takes a price away: the one before it holds on. Sent twice, it acts once. */
export function removePrice(actor: Actor, produceId: number, priceId: number): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    await sql`delete from reference_price where id = ${priceId} and produce_id = ${produceId}`.execute(tx);
    return done(null);
  });
}

export type PriceSet = { produceId: number; was: UnitPrice | null; unitPrice: UnitPrice | null };

/**
 * Sets the prices of many from a day on: those alone that differ from what was shown are written. When somebody else has changed one of them
 * meanwhile nothing is written, and it is told under its field, `price<id>`. Three queries, whatever their number. Sent twice, it acts once.
 * @returns how many were written.
 */
export function setPrices(actor: Actor, startsOn: Day, prices: readonly PriceSet[]): Promise<Outcome<{ written: number }>> {
  requireRight(actor, 'catalogue:change');
  const touched = prices.filter(({ was, unitPrice }) => was !== unitPrice);
  return inGarden(actor, async (tx) => {
    if (!touched.length) return done({ written: 0 });
    const now = await inForce(
      tx,
      startsOn,
      touched.map(({ produceId }) => produceId),
    );
    const gone = touched.filter(({ produceId }) => !now.has(produceId));
    const differ = touched.filter(({ produceId, unitPrice }) => now.has(produceId) && now.get(produceId) !== unitPrice);
    const taken = differ.filter(({ produceId, was }) => now.get(produceId) !== was);
    if (gone.length || taken.length)
      return refuse(
        'Des prix viennent d’être changés par quelqu’un d’autre. Votre saisie est gardée : comparez, puis enregistrez à nouveau.',
        {
          ...Object.fromEntries(gone.map(({ produceId }) => [`price${produceId}`, 'Ce produit n’est plus dans la liste.'])),
          ...Object.fromEntries(
            taken.map(({ produceId }) => [`price${produceId}`, `Maintenant enregistré : « ${say(now.get(produceId) ?? null)} ».`]),
          ),
        },
      );
    const rows = differ.map(({ produceId, unitPrice }) => ({ produce_id: produceId, unit_price: unitPrice }));
    if (rows.length)
      await sql`
        insert into reference_price (garden_id, produce_id, starts_on, unit_price)
        select ${actor.gardenId}::integer, r.produce_id, ${startsOn}::date, r.unit_price
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(produce_id bigint, unit_price integer)
        on conflict (garden_id, produce_id, starts_on) do update set unit_price = excluded.unit_price`.execute(tx);
    return done({ written: rows.length });
  });
}

/** The price in force of each that is in use, which nobody changes before the end of the transaction. Two queries. */
async function inForce(tx: Tx, day: Day, ids: readonly number[]): Promise<Map<number, UnitPrice | null>> {
  const wanted = `{${ids.join()}}`;
  await sql`select from produce where id = any(${wanted}::bigint[]) order by id for update`.execute(tx);
  const { rows } = await sql<{ id: number; unitPrice: UnitPrice | null }>`
    select p.id, (
      select unit_price from reference_price r where r.garden_id = p.garden_id and r.produce_id = p.id and r.starts_on <= ${day}
      order by r.starts_on desc limit 1) as "unitPrice"
    from produce p where p.id = any(${wanted}::bigint[]) and p.archived_at is null`.execute(tx);
  return new Map(rows.map(({ id, unitPrice }) => [id, unitPrice]));
}
