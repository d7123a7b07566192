import { sql } from 'kysely';
import { findCustomer } from '#domains/customers/index.server.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { bankOf } from '../rules/account.ts';
import { toReference } from '../rules/letters.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { loadMandate, type Mandate } from './mandate-store.ts';
import { keepProof, type Proof, whyNotProof } from './proof.ts';

export type NewMandate = {
  customerId: number;
  /** Empty: the garden's next one. */
  reference: string;
  iban: string;
  bic: string;
  signedOn: Day;
  scheme: 'CORE' | 'B2B';
  once: boolean;
  /** The customer pays by direct debit from now on. */
  payByDebit: boolean;
  proof: Proof;
};

/** The reference that a customer's next mandate is given: « RUM1001-2 », by the customer's number and the count of mandates. */
export async function nextReference(tx: Tx, customer: { id: number; number: string }): Promise<string> {
  const { rows } = await sql<{
    reference: string;
  }>`select reference from mandate where garden_id = app_garden() and (customer_id = ${customer.id} or reference like ${`%${toReference(customer.number)}-%`})`.execute(
    tx,
  );
  const used = new Set(rows.map(({ reference }) => reference));
  for (let rank = rows.length + 1; ; rank++) {
    const reference = `RUM${toReference(customer.number)}-${rank}`;
    if (!used.has(reference)) return reference;
  }
}

/**
 * A mandate that a customer signed, with the evidence of it. Another of hers that stood ends: a customer is debited by one. The same form sent twice makes
 * one.
 */
export function createMandate(actor: Actor, given: NewMandate, today: Day): Promise<Outcome<{ id: number; reference: string }>> {
  requireRight(actor, 'payments:change');
  return allOrNothing(actor, (tx) => mandateWithin(tx, actor.gardenId, given, today));
}

/** The same within the transaction of a caller, who takes it back whole when this refuses. */
export async function mandateWithin(
  tx: Tx,
  gardenId: number,
  given: NewMandate,
  today: Day,
): Promise<Outcome<{ id: number; reference: string }>> {
  await sql`select from customer where garden_id = app_garden() and id = ${given.customerId} for update`.execute(tx);
  const customer = await findCustomer(tx, given.customerId);
  if (!customer) return refuse('Ce client n’existe pas.');
  if (given.signedOn > today) return refuse('Cette date est dans l’avenir.', { signedOn: 'La date à laquelle le client a signé.' });
  const wrong = whyNotProof(given.proof);
  if (wrong) return wrong;
  const again = customer.mandates.find((one) => one.iban === given.iban && one.signedOn === given.signedOn && one.endedOn === null);
  if (again && (given.reference === '' || again.reference === given.reference)) return done({ id: again.id, reference: again.reference });
  const reference = given.reference || (await nextReference(tx, customer));
  const { rows } = await sql<{ id: number }>`
      insert into mandate (garden_id, customer_id, reference, iban, bic, signed_on, scheme, once, evidence, evidence_note)
      values (${gardenId}, ${given.customerId}, ${reference}, ${given.iban}, ${given.bic}, ${given.signedOn}, ${given.scheme}, ${given.once},
        ${given.proof.evidence}, ${given.proof.note})
      on conflict (garden_id, reference) do nothing returning id`.execute(tx);
  if (!rows[0])
    return refuse('Cette référence est déjà prise.', {
      reference: `Un autre mandat porte la référence ${reference}. Laissez vide pour la suivante.`,
    });
  const { id } = rows[0];
  await sql`
      update mandate set ended_on = ${today}, end_reason = ${`Remplacé par ${reference}`}, version = version + 1
      where garden_id = app_garden() and customer_id = ${given.customerId} and id <> ${id} and ended_on is null`.execute(tx);
  if (given.payByDebit)
    await sql`
        update customer set payment_method = 'direct_debit', version = version + 1
        where garden_id = app_garden() and id = ${given.customerId} and payment_method is distinct from 'direct_debit'`.execute(tx);
  await keepProof(tx, id, given.proof);
  return done({ id, reference });
}

/**
 * The customer's account changed; the mandate stays. Once a debit was made under it, the next one tells her bank: the former account when the bank is
 * the same, SMNDA when it is another.
 * @param bank unknown: it is told by the IBANs.
 */
export function changeMandateAccount(
  actor: Actor,
  id: number,
  given: { version: number; iban: string; bic: string; bank: 'same' | 'other' | 'unknown' },
  today: Day,
): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const found = await standing(tx, id, given.version, (mandate) => mandate.iban === given.iban && mandate.bic === given.bic);
    if ('done' in found) return done({ id });
    if ('ok' in found) return found;
    const sameBank = given.bank === 'unknown' ? bankOf(found.iban) === bankOf(given.iban) : given.bank === 'same';
    if (found.lastDebitOn && found.iban !== given.iban)
      await noteChange(tx, id, today, { former_iban: found.iban, former_bic: found.bic, same_bank: sameBank });
    await sql`update mandate set iban = ${given.iban}, bic = ${given.bic}, version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
      tx,
    );
    return done({ id });
  });
}

/** The mandate takes another reference: the next debit tells the one before, once debits were made under it. */
export function changeMandateReference(
  actor: Actor,
  id: number,
  given: { version: number; reference: string },
  today: Day,
): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const found = await standing(tx, id, given.version, (mandate) => mandate.reference === given.reference);
    if ('done' in found) return done({ id });
    if ('ok' in found) return found;
    const { rows } = await sql`select from mandate where garden_id = app_garden() and reference = ${given.reference}`.execute(tx);
    if (rows.length) return refuse('Cette référence est déjà prise.', { reference: 'Un autre mandat la porte.' });
    if (found.lastDebitOn) await noteChange(tx, id, today, { former_reference: found.reference });
    await sql`update mandate set reference = ${given.reference}, version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
      tx,
    );
    return done({ id });
  });
}

/** The customer takes back her consent, or leaves: no debit after that day. */
export function endMandate(
  actor: Actor,
  id: number,
  given: { version: number; endedOn: Day; reason: string },
): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const found = await standing(tx, id, given.version, (mandate) => mandate.endedOn === given.endedOn);
    if ('done' in found) return done({ id });
    if ('ok' in found) return found;
    if (given.endedOn < found.signedOn)
      return refuse('Ce mandat n’était pas encore signé.', { endedOn: `Signé le ${shortDay(found.signedOn)}.` });
    await sql`
      update mandate set ended_on = ${given.endedOn}, end_reason = ${given.reason}, version = version + 1
      where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done({ id });
  });
}

async function standing(
  tx: Tx,
  id: number,
  version: number,
  same: (mandate: Mandate) => boolean,
): Promise<Mandate | Refusal | { done: true }> {
  const mandate = await loadMandate(tx, id, true);
  if (!mandate) return refuse('Ce mandat n’existe pas.');
  if (same(mandate)) return { done: true };
  if (mandate.version !== version)
    return refuse(
      'Ce mandat vient d’être modifié par quelqu’un d’autre. Votre saisie est gardée : relisez le mandat, puis enregistrez à nouveau.',
    );
  return mandate.endedOn === null
    ? mandate
    : refuse(`Ce mandat est terminé depuis le ${shortDay(mandate.endedOn)} : faites-en signer un nouveau.`);
}

async function noteChange(tx: Tx, mandate: number, day: Day, former: Record<string, string | boolean>): Promise<void> {
  const columns = Object.keys(former);
  await sql`
    insert into mandate_change (garden_id, mandate_id, day, ${sql.join(columns.map((column) => sql.ref(column)))})
    values (app_garden(), ${mandate}, ${day}, ${sql.join(columns.map((column) => former[column]))})`.execute(tx);
}
