import { type RawBuilder, sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { lastAbout } from '#domains/messages/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { Frequency } from '../rules/frequency.ts';
import { mayRenew, type RenewalState, renewalHorizon, renewalState } from '../rules/renewal.ts';
import type { BillingMode } from '../rules/schedule.ts';

/** A subscription that ends or has ended lately, with its terms at the end. */
export type EndingSubscription = {
  id: number;
  customerId: number;
  number: string;
  lastName: string;
  firstName: string;
  phone: string;
  email: string;
  planId: number | null;
  plan: string | null;
  seasonId: number | null;
  season: string | null;
  seasonStartsOn: Day | null;
  seasonEndsOn: Day | null;
  productId: number;
  product: string;
  frequency: Frequency;
  quantity: number;
  priceCents: number;
  slotId: number;
  depot: string;
  tour: string;
  /** Its depot, stop and tour are in use. */
  served: boolean;
  startsOn: Day;
  endsOn: Day;
  /** The day after which it gives nothing more: its end, or its last basket when it is by count. */
  overOn: Day;
  basketCount: number | null;
  billingMode: BillingMode;
  billingCount: number | null;
  renews: boolean;
  endReason: string;
  renewedBy: number | null;
  state: RenewalState;
};

/** Subscriptions with the day they give their last basket at the latest; of one customer alone, when said. Packs are counted apart and once: there are few of them. */
export const withOver = (ofCustomer: RawBuilder<unknown> = sql``) => sql`
  pack as (
    select h.id, max(h.day) as last, sum(h.quantity) as given from (
      select b.subscription_id as id, l.date as day, b.quantity
      from basket b join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id
      where b.garden_id = app_garden() and b.subscription_id = any(array(select id from subscription where garden_id = app_garden() and basket_count is not null ${ofCustomer}))
      union all select s.id, m.day, m.quantity from subscription s, gifts_made(s.id) m where s.garden_id = app_garden() and s.basket_count is not null ${ofCustomer}
    ) h group by h.id
  ), over as materialized (
    select s.*, case when k.given >= s.basket_count then least(k.last, s.ends_on) else s.ends_on end as over_on
    from subscription s left join pack k on k.id = s.id
    where s.garden_id = app_garden() ${ofCustomer}
  )`;
const renewedBy = sql`select x.id from subscription x where x.garden_id = s.garden_id and x.renewed_from = s.id`;
/** Another one of the same product begins next, that nobody linked to it. */
const followed = (product: RawBuilder<unknown>) => sql`exists (
  select from subscription x where x.garden_id = s.garden_id and x.customer_id = s.customer_id and x.id <> s.id and x.renewed_from is null
    and x.product_id = ${product} and x.starts_on > s.over_on and x.starts_on <= s.over_on + 60)`;

/** Subscriptions `s` that answer a condition, by the day they are over, with their permanent terms then. One query. */
export async function loadEndings(tx: Tx, where: RawBuilder<unknown>, ofCustomer?: RawBuilder<unknown>): Promise<EndingSubscription[]> {
  const { rows } = await sql<Omit<EndingSubscription, 'state'> & { followed: boolean }>`
    with ${withOver(ofCustomer)}, held as (
      select distinct on (h.subscription_id) h.*
      from subscription_change h
      join over s on s.id = h.subscription_id
      where h.garden_id = app_garden() and h.withdrawn_at is null
        and (h.from_year, h.from_week) <= (extract(isoyear from s.over_on)::int, extract(week from s.over_on)::int)
      order by h.subscription_id, h.from_year desc, h.from_week desc
    )
    select s.id, s.customer_id as "customerId", c.number, c.last_name as "lastName", c.first_name as "firstName", c.phone, c.email,
      n.id as "planId", n.name as plan, e.id as "seasonId", e.name as season, e.starts_on as "seasonStartsOn", e.ends_on as "seasonEndsOn", p.id as "productId", p.name as product,
      coalesce(h.frequency, s.frequency) as frequency, coalesce(h.quantity, s.quantity) as quantity, coalesce(h.price_cents, s.price_cents) as "priceCents",
      o.id as "slotId", d.name || case when o.name = '' then '' else ', ' || o.name end as depot, t.code as tour,
      o.archived_at is null and d.archived_at is null and t.archived_at is null as served,
      s.starts_on as "startsOn", s.ends_on as "endsOn", s.over_on as "overOn", s.basket_count as "basketCount", s.billing_mode as "billingMode",
      s.billing_count as "billingCount", s.renews, s.end_reason as "endReason",
      (${renewedBy}) as "renewedBy", ${followed(sql`p.id`)} as followed
    from over s
    left join held h on h.subscription_id = s.id
    join customer c on c.garden_id = s.garden_id and c.id = s.customer_id
    join product p on p.garden_id = s.garden_id and p.id = coalesce(h.product_id, s.product_id)
    left join plan n on n.garden_id = s.garden_id and n.id = case when h.id is null then s.plan_id else h.plan_id end
    left join season e on e.garden_id = n.garden_id and e.id = n.season_id
    join slot o on o.garden_id = s.garden_id and o.id = coalesce(h.slot_id, s.slot_id)
    join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
    join tour t on t.garden_id = o.garden_id and t.id = o.tour_id
    where s.garden_id = app_garden() and ${where}
    order by s.over_on, c.search, s.id`.execute(tx);
  return rows.map(({ followed, ...row }) => ({ ...row, state: renewalState({ ...row, followed }) }));
}

export type EndingsAsked = {
  today: Day;
  search?: string;
  planId?: number;
  seasonId?: number;
  /** Over on this day at the latest; the garden's horizon when absent. */
  until?: Day;
  /** One state, or all that may be renewed, or all. */
  state?: RenewalState | 'not_renewed' | 'all';
};

export type Endings = {
  until: Day;
  /** `proposedOn`: the last day a letter proposed to carry it on. */
  rows: (EndingSubscription & { proposedOn: Day | null })[];
  /** Of all states, whatever is asked. */
  counts: Record<RenewalState, number>;
  plans: { id: number; name: string }[];
  seasons: { id: number; name: string }[];
};

/** What ended longer ago is no longer news. */
const pastDays = 60;

/** Subscriptions that end until a day, or ended lately, and where each stands. Three queries. */
export function endings(actor: Actor, asked: EndingsAsked): Promise<Endings> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => {
    const until = asked.until ?? renewalHorizon(asked.today, await renewalWeeks(tx, actor.gardenId));
    const all = await loadEndings(tx, between(asked, until));
    const counts: Endings['counts'] = { to_ask: 0, tacit: 0, followed: 0, renewed: 0, terminated: 0 };
    for (const one of all) counts[one.state]++;
    const wanted = asked.state ?? 'all';
    const proposed = await lastAbout(tx, 'renewal_proposed');
    const kept = all.filter(
      (one) =>
        (asked.planId === undefined || one.planId === asked.planId) &&
        (asked.seasonId === undefined || one.seasonId === asked.seasonId) &&
        (wanted === 'all' || (wanted === 'not_renewed' ? mayRenew(one.state) && one.state !== 'followed' : one.state === wanted)),
    );
    const rows = kept.map((one) => ({ ...one, proposedOn: proposed.get(String(one.id)) ?? null }));
    const distinct = (pairs: [number | null, string | null][]) =>
      [...new Map(pairs.flatMap(([id, name]) => (id && name ? [[id, name]] : [])))].map(([id, name]) => ({ id, name }));
    return {
      until,
      rows,
      counts,
      plans: distinct(all.map((one) => [one.planId, one.season ? `${one.plan} (${one.season})` : one.plan])),
      seasons: distinct(all.map((one) => [one.seasonId, one.season])),
    };
  });
}

/** A customer's subscriptions that the garden proposes to carry on now, or that go on by themselves. Two queries, on her rows alone. */
export function customerEndings(actor: Actor, customerId: number, today: Day): Promise<EndingSubscription[]> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => {
    const until = renewalHorizon(today, await renewalWeeks(tx, actor.gardenId));
    return loadEndings(tx, between({ today }, until), sql`and customer_id = ${customerId}`);
  });
}

const between = ({ today, search = '' }: EndingsAsked, until: Day, named = true) => {
  const words = search.split(/\s+/).filter(Boolean);
  const found = words.map((word) => sql`c.search like '%' || search_text(${word.replace(/[\\%_]/g, '\\$&')}) || '%'`);
  return sql`s.ends_on >= ${addDays(today, -pastDays)} and s.over_on between ${addDays(today, -pastDays)} and ${until}
    and ${named && found.length ? sql.join(found, sql` and `) : sql`true`}`;
};

/** How many weeks before their end the garden proposes to carry subscriptions on. */
export async function renewalWeeks(tx: Tx, gardenId: number): Promise<number> {
  const garden = await tx.selectFrom('garden').select('settings').where('id', '=', gardenId).executeTakeFirstOrThrow();
  return readSettings(garden.settings).renewalWeeks;
}

/** What the week's page says of renewals: how many are to be asked, and how many go on by themselves, until when. Two queries. */
export function renewalAlert(actor: Actor, today: Day): Promise<{ until: Day; toAsk: number; tacit: number }> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => {
    const until = renewalHorizon(today, await renewalWeeks(tx, actor.gardenId));
    const { rows } = await sql<{ toAsk: number; tacit: number }>`
      with ${withOver()}
      select count(*) filter (where not s.renews)::int as "toAsk", count(*) filter (where s.renews)::int as tacit
      from over s
      where s.garden_id = app_garden() and ${between({ today }, until, false)} and s.end_reason = '' and not exists (${renewedBy})
        and not ${followed(sql`s.product_id`)}`.execute(tx);
    return { until, ...rows[0]! };
  });
}
