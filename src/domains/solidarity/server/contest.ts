import { sql } from 'kysely';
import { addDays, type Day } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { moving, type Standing } from '../rules/moving.ts';
import type { MaintainValues, MoveValues } from '../schema.ts';
import { type AskedCost, standingCosts } from './costs.ts';
import { lockSolidarity, settle, writeLines } from './settle.ts';
import { agreements } from './settle-store.ts';

/** What becomes of a claim that its funder contests. The claim itself never changes: corrections stand in the next one. */

/** The funder contests a claim: noted, with what it says. An empty note says it no longer does. */
export function contestClaim(actor: Actor, id: number, note: string): Promise<Outcome<null>> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    const { numAffectedRows } = await sql`
      update claim set contested_at = case when ${note} = '' then null else coalesce(contested_at, now()) end, contest_note = ${note}, version = version + 1
      where garden_id = app_garden() and id = ${id}`.execute(tx);
    return numAffectedRows ? done(null) : refuse('Cette demande n’existe pas.');
  });
}

type Contested = { funder: number; contested: boolean; note: string };

/** A claim, held, for who decides of it. */
export async function holdClaim(tx: Tx, id: number): Promise<Contested | undefined> {
  const { rows } = await sql<Contested>`
    select funder_id as funder, contested_at is not null as contested, contest_note as note from claim
    where garden_id = app_garden() and id = ${id} for update`.execute(tx);
  return rows[0];
}

/** Whether this form has decided already. */
export const decided = async (tx: Tx, key: string): Promise<boolean> =>
  (await sql`select from claim_decision where garden_id = app_garden() and key = ${key}`.execute(tx)).rows.length > 0;

/** Lines of the baskets that a claim asked its funder for: those it took, and what corrected them since. */
const linesAsked = (claimId: number) => sql`
  from (
    select distinct l.path_id, l.subscription_id, l.day, l.unit, l.product_id, l.funder_id
    from claim_line c join payer_line l on l.garden_id = c.garden_id and l.id = c.payer_line_id
    where c.garden_id = app_garden() and c.claim_id = ${claimId}
  ) a
  join payer_line l on l.garden_id = app_garden() and (l.path_id, l.subscription_id, l.day, l.unit, l.product_id, l.funder_id)
    = (a.path_id, a.subscription_id, a.day, a.unit, a.product_id, a.funder_id)
  join path h on h.garden_id = l.garden_id and h.id = l.path_id`;

/** What the claim's funder pays of them as it stands now: those of some stays, between two days. One query. */
async function standingOf(tx: Tx, claimId: number, { stays, from, until }: MoveValues): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select l.path_id as path, h.programme_id as programme, l.subscription_id as subscription, l.day, l.unit, l.product_id as product, l.funder_id as funder,
      l.envelope_id as envelope, sum(l.cents)::bigint as cents
    ${linesAsked(claimId)}
    where l.path_id = any(${stays}::bigint[]) and l.day between ${from} and ${until}
    group by l.path_id, h.programme_id, l.subscription_id, l.day, l.unit, l.product_id, l.funder_id, l.envelope_id
    having sum(l.cents) > 0 and sum(l.quantity) > 0 order by l.day, l.subscription_id, l.unit, l.envelope_id`.execute(tx);
  return rows;
}

/**
 * Somebody decides that baskets of a contested claim are paid by another funder, or by the garden: what the first one paid is taken back, in its next claim, and
 * the other pays as much, in its own. The ledger follows by reversal. A form sent twice decides once.
 */
export function moveClaimed(actor: Actor, id: number, wish: MoveValues, today: Day): Promise<Outcome<{ baskets: number; cents: number }>> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    await settle(tx, actor.gardenId, addDays(today, -1));
    const claim = await holdClaim(tx, id);
    if (!claim) return refuse('Cette demande n’existe pas.');
    if (await decided(tx, wish.key)) return done({ baskets: 0, cents: 0 });
    if (!claim.contested) return refuse('Cette demande n’est pas contestée.');
    const { rows: payer } = await sql`
      select from funder where garden_id = app_garden() and id = ${wish.funderId} and archived_at is null`.execute(tx);
    if (payer.length === 0 || wish.funderId === claim.funder)
      return refuse('Choisissez un autre payeur.', { funderId: 'Choisissez un autre payeur.' });
    const standing = await standingOf(tx, id, wish);
    if (standing.length === 0)
      return refuse('Il n’y a plus rien à déplacer pour ces personnes et ces dates.', { stays: 'Rien à déplacer.' });
    const { programmes, envelopes } = await agreements(tx);
    const moved = moving(standing, wish.funderId, programmes, envelopes);
    if ('lacks' in moved) {
      const why = `Il manque ${formatEuros(moved.lacks)} dans ses enveloppes : ajoutez de l’argent, ou choisissez un autre payeur.`;
      return refuse(why, { funderId: why });
    }
    const cents = standing.reduce((sum, one) => sum + one.cents, 0);
    const baskets = new Set(standing.map(({ subscription, day, unit }) => `${subscription} ${day} ${unit}`)).size;
    const { rows } = await sql<{ id: number }>`
      insert into claim_decision (garden_id, claim_id, kind, funder_id, baskets, cents, reason, contested, decided_by, day, key)
      values (${actor.gardenId}, ${id}, 'moved', ${wish.funderId}, ${baskets}, ${cents}, ${wish.reason}, ${claim.note}, ${actor.userId}, ${today}, ${wish.key})
      returning id`.execute(tx);
    await writeLines(tx, actor.gardenId, moved.lines, rows[0]!.id);
    await settleContest(tx, id);
    return done({ baskets, cents });
  });
}

/** What was contested of a claim is decided. */
export const settleContest = (tx: Tx, id: number) =>
  sql`update claim set contested_at = null, contest_note = '', version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
    tx,
  );

/** Somebody decides that the garden maintains what it asked: the claim stays contested, with why. A form sent twice decides once. */
export function maintainClaim(actor: Actor, id: number, { maintained, key }: MaintainValues, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    await lockSolidarity(tx, actor.gardenId);
    const claim = await holdClaim(tx, id);
    if (!claim) return refuse('Cette demande n’existe pas.');
    if (await decided(tx, key)) return done(null);
    if (!claim.contested) return refuse('Cette demande n’est pas contestée.');
    await sql`
      insert into claim_decision (garden_id, claim_id, kind, reason, contested, decided_by, day, key)
      values (${actor.gardenId}, ${id}, 'maintained', ${maintained}, ${claim.note}, ${actor.userId}, ${today}, ${key})`.execute(tx);
    return done(null);
  });
}

export type ClaimedStay = { path: number; name: string; baskets: number; cents: number; from: Day; until: Day };
export type Decision = {
  id: number;
  kind: 'moved' | 'maintained';
  funder: string | null;
  baskets: number;
  /** Workshops. Moved without a funder, the garden bears them. */
  costs: number;
  cents: number;
  reason: string;
  contested: string;
  who: string;
  day: Day;
};

type Contest = { decisions: Decision[]; stays: ClaimedStay[]; costs: AskedCost[] };

/** What was decided of a claim, the latest first; and, while it is contested, the stays and workshops that it still asks for. Three queries. */
export async function contestOf(tx: Tx, id: number, contested: boolean): Promise<Contest> {
  const { rows: decisions } = await sql<Decision>`
    select d.id, d.kind, f.name as funder, d.baskets, d.costs, d.cents, d.reason, d.contested, coalesce(u.name, 'Une personne partie depuis') as who, d.day
    from claim_decision d
    left join funder f on f.garden_id = d.garden_id and f.id = d.funder_id
    left join auth."user" u on u.id = d.decided_by
    where d.garden_id = app_garden() and d.claim_id = ${id} order by d.id desc`.execute(tx);
  if (!contested) return { decisions, stays: [], costs: [] };
  const { rows: stays } = await sql<ClaimedStay>`
    with standing as (
      select l.path_id, h.customer_id, l.day, sum(l.cents) as cents ${linesAsked(id)}
      group by l.path_id, h.customer_id, l.subscription_id, l.day, l.unit having sum(l.cents) > 0 and sum(l.quantity) > 0
    )
    select s.path_id as path, trim(c.last_name || ' ' || c.first_name) as name, count(*)::integer as baskets, sum(s.cents)::bigint as cents,
      min(s.day) as from, max(s.day) as until
    from standing s
    join customer c on c.garden_id = app_garden() and c.id = s.customer_id
    group by s.path_id, c.last_name, c.first_name order by search_text(c.last_name), search_text(c.first_name), s.path_id`.execute(tx);
  return { decisions, stays, costs: await standingCosts(tx, id) };
}
