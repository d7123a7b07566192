import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { whatIsWrong } from './handle.ts';
import { type Known, knownAs } from './known.ts';
import { allPlaces, type SignupPlace } from './places.ts';
import { type Progress, progressOf } from './progress.ts';
import { findSignup, type Shown, type SignupRow, type SignupState } from './store.ts';

export type SignupLine = {
  id: number;
  state: Exclude<SignupState, 'draft'>;
  name: string;
  email: string;
  phone: string;
  shown: Shown | null;
  why: SignupRow['why'];
  customerId: number | null;
  sentOn: Day;
  handledOn: Day | null;
};

export type SignupsAsked = { search: string; state: '' | SignupLine['state']; page: number; perPage: number };
export type SignupList = { rows: SignupLine[]; total: number; counts: Record<SignupLine['state'], number>; drafts: number };

const name = sql`trim(coalesce(c.first_name || ' ' || c.last_name, concat_ws(' ', s.answers -> 'vous' ->> 'prenom', s.answers -> 'vous' ->> 'nom')))`;

/** Sign-ups that were sent: those to handle first, oldest on top; the others latest first. Two queries. */
export function signupList(actor: Actor, { search, state, page, perPage }: SignupsAsked): Promise<SignupList> {
  requireRight(actor, 'subscriptions:read');
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return readInGarden(actor, async (tx) => {
    const [{ rows }, { rows: counted }] = await Promise.all([
      sql<SignupLine & { total: number }>`
        with known as (
          select s.id, s.state, ${name} as name, coalesce(c.email, s.answers -> 'vous' ->> 'email', '') as email, coalesce(c.phone, s.answers -> 'vous' ->> 'telephone', '') as phone,
            s.shown, s.why, s.customer_id as "customerId", to_char(s.sent_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "sentOn",
            to_char(s.handled_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "handledOn", s.sent_at
          from signup s left join customer c on c.garden_id = s.garden_id and c.id = s.customer_id
          where s.garden_id = app_garden() and s.state <> 'draft' and ${state === '' ? sql`true` : sql`s.state = ${state}`}
        )
        select *, count(*) over ()::int as total from known
        where ${search === '' ? sql`true` : sql`search_text(name || ' ' || email || ' ' || phone) like search_text(${pattern})`}
        order by state <> 'sent', case when state = 'sent' then sent_at end, sent_at desc, id limit ${perPage} offset ${(page - 1) * perPage}`.execute(
        tx,
      ),
      sql<{
        state: SignupState;
        many: number;
      }>`select state, count(*)::int as many from signup where garden_id = app_garden() group by state`.execute(tx),
    ]);
    const of = (wanted: SignupState) => counted.find((one) => one.state === wanted)?.many ?? 0;
    return {
      rows: rows.map(({ total: _, ...row }) => row),
      total: rows[0]?.total ?? 0,
      counts: { sent: of('sent'), accepted: of('accepted'), waiting: of('waiting'), refused: of('refused') },
      drafts: of('draft'),
    };
  });
}

/** How many wait for the team, for whoever tells what needs doing. One query. */
export function signupsToHandle(actor: Actor): Promise<number> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{
      many: number;
    }>`select count(*)::int as many from signup where garden_id = app_garden() and state = 'sent'`.execute(tx);
    return rows[0]!.many;
  });
}

export type SignupRecord = {
  row: SignupRow;
  progress: Progress;
  /** Customers who may be this very person. */
  known: Known[];
  /** Who of the team decided. */
  handler: string | null;
  handledOn: Day | null;
  /** Why it cannot be taken in as it is; null when it can. */
  wrong: string | null;
};

/** A sign-up with all that helps to answer it; null when there is none. */
export function signupRecord(actor: Actor, id: number, today: Day): Promise<SignupRecord | null> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => {
    const row = await findSignup(tx, { id });
    if (!row) return null;
    const progress = await progressOf(tx, { raw: row.answers, customerId: row.customerId, holdId: row.holdId ?? undefined }, today);
    const { vous } = progress.answers;
    const { rows } = await sql<{ handler: string | null; handledOn: Day | null }>`
      select u.name as handler, to_char(s.handled_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "handledOn"
      from signup s left join auth."user" u on u.id = s.handled_by where s.garden_id = app_garden() and s.id = ${id}`.execute(tx);
    const complete = progress.way.every((step) => step === 'verifier' || progress.answered.has(step));
    const known = row.state === 'sent' && row.customerId === null && vous && can(actor, 'customers:read') ? await knownAs(tx, vous) : [];
    return { row, progress, known, ...rows[0]!, wrong: row.state === 'sent' && !complete ? whatIsWrong(progress) : null };
  });
}

/** What a sign-up may be corrected to. */
export function correctionChoices(
  actor: Actor,
  id: number,
  today: Day,
): Promise<{ record: Pick<SignupRecord, 'row' | 'progress'>; places: SignupPlace[] } | null> {
  requireRight(actor, 'subscriptions:change');
  return readInGarden(actor, async (tx) => {
    const row = await findSignup(tx, { id });
    if (row?.state !== 'sent') return null;
    const progress = await progressOf(tx, { raw: row.answers, customerId: row.customerId, holdId: row.holdId ?? undefined }, today);
    return { record: { row, progress }, places: await allPlaces(tx, today) };
  });
}
