import { sql } from 'kysely';
import { closedUntil, type Entry, post } from '#domains/ledger/index.server.ts';
import { addDays, type Day, shortDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { accruedAccount, workshopSubsidyAccount } from '../rules/posting.ts';
import type { MoveCostsValues } from '../schema.ts';
import { decided, holdClaim, settleContest } from './contest.ts';
import { type AskedCost, standingCosts } from './costs.ts';
import { lockSolidarity } from './settle.ts';

type Payer = { id: number; name: string; customer: number };

const payerOf = async (tx: Tx, id: number): Promise<Payer | undefined> =>
  (
    await sql<Payer>`select id, name, customer_id as customer from funder
      where garden_id = app_garden() and id = ${id} and customer_id is not null and archived_at is null`.execute(tx)
  ).rows[0];

/**
 * Somebody decides that workshops of a contested claim are paid by another funder, or borne by the garden: what the first one was asked for is taken back in its
 * next claim, and the other is asked for as much in its own. The ledger follows, on the accrual. A form sent twice decides once.
 */
export function moveCosts(actor: Actor, id: number, wish: MoveCostsValues, today: Day): Promise<Outcome<{ costs: number; cents: Cents }>> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    await lockSolidarity(tx, actor.gardenId);
    const claim = await holdClaim(tx, id);
    if (!claim) return refuse('Cette demande n’existe pas.');
    if (await decided(tx, wish.key)) return done({ costs: 0, cents: 0 });
    if (!claim.contested) return refuse('Cette demande n’est pas contestée.');
    const to = wish.costsTo === null ? null : await payerOf(tx, wish.costsTo);
    if (to === undefined || to?.id === claim.funder)
      return refuse('Choisissez un autre payeur.', { costsTo: 'Choisissez un autre payeur.' });
    const standing = (await standingCosts(tx, id)).filter((one) => wish.costs.includes(one.id));
    if (standing.length === 0) return refuse('Il n’y a plus rien à déplacer pour ces ateliers.', { costs: 'Rien à déplacer.' });
    const cents = standing.reduce((sum, one) => sum + one.cents, 0);
    const { rows } = await sql<{ id: number }>`
      insert into claim_decision (garden_id, claim_id, kind, funder_id, costs, cents, reason, contested, decided_by, day, key)
      values (${actor.gardenId}, ${id}, 'moved', ${to?.id ?? null}, ${standing.length}, ${cents}, ${wish.costsReason}, ${claim.note}, ${actor.userId}, ${today},
        ${wish.key}) returning id`.execute(tx);
    const { rows: from } = await sql<Payer>`
      select id, name, customer_id as customer from funder where garden_id = app_garden() and id = ${claim.funder}`.execute(tx);
    const moves = standing.flatMap((one) => [
      { cost: one, payer: from[0]!, cents: -one.cents },
      ...(to === null ? [] : [{ cost: one, payer: to, cents: one.cents }]),
    ]);
    await writeCosts(tx, actor.gardenId, moves, rows[0]!.id, today);
    await settleContest(tx, id);
    return done({ costs: standing.length, cents });
  });
}

type Move = { cost: AskedCost; payer: Payer; cents: Cents };

/** Lines of costs with the entry of each: on the accrual until the payer's next claim, against what is given for workshops. On the first day that is open. */
async function writeCosts(tx: Tx, gardenId: number, moves: readonly Move[], decision: number, today: Day): Promise<void> {
  const closed = await closedUntil(tx);
  const day = closed && today <= closed ? addDays(closed, 1) : today;
  const posted = await post(
    tx,
    'OD',
    moves.map(
      ({ cost, payer, cents }): Entry => ({
        ...{ day, document: `AT-${cost.day}`, documentDay: cost.day },
        label: `Atelier du ${shortDay(cost.day)} ${cents < 0 ? 'repris à' : 'à demander à'} ${payer.name}`,
        lines: [
          { account: accruedAccount, amount: cents, customer: payer.customer },
          { account: workshopSubsidyAccount, amount: -cents },
        ],
      }),
    ),
  );
  const rows = moves.map(({ cost, payer, cents }, at) => ({ cost: cost.id, funder: payer.id, cents, entry: posted[at]!.id }));
  await sql`
    insert into cost_line (garden_id, cost_id, funder_id, cents, entry_id, decision_id)
    select ${gardenId}::integer, r.cost, r.funder, r.cents, r.entry, ${decision}::bigint
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (cost bigint, funder bigint, cents bigint, entry bigint)`.execute(tx);
}
