import { sql } from 'kysely';
import { closedUntil, post } from '#domains/ledger/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { dedicatedEntry } from '../rules/dedicated.ts';
import type { UseValues } from '../schema.ts';

/** A campaign whose gifts are kept for something, on a day: what came, what it served for, and what the books keep of it. */
export type DedicatedFund = {
  campaign: number;
  title: string;
  receivedCents: Cents;
  usedCents: Cents;
  /** Standing in 196000 for it. */
  keptCents: Cents;
};

/** Every campaign with a project or a programme, up to a day. Goods keep no money. Used: what was noted, and baskets that its programme paid with its gifts. One query. */
async function fundsOn(tx: Tx, until: Day): Promise<DedicatedFund[]> {
  const { rows } = await sql<DedicatedFund>`
    select c.id as campaign, c.title,
      coalesce((select sum(g.cents) from gift g where g.garden_id = c.garden_id and g.campaign_id = c.id and g.state = 'received' and g.nature <> 'goods'
        and g.day <= ${until}), 0)::bigint as "receivedCents",
      (coalesce((select sum(u.cents) from campaign_use u where u.garden_id = c.garden_id and u.campaign_id = c.id and u.day <= ${until}), 0)
        + coalesce((select sum(p.cents) from gift g join programme_envelope e on e.garden_id = g.garden_id and e.source = 'gift:' || g.id
            join payer_line p on p.garden_id = e.garden_id and p.envelope_id = e.id
            where g.garden_id = c.garden_id and g.campaign_id = c.id and p.day <= ${until}), 0))::bigint as "usedCents",
      coalesce((select -sum(l.amount_cents) from entry e join entry_line l on l.garden_id = e.garden_id and l.entry_id = e.id
        join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = '196000'
        where e.garden_id = c.garden_id and e.source like 'dedicated:' || c.id || ':%' and e.day <= ${until}), 0)::bigint as "keptCents"
    from campaign c where c.garden_id = app_garden() and (c.project <> '' or c.programme_id is not null)
    order by c.starts_on, c.id`.execute(tx);
  return rows;
}

/** What stands for each project on a day, and what the books should keep of it. One query. */
export function dedicatedPage(actor: Actor, until: Day): Promise<DedicatedFund[]> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, (tx) => fundsOn(tx, until));
}

/**
 * At the end of a year: what is left of gifts kept for a project is carried over (689600 to 196000), what was carried over and has been spent comes back
 * (196000 to 789600). What is wanted less what stands: asked again, only what changed since is posted.
 */
export function postDedicated(actor: Actor, until: Day, today: Day): Promise<Outcome<{ posted: number }>> {
  requireRight(actor, 'giving:change');
  if (until > today) return Promise.resolve(refuse('Ce jour n’est pas passé.', { until: 'Choisissez le dernier jour d’une année finie.' }));
  return inGarden(actor, async (tx) => {
    const closed = await closedUntil(tx);
    if (closed && until <= closed)
      return refuse('Cette période est clôturée : ses fonds dédiés ne changent plus.', { until: 'Déjà clôturé.' });
    await sql`select pg_advisory_xact_lock(45, ${actor.gardenId}::integer)`.execute(tx);
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from entry where garden_id = app_garden() and source like 'dedicated:%'`.execute(tx);
    const entries = (await fundsOn(tx, until)).flatMap((fund) => dedicatedEntry(fund, until, rows[0]!.count) ?? []);
    await post(tx, 'OD', entries);
    return done({ posted: entries.length });
  });
}

/** What was noted of a campaign, latest first. */
export async function usesOf(tx: Tx, campaign: number): Promise<{ id: number; day: Day; cents: Cents; label: string }[]> {
  const { rows } = await sql<{ id: number; day: Day; cents: Cents; label: string }>`
    select id, day, cents, label from campaign_use where garden_id = app_garden() and campaign_id = ${campaign} order by day desc, id desc`.execute(
    tx,
  );
  return rows;
}

/** Notes what gifts of a project served for. The same form sent twice notes it once. */
export function addUse(actor: Actor, campaign: number, { key, day, cents, label }: UseValues, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'giving:change');
  if (day > today) return Promise.resolve(refuse('La date est à revoir.', { day: 'Une dépense est d’aujourd’hui ou d’avant.' }));
  return inGarden(actor, async (tx) => {
    const { rows } = await sql`
      insert into campaign_use (garden_id, campaign_id, day, cents, label, source, user_id)
      select garden_id, id, ${day}, ${cents}, ${label}, ${`form:${key}`}, app_user() from campaign where garden_id = app_garden() and id = ${campaign}
      on conflict (garden_id, source) where source is not null do nothing returning id`.execute(tx);
    if (rows.length > 0) return done(null);
    const there = await tx.selectFrom('campaign').select('id').where('id', '=', campaign).executeTakeFirst();
    return there ? done(null) : refuse('Cette collecte n’existe pas.');
  });
}
