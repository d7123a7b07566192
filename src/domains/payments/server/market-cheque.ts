import { type RawBuilder, sql } from 'kysely';
import { addCharges } from '#domains/billing/index.server.ts';
import { post } from '#domains/ledger/index.server.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { directory, whoIs, whyNotDay } from '../rules/pile.ts';
import { pieceOf, sayPayment } from '../rules/say.ts';
import { journalOf } from '../rules/states.ts';
import { UNPAID, unpaidLines } from '../rules/taking.ts';
import type { BounceValues } from '../schema.ts';
import { methods } from './methods.ts';
import { people } from './pile.ts';
import { closedOn } from './record.ts';
import { lock, type Row, rejectionFee } from './reject.ts';

/** The id of the payment that made good a cheque `p` of a market that came back; null while nothing did. */
export const madeGood: RawBuilder<number | null> = sql`(
  select a.id from payment a where a.garden_id = p.garden_id and a.source like 'again:' || p.id || ':%' and a.state = 'paid' limit 1)`;

/**
 * A cheque of a market comes back alone: the market's own entry stays, since what was sold was sold. What it was worth leaves the bank (or the account
 * of cheques, when no slip brought it there) and is owed by whoever wrote it: a customer, on her account, or somebody the garden does not know, under
 * 416000. When several cheques were typed as one amount, the row is put in two: what came back, and what is good. Sent twice, it acts once.
 * @returns the payment that is rejected.
 */
export function rejectMarketCheque(actor: Actor, id: number, given: BounceValues, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const found = await lock(tx, id);
    if (!found?.taking) return refuse('Ce règlement n’est pas d’un marché.');
    const before = found.state === 'rejected' ? id : await idOf(tx, `bounced:${id}`);
    if (before !== null) return done({ id: before });
    if (found.state !== 'paid' || found.kind === 'cash') return refuse('Ce règlement a changé entre-temps : regardez où il en est.');
    if (found.slip === 'made')
      return refuse(`Il est sur la remise n° ${found.slipNumber}, qui n’est pas encore déposée : défaites d’abord la remise.`);
    const writer = await whoWrote(tx, given.customer);
    const wrong = writer.wrong ?? whyNot(found, given, today) ?? (await closedOn(tx, given.day));
    if (wrong) return wrong;
    return done({ id: await bounce(tx, found, given, writer.customer) });
  });
}

async function whoWrote(tx: Tx, typed: string) {
  if (typed === '') return { customer: null };
  const person = whoIs(typed, directory(await people(tx)));
  return typeof person === 'string'
    ? { customer: null, wrong: refuse('Le client est à revoir.', { customer: person }) }
    : { customer: person.id };
}

function whyNot({ amount, day }: Row, given: BounceValues, today: Day) {
  if (whyNotDay(given.day, today)) return refuse('La date est à revoir.', { day: 'Un rejet est d’aujourd’hui ou d’avant.' });
  if (given.day < day) return refuse('La date est à revoir.', { day: `Le marché est du ${shortDay(day)}.` });
  if (given.amount > amount) return refuse('Le montant est à revoir.', { amount: `Il y a ${formatEuros(amount)} en tout.` });
  if (given.fee !== null && given.customer === '')
    return refuse('Pour demander des frais, dites quel client a fait ce chèque.', { fee: 'Seulement à un client du jardin.' });
  return null;
}

async function bounce(tx: Tx, found: Row, given: BounceValues, customer: number | null): Promise<number> {
  const { day, amount, reason } = given;
  const whole = amount === found.amount;
  const said = sayPayment({ ...found, reference: given.reference || found.reference, payer: found.place });
  const [posted] = await post(tx, 'BQ', [
    {
      ...{ day, label: `Impayé : ${said}`, document: pieceOf(found.id), documentDay: day, source: `unpaid:${found.id}` },
      lines: unpaidLines({ amount, from: found.slip === 'deposited' ? found.bankAccount! : found.account, customer }),
    },
  ]);
  const reversal = posted!.id;
  if (whole && customer === null) {
    await sql`
      update payment set state = 'rejected', rejected_on = ${day}, reason = ${reason}, reversal_id = ${reversal}, reference = ${given.reference}, bank = ${given.bank},
        version = version + 1
      where garden_id = app_garden() and id = ${found.id}`.execute(tx);
    return found.id;
  }
  // A payment in the ledger never changes: others take its place, on its slip.
  const kept = found.amount - amount;
  const why = whole ? `Rejeté : ${reason}` : `Un chèque de ${formatEuros(amount)} rejeté ; ${formatEuros(kept)} gardés`;
  await sql`
    update payment set state = 'cancelled', reason = ${why}, reversal_id = ${reversal}, remittance_id = null, version = version + 1
    where garden_id = app_garden() and id = ${found.id}`.execute(tx);
  const columns = sql`garden_id, taking_id, method_id, day, remittance_id, created_by`;
  const same = sql`app_garden(), ${found.taking}, p.method_id, p.day, ${found.slipId}::bigint, app_user() from payment p where p.garden_id = app_garden() and p.id = ${found.id}`;
  const { rows } = await sql<{ id: number }>`
    insert into payment (customer_id, amount_cents, state, rejected_on, reason, reference, bank, source, ${columns})
    select ${customer}::bigint, ${amount}::bigint, 'rejected', ${day}::date, ${reason}, ${given.reference}, ${given.bank}, ${`bounced:${found.id}`}, ${same}
    returning id`.execute(tx);
  if (kept > 0) {
    await sql`
      insert into payment (amount_cents, state, entry_id, source, ${columns})
      select ${kept}::bigint, 'paid', ${reversal}::bigint, ${`kept:${found.id}`}, ${same}`.execute(tx);
    await sql`update remittance set payments = payments + 1, version = version + 1 where garden_id = app_garden() and id = ${found.slipId}`.execute(
      tx,
    );
  }
  if (customer !== null && given.fee !== null)
    await addCharges(tx, found.garden, [rejectionFee(rows[0]!.id, customer, { ...given, fee: given.fee })]);
  return rows[0]!.id;
}

/** Whoever wrote a cheque that came back, and is no customer, has paid since. Sent twice, it acts once. @returns the payment that makes it good. */
export function settleMarketCheque(
  actor: Actor,
  id: number,
  { method, day }: { method: number; day: Day },
  today: Day,
): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const found = await lock(tx, id);
    if (found?.state !== 'rejected' || !found.taking || found.customer !== null)
      return refuse('Ce règlement n’est pas un chèque de marché rejeté.');
    const { rows } = await sql<{ settled: number | null; before: number }>`
      select ${madeGood} as settled, (select count(*)::int from payment a where a.garden_id = p.garden_id and a.source like 'again:' || p.id || ':%') as before
      from payment p where p.garden_id = app_garden() and p.id = ${id}`.execute(tx);
    const { settled, before } = rows[0]!;
    if (settled !== null) return done({ id: settled });
    if (whyNotDay(day, today)) return refuse('La date est à revoir.', { day: 'Un règlement reçu est d’aujourd’hui ou d’avant.' });
    const shut = await closedOn(tx, day);
    if (shut) return shut;
    const way = (await methods(tx)).find((one) => one.id === method && one.kind !== 'direct_debit');
    if (!way) return refuse('Ce moyen de paiement n’est plus utilisé.', { method: 'Choisissez un des moyens proposés.' });
    const made = await sql<{ id: number }>`
      insert into payment (garden_id, taking_id, method_id, amount_cents, day, state, source, created_by)
      values (app_garden(), ${found.taking}, ${method}, ${found.amount}, ${day}, 'paid', ${`again:${id}:${before + 1}`}, app_user()) returning id`.execute(
      tx,
    );
    const payment = made.rows[0]!.id;
    const label = `Impayé réglé : ${sayPayment({ ...found, payer: found.place })}`;
    const [posted] = await post(tx, journalOf(way.kind, way.account), [
      {
        ...{ day, label, document: pieceOf(payment), documentDay: day, source: `payment:${payment}` },
        lines: [
          { account: way.account, amount: found.amount },
          { account: UNPAID, amount: -found.amount },
        ],
      },
    ]);
    await sql`update payment set entry_id = ${posted!.id} where garden_id = app_garden() and id = ${payment}`.execute(tx);
    return done({ id: payment });
  });
}

async function idOf(tx: Tx, source: string): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`select id from payment where garden_id = app_garden() and source = ${source}`.execute(tx);
  return rows[0]?.id ?? null;
}
