import { sql } from 'kysely';
import { changedMeanwhile } from '#kernel/conflict.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { AccountValues } from '../schema.ts';

export type BankAccount = AccountValues & { id: number; version: number; archived: boolean };

async function load(tx: Tx, id: number | null, lock = false): Promise<BankAccount[]> {
  const { rows } = await sql<BankAccount>`
    select id, version, name, holder, iban, bic, creditor_identifier as "creditorIdentifier", account, archived_at is not null as archived
    from bank_account where garden_id = app_garden() and (${id}::bigint is null or id = ${id})
    order by archived_at is not null, id ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows;
}

/** The garden's accounts at banks, those in use first. One query. */
export function bankAccounts(actor: Actor): Promise<BankAccount[]> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, (tx) => load(tx, null));
}

export function bankAccount(actor: Actor, id: number): Promise<BankAccount | null> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => (await load(tx, id))[0] ?? null);
}

/** Adds an account. The same form sent twice adds one. */
export function createAccount(actor: Actor, values: AccountValues): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const all = await load(tx, null, true);
    const same = all.find(({ iban }) => iban === values.iban);
    if (same) return alike(same, values) ? done({ id: same.id }) : taken(same);
    const wrong = await check(tx, values, all);
    if (wrong) return wrong;
    const { rows } = await sql<{ id: number }>`
      insert into bank_account (garden_id, name, holder, iban, bic, creditor_identifier, account)
      values (${actor.gardenId}, ${values.name}, ${values.holder}, ${values.iban}, ${values.bic}, ${values.creditorIdentifier}, ${values.account})
      on conflict do nothing returning id`.execute(tx);
    return rows[0] ? done({ id: rows[0].id }) : taken(values);
  });
}

/** Changes one. Another creditor identifier is told to customers' banks with their next debits: their mandates were signed under the one before. */
export function changeAccount(actor: Actor, id: number, version: number, values: AccountValues): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const all = await load(tx, null, true);
    const stored = all.find((one) => one.id === id);
    if (!stored) return refuse('Ce compte n’existe pas.');
    if (alike(stored, values)) return done({ id });
    if (stored.version !== version) return changedMeanwhile('Ce compte', valuesOf(stored), values, (field) => String(stored[field]));
    const others = all.filter((one) => one.id !== id);
    const same = others.find(({ iban }) => iban === values.iban);
    const wrong = same ? taken(same) : await check(tx, values, others);
    if (wrong) return wrong;
    await sql`
      update bank_account set name = ${values.name}, holder = ${values.holder}, iban = ${values.iban}, bic = ${values.bic},
        creditor_identifier = ${values.creditorIdentifier}, account = ${values.account}, version = version + 1
      where garden_id = app_garden() and id = ${id}`.execute(tx);
    if (stored.creditorIdentifier && stored.creditorIdentifier !== values.creditorIdentifier)
      await tellNewCreditor(tx, stored.creditorIdentifier);
    return done({ id });
  });
}

/** Mandates in force are known to banks under the identifier before: the next debit of each says so. One statement. */
async function tellNewCreditor(tx: Tx, former: string): Promise<void> {
  await sql`
    insert into mandate_change (garden_id, mandate_id, day, former_creditor)
    select m.garden_id, m.id, current_date, ${former} from mandate m join garden g on g.id = m.garden_id
    where m.garden_id = app_garden() and m.ended_on is null and (m.signed_on < g.taken_over_on or exists (
      select from debit_line l join debit_batch b on b.garden_id = l.garden_id and b.id = l.batch_id
      where l.garden_id = m.garden_id and l.mandate_id = m.id and l.state <> 'removed' and b.state in ('sent', 'confirmed')))`.execute(tx);
}

/** Puts an account aside, or takes it back. Refused while a debit waits for its money there. */
export function archiveAccount(actor: Actor, id: number, archived: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ waiting: string | null }>`
      select (select min(b.name) from debit_batch b where b.garden_id = a.garden_id and b.bank_account_id = a.id and b.state in ('draft', 'sent')) as waiting
      from bank_account a where a.garden_id = app_garden() and a.id = ${id} for update`.execute(tx);
    if (!rows[0]) return refuse('Ce compte n’existe pas.');
    if (archived && rows[0].waiting) return refuse(`« ${rows[0].waiting} » attend encore son argent sur ce compte.`);
    await sql`
      update bank_account set archived_at = ${archived ? sql`now()` : sql`null`}, version = version + 1
      where garden_id = app_garden() and id = ${id} and (archived_at is null) = ${archived}`.execute(tx);
    return done(null);
  });
}

const valuesOf = ({ id: _, version: __, archived: ___, ...values }: BankAccount): AccountValues => values;
const alike = (stored: BankAccount, values: AccountValues): boolean =>
  Object.entries(values).every(([field, value]) => stored[field as keyof AccountValues] === value);

const taken = ({ name }: { name: string }): Refusal =>
  refuse('Ce compte est déjà enregistré.', { iban: `C’est celui de « ${name} » (peut-être archivé).` });

/** One creditor identifier for the whole garden; an account of the ledger that exists. */
async function check(tx: Tx, { creditorIdentifier, account }: AccountValues, others: readonly BankAccount[]): Promise<Refusal | null> {
  const other = others.find((one) => !one.archived && one.creditorIdentifier && one.creditorIdentifier !== creditorIdentifier);
  if (creditorIdentifier && other)
    return refuse('Un jardin n’a qu’un identifiant créancier.', {
      creditorIdentifier: `Celui de « ${other.name} » est ${other.creditorIdentifier} : c’est le même pour tous ses comptes.`,
    });
  const { rows } = await sql`select from account where garden_id = app_garden() and number = ${account} and archived_at is null`.execute(
    tx,
  );
  return rows.length
    ? null
    : refuse('Ce compte comptable n’existe pas.', { account: `Le compte ${account} n’est pas dans le plan comptable du jardin.` });
}
