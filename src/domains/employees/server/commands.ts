import { sql } from 'kysely';
import { recordPayments } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { methodName, payAccount } from '../labels.ts';
import { lastDayOf, type Month, monthOf, sayMonth } from '../rules/deduct.ts';
import { ruleOn } from '../rules/law.ts';
import type { AgreementGiven } from '../schema.ts';
import { openList } from './store.ts';

/** Notes what an employee signed. One agreement at a time; sent twice, it is one. @returns its identifier. */
export function noteAgreement(actor: Actor, given: AgreementGiven, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'employees:change');
  if (given.signedOn > today)
    return Promise.resolve(refuse('Ce jour n’est pas encore là.', { signedOn: 'Le jour où la personne a signé.' }));
  return inGarden(actor, async (tx) => {
    const { rows: known } =
      await sql`select from customer where garden_id = app_garden() and id = ${given.customer} and archived_at is null for update`.execute(
        tx,
      );
    if (known.length === 0) return refuse('Cette fiche n’existe plus.');
    const { rows } = await sql<{ id: number; same: boolean }>`
      select id, signed_on = ${given.signedOn} and most_cents = ${given.most} and kind = ${given.kind} as same
      from pay_agreement where garden_id = app_garden() and customer_id = ${given.customer} and ends_on is null`.execute(tx);
    if (rows[0])
      return rows[0].same ? done({ id: rows[0].id }) : refuse('Cette personne a déjà une autorisation en cours : terminez-la d’abord.');
    const { customer: customer_id, employeeNumber: employee_number, kind, evidence } = given;
    const made = await tx
      .insertInto('pay_agreement')
      .values({
        ...{ garden_id: actor.gardenId, customer_id, employee_number, kind, evidence, rule: ruleOn(given.signedOn).key },
        ...{ flat_cents: kind === 'flat' ? given.flat : 0, most_cents: given.most, signed_on: given.signedOn, starts_on: given.startsOn },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return done({ id: made.id });
  });
}

/** Ends an agreement: the employee took it back, or left. Months that were given to payroll stay as they are. */
export function endAgreement(actor: Actor, id: number, { version, endsOn }: { version: number; endsOn: Day }): Promise<Outcome<null>> {
  requireRight(actor, 'employees:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ version: number; startsOn: Day; endsOn: Day | null }>`
      select version, starts_on as "startsOn", ends_on as "endsOn" from pay_agreement where garden_id = app_garden() and id = ${id} for update`.execute(
      tx,
    );
    const stored = rows[0];
    if (!stored) return refuse('Cette autorisation n’existe plus.');
    if (stored.endsOn === endsOn) return done(null);
    if (stored.version !== version)
      return refuse('Cette autorisation vient d’être modifiée par quelqu’un d’autre : regardez-la à nouveau.');
    if (endsOn < stored.startsOn) return refuse('Elle n’avait pas commencé.', { endsOn: 'Au plus tôt le jour où elle commence.' });
    await sql`update pay_agreement set ends_on = ${endsOn}, version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
      tx,
    );
    return done(null);
  });
}

/** The garden's way of paying for what is taken from pay, made when it is first needed. Its money stands on the account of wages due. */
async function wayOfPaying(tx: Tx): Promise<number> {
  await sql`insert into account (garden_id, number, name) values (app_garden(), ${payAccount.number}, ${payAccount.name}) on conflict (garden_id, number) do nothing`.execute(
    tx,
  );
  const { rows } = await sql<{ id: number }>`
    insert into payment_method (garden_id, kind, name, account, position) values (app_garden(), 'other', ${methodName}, ${payAccount.number}, 90)
    on conflict (garden_id, name) do update set name = excluded.name returning id`.execute(tx);
  return rows[0]!.id;
}

/**
 * Gives a month to payroll: what is taken of each, once and for all, and its payment on the employee's account (debit 421000, credit 411000). Asked twice, it is
 * given once. Refused before the month has begun, or when the day is closed in the ledger.
 * @returns how many lines, and cents in all.
 */
export function closeMonth(actor: Actor, month: Month, today: Day): Promise<Outcome<{ lines: number; cents: number }>> {
  requireRight(actor, 'employees:change');
  return inGarden(actor, async (tx) => {
    if (month > monthOf(today)) return refuse('Ce mois n’a pas encore commencé.');
    await sql`select pg_advisory_xact_lock(hashtext(${`pay_list ${actor.gardenId}`}))`.execute(tx);
    const { rows: before } = await sql`select from pay_list where garden_id = app_garden() and month = ${month}`.execute(tx);
    if (before.length) return done({ lines: 0, cents: 0 });
    const lines = (await openList(tx, month)).lines.filter(({ cents }) => cents > 0);
    if (lines.length === 0) return refuse('Il n’y a rien à retenir ce mois-ci.');
    const end = lastDayOf(month);
    const day = end < today ? end : today;
    const method = await wayOfPaying(tx);
    const paid = await recordPayments(
      tx,
      actor.gardenId,
      lines.map(({ agreementId, customerId, cents }) => ({
        ...{ customer: customerId, method, amount: cents, day, account: payAccount.number },
        ...{ note: `Paie de ${sayMonth(month)}`, source: `pay:${month}:${agreementId}` },
      })),
    );
    if (!paid.ok) return paid;
    const garden_id = actor.gardenId;
    const { id } = await tx
      .insertInto('pay_list')
      .values({ garden_id, month, day, closed_by: actor.userId })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('pay_line')
      .values(
        lines.map(({ agreementId, owed, cents }, at) => ({
          garden_id,
          list_id: id,
          agreement_id: agreementId,
          owed_cents: owed,
          cents,
          payment_id: paid.value.ids[at]!,
        })),
      )
      .execute();
    return done({ lines: lines.length, cents: lines.reduce((sum, { cents }) => sum + cents, 0) });
  });
}
