import { sql } from 'kysely';
import { closedUntil, post } from '#domains/ledger/index.server.ts';
import { type Day, sayDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { workshopSubsidyAccount } from '../rules/posting.ts';
import { nextCallNumber } from './claim.ts';
import { lockSolidarity } from './settle.ts';

/** What a workshop cost, that a funder is asked for. `source`: said once, asked once. `people`: how many came, null when nobody said. */
export type CostCall = {
  funderId: number;
  cents: Cents;
  day: Day;
  dueOn: Day;
  source: string;
  title: string;
  heldOn: Day;
  people: number | null;
};

/**
 * Asks a funder for what a workshop cost: a call for subsidy, without VAT, owed at once. Within a transaction whose command checked its right.
 * Asked twice with one source, it is one.
 */
export async function callForCost(tx: Tx, gardenId: number, call: CostCall): Promise<Outcome<{ id: number; number: string }>> {
  await lockSolidarity(tx, gardenId);
  const { rows: known } = await sql<{ id: number; number: string }>`
    select id, number from claim where garden_id = app_garden() and key = ${call.source}`.execute(tx);
  if (known[0]) return done(known[0]);
  if (call.cents <= 0) return refuse('Il n’y a rien à demander.');
  if (call.dueOn < call.day) return refuse('L’échéance vient avant la demande.', { dueOn: 'Avant la date de la demande.' });
  const closed = await closedUntil(tx);
  if (closed && call.day <= closed) return refuse(`La comptabilité est clôturée jusqu’au ${sayDay(closed)}.`);
  const { rows: payers } = await sql<{ name: string; customer: number | null }>`
    select name, customer_id as customer from funder where garden_id = app_garden() and id = ${call.funderId} and archived_at is null`.execute(
    tx,
  );
  if (!payers[0]?.customer)
    return refuse('Rien ne se demande à ce financeur.', { funderId: 'Choisissez un financeur qui a une fiche client.' });
  const { name, customer } = payers[0];
  const number = await nextCallNumber(tx, call.day);
  const [entry] = await post(tx, 'VE', [
    {
      ...{
        day: call.day,
        label: `Demande de paiement ${number} ${name}`,
        document: number,
        documentDay: call.day,
        source: `claim:${number}`,
      },
      lines: [
        { account: '411000', amount: call.cents, customer },
        { account: workshopSubsidyAccount, amount: -call.cents },
      ],
    },
  ]);
  const { rows } = await sql<{ id: number }>`
    with cost as (
      insert into asked_cost (garden_id, source, title, held_on, people)
      values (${gardenId}, ${call.source}, ${call.title}, ${call.heldOn}, ${call.people}) returning id
    ), line as (
      insert into cost_line (garden_id, cost_id, funder_id, cents, entry_id)
      select ${gardenId}, id, ${call.funderId}, ${call.cents}, ${entry!.id} from cost returning id
    ), asked as (
      insert into claim (garden_id, funder_id, kind, number, day, due_on, from_on, until_on, cents, entry_id, key)
      values (${gardenId}, ${call.funderId}, 'call', ${number}, ${call.day}, ${call.dueOn}, ${call.heldOn}, ${call.heldOn}, ${call.cents}, ${entry!.id},
        ${call.source}) returning id
    ), taken as (
      insert into claim_cost_line (garden_id, claim_id, cost_line_id) select ${gardenId}, asked.id, line.id from asked, line
    )
    select id from asked`.execute(tx);
  return done({ id: rows[0]!.id, number });
}
