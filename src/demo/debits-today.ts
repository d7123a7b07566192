import { sql } from 'kysely';
import {
  bankAccounts,
  batchPage,
  changeMandateAccount,
  confirmBatch,
  createAccount,
  createBatch,
  createMandate,
  createRefunds,
  endMandate,
  firstDue,
  notedAsTold,
  refunds,
  rejectLine,
  sendBatch,
} from '#domains/banking/index.server.ts';
import { whyNotCreditor } from '#domains/banking/rules/account.ts';
import { addBankDays, bankDayFrom } from '#domains/banking/rules/bank-days.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { inventIban } from './iban.ts';
import { chance } from './random.ts';

const orThrow = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};
const uuid = (seed: number, rank: number) => `00000000-0000-4000-8000-${String(seed).padStart(6, '0')}${String(rank).padStart(6, '0')}`;

/** An invented creditor identifier whose key is right. */
function inventCreditor(national: number): string {
  for (let key = 1; key < 99; key++) {
    const identifier = `FR${String(key).padStart(2, '0')}ZZZ${String(national).padStart(6, '0')}`;
    if (whyNotCreditor(identifier) === null) return identifier;
  }
  throw new Error('No key of two figures makes it right.');
}

/**
 * Last month's debit arrived, but for two that came back; the next one is in preparation. Somebody changed banks, one mandate has
 * ended, one was signed this week.
 */
export async function takeDebits(actor: Actor, today: Day): Promise<void> {
  const luck = chance(actor.gardenId * 104_729 + 11);
  const garden = await inGarden(actor, (tx) =>
    tx.selectFrom('garden').select('name').where('id', '=', actor.gardenId).executeTakeFirstOrThrow(),
  );
  const known = (await bankAccounts(actor)).find(({ creditorIdentifier }) => creditorIdentifier !== '');
  const accountId =
    known?.id ??
    orThrow(
      await createAccount(actor, {
        name: 'Compte courant',
        holder: garden.name.slice(0, 70),
        iban: inventIban(luck),
        bic: 'DEMOFRPP',
        creditorIdentifier: inventCreditor(990_000 + actor.gardenId),
        account: '512000',
      }),
    ).id;
  const dues = await dueDays(actor);
  const past = dues.filter((day) => day <= addDays(today, -18)).at(-1);
  if (past) {
    const dueOn = bankDayFrom(past);
    const first = await createBatch(actor, { key: uuid(actor.gardenId, 1), accountId, dueOn }, addDays(dueOn, -15));
    if (first.ok) await receive(actor, first.value.id, dueOn);
  }
  await liveOn(actor, luck, today);
  const soon = firstDue(today, 14);
  const last = dues.at(-1) ?? soon;
  // Its customers are still to be told: the next step of who opens it.
  await createBatch(actor, { key: uuid(actor.gardenId, 2), accountId, dueOn: last > soon ? bankDayFrom(last) : soon }, today);
  await giveBack(actor, accountId, today);
}

/** Somebody who has money in hand gets it back: the file of transfers waits for the bank. */
async function giveBack(actor: Actor, accountId: number, today: Day): Promise<void> {
  const someone = (await refunds(actor)).refundable.find(({ why }) => why === null);
  if (!someone) return;
  const asked = { key: uuid(actor.gardenId, 3), accountId, executeOn: bankDayFrom(today), customers: [someone.customer] };
  orThrow(await createRefunds(actor, asked, today));
}

/** Days on which bills of those who pay by debit fall due, in order. */
async function dueDays(actor: Actor): Promise<Day[]> {
  const { rows } = await inGarden(actor, (tx) =>
    sql<{ day: Day }>`
      select distinct d.due_on as day from document d join customer c on c.garden_id = d.garden_id and c.id = d.customer_id
      where d.garden_id = app_garden() and c.payment_method = 'direct_debit' order by d.due_on`.execute(tx),
  );
  return rows.map(({ day }) => day);
}

/** The file left, the money arrived on its day, and two came back four days later: no funds, and a closed account. */
async function receive(actor: Actor, id: number, dueOn: Day): Promise<void> {
  const told = addDays(dueOn, -15);
  orThrow(await notedAsTold(actor, id));
  const { batch, lines } = (await batchPage(actor, id, told))!;
  orThrow(await sendBatch(actor, id, { version: batch.version, accept: true }, told));
  await inGarden(actor, async (tx) => {
    orThrow(await confirmBatch(tx, id, dueOn));
    const back = lines.filter((_, index) => index === 3 || index === 11);
    for (const [rank, line] of back.entries())
      orThrow(await rejectLine(tx, line.id, { day: addBankDays(dueOn, 3), code: rank ? 'AC04' : 'AM04' }));
  });
}

async function liveOn(actor: Actor, luck: ReturnType<typeof chance>, today: Day): Promise<void> {
  const { rows } = await inGarden(actor, (tx) =>
    sql<{ id: number; version: number; customer: number }>`
      select m.id, m.version, m.customer_id as customer from mandate m where m.garden_id = app_garden() and m.ended_on is null order by m.id limit 3`.execute(
      tx,
    ),
  );
  const [moved, ended, renewed] = rows;
  if (!moved || !ended || !renewed) return;
  orThrow(await changeMandateAccount(actor, moved.id, { version: moved.version, iban: inventIban(luck), bic: '', bank: 'other' }, today));
  orThrow(
    await endMandate(actor, ended.id, { version: ended.version, endedOn: addDays(today, -3), reason: 'Ne souhaite plus être prélevé' }),
  );
  const proof = {
    evidence: 'online' as const,
    note: 'Par courriel : « J’accepte d’être prélevé par le jardin sur mon nouveau compte. »',
    scan: null,
  };
  const signed = {
    customerId: renewed.customer,
    reference: '',
    iban: inventIban(luck),
    bic: '',
    signedOn: addDays(today, -2),
    payByDebit: true,
    proof,
  };
  orThrow(await createMandate(actor, { ...signed, scheme: 'CORE', once: false }, today));
}
