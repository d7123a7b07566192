import { sql } from 'kysely';
import { type PlanOnOffer, plansOnOffer } from '#domains/plans/index.server.ts';
import { type Known, knownAs } from '#domains/signup/index.server.ts';
import { type SlotChoice, slotChoices } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { fairOrder, placeOf } from '../rules/fair-order.ts';
import { noteReading } from './reading.ts';
import { waitingNow } from './referral-handle.ts';
import { findReferral, type ReferralRow, referralColumns, referralSource } from './referral-store.ts';

export type ReferralLine = ReferralRow & {
  /** Her turn among those who wait: 1 is the next; null: she does not wait. */
  turn: number | null;
};

export type ReferralsAsked = { state: '' | ReferralRow['state']; page: number; perPage: number };
export type ReferralList = { rows: ReferralLine[]; total: number; toHandle: number; waiting: number };

/** Referrals: those to handle first, then those who wait, by turn, then the latest. Noted as read. Three queries. */
export async function referralList(actor: Actor, { state, page, perPage }: ReferralsAsked, today: Day): Promise<ReferralList> {
  requireRight(actor, 'solidarity:read');
  await noteReading(actor, 'referral', 0, today);
  return readInGarden(actor, async (tx) => {
    const [{ rows }, waiting, { rows: counted }] = await Promise.all([
      sql<ReferralRow & { total: number }>`
        select ${referralColumns}, count(*) over ()::int as total from ${referralSource}
        where r.garden_id = app_garden() and ${state === '' ? sql`true` : sql`r.state = ${state}`}
        order by case r.state when 'sent' then 0 when 'waiting' then 1 else 2 end, case when r.state in ('sent', 'waiting') then r.received_on end, r.received_on desc, r.id desc
        limit ${perPage} offset ${(page - 1) * perPage}`.execute(tx),
      waitingNow(tx),
      sql<{ toHandle: number; waiting: number }>`
        select count(*) filter (where state = 'sent')::int as "toHandle", count(*) filter (where state = 'waiting')::int as waiting
        from referral where garden_id = app_garden()`.execute(tx),
    ]);
    const turns = new Map(fairOrder(waiting).map(({ id }, index) => [id, index + 1]));
    const lines = rows.map(({ total: _, ...row }) => ({ ...row, turn: turns.get(row.id) ?? null }));
    const queue = lines.filter(({ turn }) => turn !== null).sort((a, b) => a.turn! - b.turn!);
    const [first, rest] = [
      lines.filter(({ state: of }) => of === 'sent'),
      lines.filter(({ state: of, turn }) => of !== 'sent' && turn === null),
    ];
    return { rows: [...first, ...queue, ...rest], total: rows[0]?.total ?? 0, ...counted[0]! };
  });
}

/** How many wait for an answer, for whoever tells what needs doing. One query. */
export function referralsToHandle(actor: Actor): Promise<number> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{
      many: number;
    }>`select count(*)::int as many from referral where garden_id = app_garden() and state = 'sent'`.execute(tx);
    return rows[0]!.many;
  });
}

export type AcceptChoices = {
  programmes: { id: number; name: string; endsOn: Day | null; planIds: number[] }[];
  plans: PlanOnOffer[];
  slots: SlotChoice[];
  known: Known[];
};

export type ReferralPage = {
  row: ReferralRow;
  /** How many wait since longer, when it may be accepted. */
  before: number;
  /** Null: it cannot be accepted any more, or carries on the same basket. */
  choices: AcceptChoices | null;
  handler: string | null;
  /** A renewal: the stay it carries on. */
  former: { startsOn: Day; endsOn: Day; programme: string } | null;
};

/** One of them, with all that helps to answer it; null when there is none. Noted as read. Eight queries at most, five more when places are kept. */
export async function referralPage(actor: Actor, id: number, today: Day): Promise<ReferralPage | null> {
  requireRight(actor, 'solidarity:read');
  const found = await readInGarden(actor, async (tx): Promise<ReferralPage | null> => {
    const row = await findReferral(tx, id);
    if (!row) return null;
    const open = row.state === 'sent' || row.state === 'waiting';
    const [waiting, { rows }] = await Promise.all([
      open ? waitingNow(tx) : [],
      sql<{ handler: string | null; former: ReferralPage['former'] }>`
        select u.name as handler, case when p.id is not null then json_build_object('startsOn', p.starts_on, 'endsOn', p.ends_on, 'programme', g.name) end as former
        from referral r left join auth."user" u on u.id = r.handled_by
        left join path p on p.garden_id = r.garden_id and p.id = r.renews_path_id left join programme g on g.garden_id = p.garden_id and g.id = p.programme_id
        where r.garden_id = app_garden() and r.id = ${id}`.execute(tx),
    ]);
    const mine = { id, receivedOn: row.receivedOn, household: row.household ?? 1 };
    const before = open ? placeOf([...waiting.filter((one) => one.id !== id), mine], id) : 0;
    if (!open || row.renewsPathId !== null) return { row, before, choices: null, ...rows[0]! };
    const [programmes, plans, slots, known] = await Promise.all([
      sql<AcceptChoices['programmes'][number]>`
        select g.id, g.name, g.ends_on as "endsOn",
          array(select p.plan_id::int from programme_plan p where p.garden_id = g.garden_id and p.programme_id = g.id) as "planIds"
        from programme g where g.garden_id = app_garden() and g.archived_at is null and (g.ends_on is null or g.ends_on >= ${today})
        order by search_text(g.name), g.id`.execute(tx),
      plansOnOffer(tx, today, { category: '' }),
      slotChoices(tx, today),
      knownAs(tx, { prenom: row.firstName, nom: row.lastName, email: row.email, telephone: row.phone }),
    ]);
    // By count, what was bought outlasts a term: baskets of a time are taken by the week.
    const byPeriod = plans.filter(({ basketCounts, priceCents }) => basketCounts.length === 0 && priceCents !== null);
    return { row, before, choices: { programmes: programmes.rows, plans: byPeriod, slots, known }, ...rows[0]! };
  });
  if (found) await noteReading(actor, 'referral', id, today);
  return found;
}
