import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { openItems } from '#domains/payments/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { sayPresent, type ToldGroup, told } from '../rules/evidence.ts';
import { type ClaimablePart, claimable, type Evidence, evidenceOf } from './claim-lines.ts';
import { type ClaimedStay, contestOf, type Decision } from './contest.ts';
import { type AskedCost, costsOf } from './costs.ts';

/** What a claim is for. */
export type Asked = 'baskets' | 'workshops' | 'both';

export type ClaimRow = {
  id: number;
  kind: 'invoice' | 'call';
  number: string;
  funderId: number;
  funder: string;
  customerId: number;
  day: Day;
  dueOn: Day;
  from: Day;
  until: Day;
  cents: Cents;
  documentId: number | null;
  sentAt: Date | null;
  contestedAt: Date | null;
  contestNote: string;
  asks: Asked;
  /** What is not paid of it, once its account is matched. */
  left: Cents;
};

type Stored = Omit<ClaimRow, 'left'> & { entryId: number | null };

async function withLeft(tx: Tx, rows: readonly Stored[]): Promise<ClaimRow[]> {
  const accounts = await openItems(tx, [...new Set(rows.map(({ customerId }) => customerId))]);
  return rows.map(({ entryId, ...row }) => {
    const open = accounts.get(row.customerId)?.open ?? [];
    const item = open.find((one) => (row.documentId === null ? one.entry === entryId : one.document === row.documentId));
    return { ...row, left: item?.left ?? 0 };
  });
}

const claims = sql`
  select c.id, c.kind, c.number, c.funder_id as "funderId", f.name as funder, f.customer_id as "customerId", c.day, c.due_on as "dueOn", c.from_on as from,
    c.until_on as until, c.cents, c.document_id as "documentId", c.entry_id as "entryId", c.sent_at as "sentAt", c.contested_at as "contestedAt",
    c.contest_note as "contestNote",
    case when not exists (select from claim_cost_line w where w.garden_id = c.garden_id and w.claim_id = c.id) then 'baskets'
      when exists (select from claim_line b where b.garden_id = c.garden_id and b.claim_id = c.id) then 'both' else 'workshops' end as asks
  from claim c join funder f on f.garden_id = c.garden_id and f.id = c.funder_id where c.garden_id = app_garden()`;

/** Claims, the latest first, with what is left to be paid of each. Two queries. */
export function claimList(actor: Actor): Promise<ClaimRow[]> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Stored>`${claims} order by c.day desc, c.id desc limit 500`.execute(tx);
    return withLeft(tx, rows);
  });
}

/** Claims of which something is not paid after its day, within a transaction. Two queries at most. */
export async function overdueClaims(tx: Tx, today: Day): Promise<ClaimRow[]> {
  const { rows } = await sql<Stored>`${claims} and c.due_on < ${today}`.execute(tx);
  return rows.length === 0 ? [] : (await withLeft(tx, rows)).filter(({ left }) => left > 0);
}

/** `present` in words; `cents` below zero: asked before, and taken back. */
export type ToldWorkshop = { title: string; day: Day; present: string; cents: Cents };
export type ToldEvidence = {
  baskets: number;
  corrections: number;
  people: number | null;
  households: ToldGroup[];
  weeks: { year: number; week: number; baskets: number | null }[];
  workshops: ToldWorkshop[];
};

/** Counts as they may be shown: no group under five. A week of fewer than five people is told with nothing. */
function shown({ baskets, corrections, households, weeks }: Evidence, costs: readonly AskedCost[]): ToldEvidence {
  const { total, groups } = told(households);
  const byWeek = told(weeks.map(({ year, week, people }) => ({ name: `${year} ${week}`, count: people })));
  const hidden = new Set(byWeek.groups.filter(({ count }) => count === null).map(({ name }) => name));
  return {
    ...{ baskets, corrections, people: total, households: groups },
    weeks: weeks
      .filter(({ people }) => people > 0)
      .map(({ year, week, baskets: count }) => ({ year, week, baskets: hidden.has(`${year} ${week}`) ? null : count })),
    workshops: costs.map(({ title, day, people, cents }) => ({ title, day, present: sayPresent(people), cents })),
  };
}

/** Whom these lines are for, as counts that may be shown. Three queries. */
async function toldOf(tx: Tx, lines: readonly { of: 'baskets' | 'workshops'; id: number }[]): Promise<ToldEvidence> {
  const ids = (of: 'baskets' | 'workshops') => lines.filter((line) => line.of === of).map(({ id }) => id);
  return shown(await evidenceOf(tx, ids('baskets')), await costsOf(tx, ids('workshops')));
}

export type ClaimPage = ClaimRow & {
  evidence: ToldEvidence;
  garden: string;
  legal: string;
  decisions: Decision[];
  /** While it is contested: what its funder still pays of what it asks. */
  stays: ClaimedStay[];
  costs: AskedCost[];
};

/** A claim with its evidence; null when there is none. Ten queries. */
export function claimPage(actor: Actor, id: number): Promise<ClaimPage | null> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Stored>`${claims} and c.id = ${id}`.execute(tx);
    const [claim] = await withLeft(tx, rows);
    if (!claim) return null;
    const { rows: lines } = await sql<{ of: 'baskets' | 'workshops'; id: number }>`
      select 'baskets' as of, payer_line_id as id from claim_line where garden_id = app_garden() and claim_id = ${id}
      union all select 'workshops', cost_line_id from claim_cost_line where garden_id = app_garden() and claim_id = ${id}`.execute(tx);
    const garden = await tx.selectFrom('garden').select(['name', 'settings']).where('id', '=', actor.gardenId).executeTakeFirstOrThrow();
    const evidence = await toldOf(tx, lines);
    const contest = await contestOf(tx, id, claim.contestedAt !== null);
    return { ...claim, ...contest, evidence, garden: garden.name, legal: readSettings(garden.settings).siret ?? '' };
  });
}

export type ClaimPreview = { parts: Omit<ClaimablePart, 'lines' | 'entries'>[]; asks: Asked; total: Cents; evidence: ToldEvidence };

/** What a claim would ask, up to a day. Five queries. */
export function claimPreview(actor: Actor, funderId: number, until: Day, today: Day): Promise<ClaimPreview> {
  requireRight(actor, 'solidarity:read');
  const last = until >= today ? addDays(today, -1) : until;
  return readInGarden(actor, async (tx) => {
    const parts = await claimable(tx, funderId, last);
    const evidence = await toldOf(
      tx,
      parts.flatMap(({ of, lines }) => lines.map((id) => ({ of, id }))),
    );
    const kinds = new Set(parts.map(({ of }) => of));
    return {
      asks: kinds.size === 2 ? 'both' : kinds.has('workshops') ? 'workshops' : 'baskets',
      parts: parts.map(({ lines: _, entries: __, ...part }) => part),
      total: parts.reduce((sum, { cents }) => sum + cents, 0),
      evidence,
    };
  });
}
