import { sql } from 'kysely';
import { withdrawFeed } from '#domains/solidarity/index.server.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { takenBack } from '../rules/taken-back.ts';

const why = 'Repris par un avoir ou une correction.';

/**
 * Gifts that came with bills, of which the bill takes something back: a line that is credited, an entry that is reversed, or a charge that comes back below zero on a
 * later bill (withdrawn, or baskets that were not received). They leave totals and programmes' envelopes; a receipt that stands for one is to be cancelled.
 */
export async function takeBackBilled(tx: Tx): Promise<void> {
  const { rows: credited } = await sql<{ id: number }>`
    select g.id from gift g
    where g.garden_id = app_garden() and g.state = 'received' and g.origin in ('per_basket', 'regular', 'deposit', 'basket') and g.payment_id is null and (
      exists (select from document_line n where n.garden_id = g.garden_id and n.credits_line = g.line_id)
      or exists (select from entry r where r.garden_id = g.garden_id and g.source = 'entry:' || r.reverses))
    order by g.id`.execute(tx);
  await fall(tx, credited.map(({ id }) => id)); // biome-ignore format: one line reads better
  await takeBackBelowZero(tx);
}

async function fall(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update gift set state = 'cancelled', version = version + 1, reason = ${why} where garden_id = app_garden() and id = any(${[...ids]}::bigint[])`.execute(
    tx,
  );
  for (const id of ids) await withdrawFeed(tx, `gift:${id}`);
}

type Standing = { id: number; charge: number; cents: Cents; line: number };

/** Of each charge that came back below zero: what its gifts come to may not be more than their lines, less what came back. Three statements when there is none. */
async function takeBackBelowZero(tx: Tx): Promise<void> {
  const { rows: charges } = await sql<{ charge: number; over: Cents }>`
    with back as (
      select l.charge_id as charge, -sum(l.gross_cents)::bigint as cents
      from document_line l join charge c on c.garden_id = l.garden_id and c.id = l.charge_id and c.kind = 'gift'
      where l.garden_id = app_garden() and l.gross_cents < 0 and l.credits_line is null
        and not exists (select from document_line n where n.garden_id = l.garden_id and n.credits_line = l.id)
      group by 1
    ), lines as (
      -- Lines that were taken as gifts, and that no credit note takes back whole.
      select l.charge_id as charge, sum(l.gross_cents)::bigint as cents from document_line l
      where l.garden_id = app_garden() and l.charge_id in (select charge from back) and exists (select from gift g where g.garden_id = l.garden_id and g.line_id = l.id)
        and not exists (select from document_line n where n.garden_id = l.garden_id and n.credits_line = l.id)
      group by 1
    ), held as (
      select l.charge_id as charge, sum(g.cents)::bigint as cents
      from gift g join document_line l on l.garden_id = g.garden_id and l.id = g.line_id
      where g.garden_id = app_garden() and g.state = 'received' and l.charge_id in (select charge from back) group by 1
    )
    select h.charge, h.cents - greatest(n.cents - b.cents, 0) as over from held h join lines n using (charge) join back b using (charge)
    where h.cents > greatest(n.cents - b.cents, 0)`.execute(tx);
  if (charges.length === 0) return;
  const { rows: gifts } = await sql<Standing>`
    select g.id, l.charge_id as charge, g.cents, l.id as line from gift g join document_line l on l.garden_id = g.garden_id and l.id = g.line_id
    where g.garden_id = app_garden() and g.state = 'received' and l.charge_id = any(${charges.map(({ charge }) => charge)}::bigint[])
    order by g.id desc for update of g`.execute(tx);
  const byCharge = Map.groupBy(gifts, ({ charge }) => charge);
  for (const { charge, over } of charges) {
    const { whole, left } = takenBack(byCharge.get(charge) ?? [], over);
    await fall(tx, whole.map(({ id }) => id)); // biome-ignore format: one line reads better
    if (left)
      await sql`
        insert into gift (garden_id, donor_id, campaign_id, nature, origin, means, cents, day, state, counterpart, line_id, source)
        select garden_id, donor_id, campaign_id, nature, origin, means, ${left.cents}, day, 'received', counterpart, line_id, 'line:' || line_id || ':of:' || id
        from gift where garden_id = app_garden() and id = ${left.of.id}`.execute(tx);
  }
}
