import { sql } from 'kysely';
import { acceptBankLine, acceptSure, bankFileAccounts, bankToDo, keepBankFile } from '#domains/banking/index.server.ts';
import { addBankDays } from '#domains/banking/rules/bank-days.ts';
import { toSepa } from '#domains/banking/rules/letters.ts';
import { type Debit, lotsOf } from '#domains/banking/rules/pain008.ts';
import { openItems } from '#domains/payments/index.server.ts';
import { addDays, type Day, shortDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type CamtDetail, type CamtEntry, writeCamt } from './camt.ts';
import { inventIban } from './iban.ts';
import { chance } from './random.ts';

const orThrow = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};
const bank = (name: string) => toSepa(name, 70).toUpperCase();

/**
 * Last month's statement was read and dealt with: the debit that arrived, two that came back, the cheques, the bank's costs. This week's is read and waits:
 * transfers with and without the number of their invoice, costs, a subsidy, and a line that says nothing to anybody.
 */
export async function readBank(actor: Actor, today: Day): Promise<void> {
  const [account] = await bankFileAccounts(actor);
  if (!account) return;
  const keep = async (id: string, day: Day, entries: CamtEntry[]) => {
    const told = entries.filter((entry) => entry.day <= day).sort((a, b) => a.day.localeCompare(b.day));
    const content = writeCamt({ kind: 'camt.053', version: 8, id, day, iban: account.iban, opening: 1_254_310, entries: told });
    orThrow(await keepBankFile(actor, { name: `releve-${day}.xml`, content: Buffer.from(content) }));
  };
  const [past, week] = [addDays(today, -6), addDays(today, -1)];
  const { debit, slips, owing } = await inGarden(actor, async (tx) => ({
    debit: await lastDebit(tx, past),
    slips: await lastSlips(tx, past),
    owing: await whoOwes(tx),
  }));
  await keep(`REL-${actor.gardenId}-1`, past, [...debit, ...slips, ...costs(addDays(today, -35)), ...costs(addDays(today, -8))]);
  orThrow(await acceptSure(actor));
  for (const line of (await bankToDo(actor)).lines.filter(({ proposals: [first] }) => first?.confidence === 'likely')) {
    orThrow(await acceptBankLine(actor, line.id, { version: line.version, target: line.proposals[0]!.key }));
  }
  await keep(`REL-${actor.gardenId}-2`, week, [...received(actor, owing, week), ...costs(addDays(week, -1)), ...strange(week)]);
}

type Told = Pick<Debit, 'endToEnd' | 'amount' | 'sequence' | 'scheme'> & {
  messageId: string;
  mandate: string;
  name: string;
  iban: string;
  dueOn: Day;
  rejected: boolean;
};

/** The last file of debits that was handed to the bank, lot by lot, and two of its debits that came back: no funds, a closed account. */
async function lastDebit(tx: Tx, until: Day): Promise<CamtEntry[]> {
  const { rows } = await sql<Told>`
    select l.end_to_end as "endToEnd", l.amount_cents as amount, l.sequence, m.scheme, b.message_id as "messageId", m.reference as mandate,
      concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name, m.iban, b.due_on as "dueOn", l.state = 'rejected' as rejected
    from debit_line l
    join debit_batch b on b.garden_id = l.garden_id and b.id = l.batch_id
    join mandate m on m.garden_id = l.garden_id and m.id = l.mandate_id
    join customer c on c.garden_id = l.garden_id and c.id = l.customer_id
    where l.garden_id = app_garden() and l.state <> 'removed'
      and b.id = (select id from debit_batch where garden_id = app_garden() and state in ('sent', 'confirmed') and due_on <= ${until} order by due_on desc, id desc limit 1)
    order by search_text(c.last_name), search_text(c.first_name), l.id`.execute(tx);
  if (!rows[0]) return [];
  const { messageId, dueOn } = rows[0];
  const lots = lotsOf({ messageId, debits: rows as unknown as Debit[] }).map(({ id, debits }): CamtEntry => {
    const details = debits.map((one): CamtDetail => ({ amount: one.amount, endToEnd: one.endToEnd, paymentInfoId: id }));
    const amount = debits.reduce((sum, one) => sum + one.amount, 0);
    return { amount, day: dueOn, reference: `DEMO${id}`, label: 'REMISE DE PRELEVEMENTS SEPA', details };
  });
  const noted = rows.filter(({ rejected }) => rejected);
  const back = (noted.length ? noted : [rows[3], rows[11]]).flatMap((one, at): CamtEntry[] => {
    if (!one) return [];
    const returned = at ? { code: 'AC04', more: 'COMPTE CLOS' } : { code: 'AM04', more: 'PROVISION INSUFFISANTE' };
    const detail = { endToEnd: one.endToEnd, mandate: one.mandate, name: bank(one.name), iban: one.iban, returned };
    const [amount, day] = [-one.amount, addBankDays(dueOn, 3)];
    return [{ amount, day, reference: `DEMOR${one.endToEnd}`, label: 'PRELEVEMENT SEPA IMPAYE', details: [detail] }];
  });
  return [...lots, ...back];
}

async function lastSlips(tx: Tx, until: Day): Promise<CamtEntry[]> {
  const { rows } = await sql<{ number: number; total: Cents; day: Day }>`
    select number, total_cents as total, deposited_on as day from remittance
    where garden_id = app_garden() and state = 'deposited' and deposited_on between ${addDays(until, -60)} and ${until} order by number`.execute(
    tx,
  );
  return rows.map(({ number, total, day }): CamtEntry => {
    const reference = `DEMOS${number}`;
    return { amount: total, day, reference, label: `REMISE CHEQUES ${String(number).padStart(7, '0')}` };
  });
}

/** Four customers with an invoice to pay, who do not pay by debit. */
async function whoOwes(tx: Tx): Promise<{ name: string; iban: null; piece: string; left: Cents }[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    select c.id, concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name from customer c
    where c.garden_id = app_garden() and coalesce(c.payment_method, '') <> 'direct_debit' and exists (
      select from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = '411000'
      where l.garden_id = c.garden_id and l.customer_id = c.id having sum(l.amount_cents) > 0)
    order by c.id limit 4`.execute(tx);
  const accounts = await openItems(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id, name }) => {
    const item = accounts.get(id)?.open.find(({ left, document }) => left > 0 && document !== null);
    return item ? [{ name, iban: null, piece: item.piece, left: item.left }] : [];
  });
}

/** The first two say their invoice; the others their name alone. */
function received({ gardenId }: Actor, owing: Awaited<ReturnType<typeof whoOwes>>, until: Day): CamtEntry[] {
  const luck = chance(gardenId * 31_337 + 3);
  return owing.map(({ name, piece, left }, at) => ({
    ...{ amount: left, day: addDays(until, -at), reference: `DEMOV${gardenId}-${at}`, label: 'VIREMENT RECU' },
    details: [
      {
        name: bank(name),
        iban: inventIban(luck),
        endToEnd: 'NOTPROVIDED',
        remittance: [at < 2 ? `Facture ${piece}` : 'Paniers de legumes'],
      },
    ],
  }));
}

const costs = (day: Day): CamtEntry[] => [
  { amount: -1490, day, reference: `DEMOF${day}`, label: `FRAIS DE TENUE DE COMPTE ${shortDay(day)}` },
];

const strange = (day: Day): CamtEntry[] => [
  { amount: 450_000, day, reference: `DEMOA${day}`, label: 'VIREMENT RECU', details: [{ name: 'ASP', remittance: ['AIDE AU POSTE'] }] },
  {
    amount: 3720,
    day: addDays(day, -2),
    reference: `DEMOI${day}`,
    label: 'VIREMENT RECU',
    details: [{ name: 'CTE JT PORTABLE', remittance: ['MERCI'] }],
  },
];
