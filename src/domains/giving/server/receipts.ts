import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { statementOn } from '../rules/eligibility.ts';
import { grouped, receiptNumber } from '../rules/receipt.ts';
import { contentOf, type GiftFacts, gardenFacts, giftsWithoutReceipt, statementsOf, whyNot } from './facts.ts';

export type Made = { id: number; number: string; donor: number; cents: Cents; gifts: number };

/**
 * Makes receipts of these gifts, whose rows are locked: numbered in order without gaps in the year of `day`, each gift on one of them. Those of which none can be made
 * are left out. Whoever makes some at the same moment waits. Five statements, whatever their number.
 */
async function make(
  tx: Tx,
  gardenId: number,
  gifts: readonly GiftFacts[],
  { day, apart = false, replaces = null }: { day: Day; apart?: boolean; replaces?: number | null },
): Promise<Made[]> {
  const [garden, statements] = [await gardenFacts(tx, gardenId), await statementsOf(tx)];
  const fit = gifts.filter((gift) => whyNot(gift, garden, statements, day) === null);
  if (fit.length === 0) return [];
  const stated = statementOn(statements, day)!;
  const year = Number(day.slice(0, 4));
  await sql`insert into receipt_counter (garden_id, year) values (${gardenId}, ${year}) on conflict do nothing`.execute(tx);
  const { rows: counter } = await sql<{ last: number }>`
    select last from receipt_counter where garden_id = app_garden() and year = ${year} for update`.execute(tx);
  const first = counter[0]!.last + 1;
  const groups = grouped(fit, apart);
  const rows = groups.map(({ donor, kind, gifts: some, cents }, at) => ({
    ...{ sequence: first + at, number: receiptNumber(year, first + at), kind, donor, cents, replaces },
    ...{ content: contentOf(some, garden, stated, day), gifts: some.map(({ id }) => id) },
  }));
  const { rows: made } = await sql<Omit<Made, 'gifts'>>`
    insert into receipt (garden_id, year, sequence, number, kind, donor_id, day, cents, content, replaces, user_id)
    select ${gardenId}::integer, ${year}, r.sequence, r.number, r.kind, r.donor, ${day}::date, r.cents, r.content, r.replaces, app_user()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (sequence integer, number text, kind text, donor bigint, cents bigint, content jsonb, replaces bigint)
    order by r.sequence
    returning id, number, donor_id as donor, cents`.execute(tx);
  const ids = new Map(made.map(({ number, id }) => [number, id]));
  const marks = rows.flatMap((row) => row.gifts.map((gift) => ({ gift, receipt: ids.get(row.number)! })));
  await sql`update gift g set receipt_id = m.receipt, version = version + 1
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as m (gift bigint, receipt bigint)
    where g.garden_id = app_garden() and g.id = m.gift`.execute(tx);
  await sql`update receipt_counter set last = ${first + rows.length - 1} where garden_id = app_garden() and year = ${year}`.execute(tx);
  return rows.map(({ number, donor, cents, gifts: some }) => ({ id: ids.get(number)!, number, donor, cents, gifts: some.length }));
}

/** A receipt of one gift, at once. Asked twice, there is one. */
export function makeReceipt(actor: Actor, gift: number, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ receipt: number | null; state: string }>`
      select receipt_id as receipt, state from gift where garden_id = app_garden() and id = ${gift} for update`.execute(tx);
    if (!rows[0]) return refuse('Ce don n’existe pas.');
    if (rows[0].receipt !== null) return done({ id: rows[0].receipt });
    if (rows[0].state !== 'received') return refuse('Ce don n’est pas encore reçu.');
    const [found] = await giftsWithoutReceipt(tx, { ids: [gift] });
    const why = whyNot(found!, await gardenFacts(tx, actor.gardenId), await statementsOf(tx), today);
    if (why) return refuse(why);
    const [made] = await make(tx, actor.gardenId, [found!], { day: today });
    return done({ id: made!.id });
  });
}

/** The receipts of a year: one for each donor who wants some, of all her gifts that have none. Asked again, those that are made are left alone. */
export function makeYear(actor: Actor, year: number, today: Day): Promise<Outcome<Made[]>> {
  requireRight(actor, 'giving:change');
  if (year > Number(today.slice(0, 4)))
    return Promise.resolve(refuse('Cette année n’a pas commencé.', { year: 'Choisissez une année passée ou en cours.' }));
  return inGarden(actor, async (tx) => {
    const gifts = (await giftsWithoutReceipt(tx, { year }, { lock: true })).filter(({ wish }) => wish !== 'none');
    return done(await make(tx, actor.gardenId, gifts, { day: today }));
  });
}

/** Every night: the receipts of those who want one after each gift. @returns how many were made. */
export function makeAtOnce(actor: Actor, today: Day): Promise<{ made: Made[] }> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    const gifts = (await giftsWithoutReceipt(tx, {}, { lock: true })).filter(({ wish }) => wish === 'once');
    return { made: await make(tx, actor.gardenId, gifts, { day: today, apart: true }) };
  });
}

/**
 * Cancels a receipt: its number stays, its gifts have none any more. @param again another is made of them at once, that says which one it takes the place of.
 * Twice, it acts once. @returns the new one, when there is one.
 */
export function cancelReceipt(
  actor: Actor,
  id: number,
  { reason, again }: { reason: string; again: boolean },
  today: Day,
): Promise<Outcome<{ again: number | null }>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ cancelled: boolean; again: number | null; forgotten: boolean }>`
      select r.forgotten_on is not null as forgotten, exists (select from receipt_cancellation c where c.garden_id = r.garden_id and c.receipt_id = r.id) as cancelled,
        (select n.id from receipt n where n.garden_id = r.garden_id and n.replaces = r.id) as again
      from receipt r where r.garden_id = app_garden() and r.id = ${id}`.execute(tx);
    if (!rows[0]) return refuse('Ce reçu n’existe pas.');
    if (rows[0].forgotten) return refuse('Ce reçu a plus de six ans : il est effacé, il ne s’annule plus.');
    const { rows: freed } = await sql<{ id: number }>`
      select id from gift where garden_id = app_garden() and receipt_id = ${id} order by id for update`.execute(tx);
    const { rows: written } = await sql`
      insert into receipt_cancellation (garden_id, receipt_id, day, reason, user_id) values (${actor.gardenId}, ${id}, ${today}, ${reason}, app_user())
      on conflict do nothing returning id`.execute(tx);
    if (rows[0].cancelled || written.length === 0) return done({ again: rows[0].again });
    const ids = freed.map((one) => one.id);
    await sql`update gift set receipt_id = null, version = version + 1 where garden_id = app_garden() and id = any(${ids}::bigint[])`.execute(
      tx,
    );
    if (!again) return done({ again: null });
    const gifts = await giftsWithoutReceipt(tx, { ids });
    const [made] = await make(tx, actor.gardenId, gifts, { day: today, replaces: id });
    return done({ again: made?.id ?? null });
  });
}
