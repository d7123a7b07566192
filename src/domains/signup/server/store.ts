import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { RawAnswers } from '../schema.ts';

/** What the device keeps: 256 bits that nobody guesses. Only their digest is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

export type SignupState = 'draft' | 'sent' | 'accepted' | 'waiting' | 'refused';
export type SignupRow = {
  id: number;
  version: number;
  state: SignupState;
  answers: RawAnswers;
  consent: { mandate?: string; mandateOn?: Day; conditions?: string };
  shown: Shown | null;
  why: '' | 'garden' | 'known' | 'full';
  customerId: number | null;
  subscriptionId: number | null;
  waitingEntryId: number | null;
  holdId: number | null;
  reason: string;
  createdOn: Day;
  sentOn: Day | null;
};

/** What was on the last screen: kept as it was told. */
export type Shown = {
  wanted: string;
  place: string;
  startsOn: Day | null;
  endsOn: Day | null;
  lines: { label: string; detail: string; cents: number }[];
  totalCents: number;
  /** What is asked for before the first basket; absent or 0: nothing is. */
  aheadCents?: number;
};

const columns = sql`s.id, s.version, s.state, s.answers, s.consent, s.shown, s.why, s.customer_id as "customerId", s.subscription_id as "subscriptionId",
  s.waiting_entry_id as "waitingEntryId", s.hold_id as "holdId", s.reason, to_char(s.created_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "createdOn",
  to_char(s.sent_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "sentOn"`;

/** By the device's token, or by its id for the team; null when there is none. `lock`: nobody else changes it meanwhile. */
export async function findSignup(tx: Tx, by: { token: string } | { id: number }, lock = false): Promise<SignupRow | null> {
  const which = 'token' in by ? sql`s.token = ${digestOf(by.token)}` : sql`s.id = ${by.id} and s.state <> 'draft'`;
  const { rows } = await sql<SignupRow>`
    select ${columns} from signup s where s.garden_id = app_garden() and ${which} ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

export type Kept = { answers?: RawAnswers; consent?: SignupRow['consent'] };

/** Keeps answers and consents beside those that are there; begins the draft when there is none. What was sent already is left alone. */
export async function keepAnswers(tx: Tx, gardenId: number, token: string, { answers = {}, consent = {} }: Kept): Promise<void> {
  await sql`
    insert into signup as s (garden_id, token, answers, consent) values (${gardenId}, ${digestOf(token)}, ${JSON.stringify(answers)}, ${JSON.stringify(consent)})
    on conflict (garden_id, token) do update set answers = s.answers || excluded.answers, consent = s.consent || excluded.consent, touched_at = now()
    where s.state = 'draft'`.execute(tx);
}

/** Days a draft is kept after the last answer; then who it was about is forgotten. */
export const DRAFT_DAYS = 30;
/** Days after which the garden keeps of a refused sign-up only what was wanted. */
export const REFUSED_DAYS = 365;

/** Forgets drafts that were left on the way, and the persons of sign-ups refused long ago. Two statements. */
export async function forgetOld(tx: Tx): Promise<{ drafts: number; refused: number }> {
  const drafts = await sql`
    delete from signup where garden_id = app_garden() and state = 'draft' and touched_at < now() - make_interval(days => ${DRAFT_DAYS})`.execute(
    tx,
  );
  const refused = await sql`
    update signup set answers = answers - 'vous' - 'paiement', consent = '{}', touched_at = now()
    where garden_id = app_garden() and state = 'refused' and handled_at < now() - make_interval(days => ${REFUSED_DAYS}) and answers ? 'vous'`.execute(
    tx,
  );
  return { drafts: Number(drafts.numAffectedRows ?? 0), refused: Number(refused.numAffectedRows ?? 0) };
}

/** The account's number leaves the answers once a mandate holds it, or nobody needs it. */
export const withoutAccount = ({ paiement, ...answers }: RawAnswers): RawAnswers => {
  if (!paiement) return answers;
  const { iban: _, ...kept } = paiement;
  return { ...answers, paiement: kept };
};
