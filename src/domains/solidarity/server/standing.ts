import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type FunderStanding = {
  /** What its envelopes hold, that are open on the day or were before; null: one of them has no limit in euros, or it has none. */
  given: Cents | null;
  /** What was drawn of them, and its part of all baskets, up to the day. */
  drawn: Cents;
  part: Cents;
  /** What it pays of workshops, beside its envelopes, which are for baskets. */
  workshops: Cents;
  /** What it was asked for up to the day; what remains to be asked. Together: its part of baskets and of workshops. */
  claimed: Cents;
  toClaim: Cents;
  /** What it paid; what it still owes of what it was asked for. */
  paid: Cents;
  owed: Cents;
};

/**
 * Where a funder stands on a day: envelope, claimed, paid, remaining, dated as the ledger dates them (a delivery in a closed period counts from the day its
 * entry stands on). `paid` and `owed` are those of its customer record, which is the funder's alone. One query.
 */
export function funderStanding(actor: Actor, funderId: number, day: Day): Promise<FunderStanding> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<FunderStanding>`
      with line as (
        select l.cents, l.envelope_id, l.treatment, c.day as claimed_on
        from payer_line l
        left join entry e on e.garden_id = l.garden_id and e.id = l.entry_id
        left join claim_line x on x.garden_id = l.garden_id and x.payer_line_id = l.id
        left join claim c on c.garden_id = x.garden_id and c.id = x.claim_id
        where l.garden_id = app_garden() and l.funder_id = ${funderId} and coalesce(e.day, l.day) <= ${day}
      ), cost as (
        select l.cents, c.day as claimed_on
        from cost_line l
        join entry e on e.garden_id = l.garden_id and e.id = l.entry_id
        left join claim_cost_line x on x.garden_id = l.garden_id and x.cost_line_id = l.id
        left join claim c on c.garden_id = x.garden_id and c.id = x.claim_id
        where l.garden_id = app_garden() and l.funder_id = ${funderId} and e.day <= ${day}
      ), asked as (
        select coalesce(sum(cents), 0)::bigint as cents from claim where garden_id = app_garden() and funder_id = ${funderId} and day <= ${day}
      ), due as (
        select coalesce(sum(l.amount_cents), 0)::bigint as cents
        from funder f
        join entry_line l on l.garden_id = f.garden_id and l.customer_id = f.customer_id
        join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = '411000'
        join entry e on e.garden_id = l.garden_id and e.id = l.entry_id and e.day <= ${day}
        where f.garden_id = app_garden() and f.id = ${funderId}
      )
      select (select case when count(*) = count(cents) and count(*) > 0 then sum(cents)::bigint end from programme_envelope
          where garden_id = app_garden() and funder_id = ${funderId} and withdrawn_at is null and starts_on <= ${day}) as given,
        coalesce(sum(cents) filter (where envelope_id is not null), 0)::bigint as drawn, coalesce(sum(cents), 0)::bigint as part,
        (select coalesce(sum(cents), 0)::bigint from cost) as workshops,
        (coalesce(sum(cents) filter (where treatment is not null and (claimed_on is null or claimed_on > ${day})), 0)
          + (select coalesce(sum(cents) filter (where claimed_on is null or claimed_on > ${day}), 0) from cost))::bigint as "toClaim",
        (select cents from asked) as claimed, (select cents from asked) - (select cents from due) as paid, (select cents from due) as owed
      from line`.execute(tx);
    return rows[0]!;
  });
}
