import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { closedUntil, post } from '#domains/ledger/index.server.ts';
import { addDays, type Day, shortDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type Brought, type OpeningSign, openingOf, openingTotals, toOpen } from '../rules/opening.ts';

export type OpeningLine = Brought & { number: string; name: string; times: number };
export type Opening = {
  /** What the garden said a balance without a sign means; null: nothing was opened. */
  sign: OpeningSign | null;
  /** On which day the balances would stand: the one the garden changed tools, or the first that is open. */
  day: Day;
  /** Everybody with a balance brought over, or opened, the largest first. */
  lines: OpeningLine[];
};

/**
 * Everybody with a balance brought over, and what the ledger opened with: the entries made here, the corrections of those, the largest first.
 * A customer's entries are « opening:12 », « opening:12:2 »… One query.
 */
async function load(tx: Tx): Promise<OpeningLine[]> {
  const { rows } = await sql<OpeningLine>`
    with opened as (
      select l.customer_id, sum(l.amount_cents)::bigint as cents, count(*) filter (where e.source is not null) as times
      from entry e
      join entry_line l on l.garden_id = e.garden_id and l.entry_id = e.id and l.customer_id is not null
      where e.garden_id = app_garden() and (e.source like 'opening:%'
        or e.reverses in (select o.id from entry o where o.garden_id = app_garden() and o.source like 'opening:%'))
      group by l.customer_id
    )
    select c.id as customer, c.number, trim(c.last_name || ' ' || c.first_name) as name, c.opening_balance_cents as brought,
      coalesce(o.cents, 0)::bigint as opened, coalesce(o.times, 0) as times
    from customer c left join opened o on o.customer_id = c.id
    where c.garden_id = app_garden() and (c.opening_balance_cents <> 0 or o.cents <> 0)
    order by abs(c.opening_balance_cents) desc, c.number`.execute(tx);
  return rows;
}

/** For the page that asks what a balance means. Four queries. */
export function openingBalances(actor: Actor, today: Day): Promise<Opening> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const [garden, lines, closed] = await Promise.all([
      tx.selectFrom('garden').select(['settings', 'taken_over_on']).where('id', '=', actor.gardenId).executeTakeFirstOrThrow(),
      load(tx),
      closedUntil(tx),
    ]);
    return { sign: readSettings(garden.settings).openingSign, day: firstOpen(garden.taken_over_on ?? today, closed), lines };
  });
}

const firstOpen = (day: Day, closed: Day | null): Day => (closed && day <= closed ? addDays(closed, 1) : day);

export type Opened = { written: number; owes: Cents; inHand: Cents; day: Day };

/**
 * Writes in the ledger the balances that customers brought over, as the garden says a balance without a sign is to be read; or, when it was done before, what
 * changed since. Sent twice, it acts once: the second time nothing is left to write.
 */
export function openBalances(actor: Actor, sign: OpeningSign, today: Day): Promise<Outcome<Opened>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    // Two at the same moment come here one after the other.
    const { rows } = await sql<{ settings: unknown; takenOverOn: Day | null; name: string }>`
      select settings, taken_over_on as "takenOverOn", name from garden where id = ${actor.gardenId} for update`.execute(tx);
    const garden = rows[0]!;
    const day = firstOpen(garden.takenOverOn ?? today, await closedUntil(tx));
    if (day > today) return refuse(`La comptabilité est clôturée jusqu’au ${shortDay(addDays(day, -1))} : attendez le ${shortDay(day)}.`);
    const lines = await load(tx);
    const known = new Map(lines.map((line) => [line.customer, line]));
    const written = toOpen(lines, sign);
    await post(
      tx,
      'AN',
      written.map(({ customer, amount }) => {
        const { times, number } = known.get(customer)!;
        return {
          ...{
            day,
            document: `REPRISE-${number}`,
            documentDay: day,
            source: times === 0 ? `opening:${customer}` : `opening:${customer}:${times + 1}`,
          },
          label: times === 0 ? 'Solde repris de l’ancien outil' : 'Solde repris de l’ancien outil : correction',
          lines: [
            { account: '411000', amount, customer },
            { account: '890000', amount: -amount },
          ],
        };
      }),
    );
    if (readSettings(garden.settings).openingSign !== sign)
      await sql`update garden set settings = settings || jsonb_build_object('openingSign', ${sign}::text), version = version + 1
        where id = ${actor.gardenId}`.execute(tx);
    const { owes, inHand } = openingTotals(lines.map(({ brought }) => openingOf(brought, sign)));
    return done({ written: written.length, owes, inHand, day });
  });
}
