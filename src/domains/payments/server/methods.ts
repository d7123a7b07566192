import { sql } from 'kysely';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { kindLabels } from '../labels.ts';
import type { MethodKind } from '../rules/states.ts';
import type { MethodValues } from '../schema.ts';

export type Method = {
  id: number;
  kind: MethodKind;
  name: string;
  /** Where the money stands until the bank has it: 511200 for cheques, 512000 for transfers… */
  account: string;
  /** Handed to the bank with a slip. */
  remitted: boolean;
  position: number;
  version: number;
  archived: boolean;
};

/** Ways of paying of the garden, those in use first, in their order. One query. */
export async function methods(tx: Tx, { archived = false } = {}): Promise<Method[]> {
  const { rows } = await sql<Method>`
    select id, kind, name, account, remitted, position, version, archived_at is not null as archived
    from payment_method where garden_id = app_garden() and (${archived} or archived_at is null)
    order by archived_at is not null, position, search_text(name), id`.execute(tx);
  return rows;
}

export type Account = { number: string; name: string };

/** All ways of paying with the accounts where money may stand, for the pages that name them. Two queries. */
export function methodsPage(actor: Actor): Promise<{ methods: Method[]; accounts: Account[] }> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => ({ methods: await methods(tx, { archived: true }), accounts: await moneyAccounts(tx) }));
}

/** Class 5: bank, cash, and what is on its way there; 467000 for what somebody else holds for the garden. */
async function moneyAccounts(tx: Tx): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select number, name from account
    where garden_id = app_garden() and archived_at is null and (number like '51%' or number like '53%' or number like '467%') order by number`.execute(
    tx,
  );
  return rows;
}

/** Adds one. Sent twice, it acts once. */
export function createMethod(actor: Actor, values: MethodValues): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const wrong = await checkAccount(tx, values.account);
    if (wrong) return wrong;
    const { rows } = await sql<{ id: number }>`
      insert into payment_method (garden_id, kind, name, account, remitted, position)
      values (${actor.gardenId}, ${values.kind}, ${values.name}, ${values.account}, ${values.remitted}, ${values.position})
      on conflict (garden_id, name) do nothing returning id`.execute(tx);
    if (rows[0]) return done({ id: rows[0].id });
    const same = (await methods(tx, { archived: true })).find(({ name }) => name === values.name)!;
    return !same.archived && differingFields<MethodValues>(same, values).length === 0 ? done({ id: same.id }) : nameTaken(values.name);
  });
}

/** Changes one. What payments were made with keeps its kind and its account: entries rest on them. */
export function changeMethod(actor: Actor, id: number, version: number, values: MethodValues): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    await sql`select from payment_method where garden_id = app_garden() and id = ${id} for update`.execute(tx);
    const all = await methods(tx, { archived: true });
    const stored = all.find((one) => one.id === id);
    if (!stored) return refuse(gone);
    if (differingFields<MethodValues>(stored, values).length === 0) return done(null);
    if (stored.version !== version) return changedMeanwhile<MethodValues>('Ce moyen de paiement', stored, values, say(stored));
    if (all.some((one) => one.id !== id && one.name === values.name)) return nameTaken(values.name);
    const wrong = await checkAccount(tx, values.account);
    if (wrong) return wrong;
    if ((stored.kind !== values.kind || stored.account !== values.account) && (await isUsed(tx, id))) {
      const why = 'Des règlements ont déjà été enregistrés ainsi : créez plutôt un autre moyen.';
      return refuse(why, stored.kind !== values.kind ? { kind: why } : { account: why });
    }
    await sql`
      update payment_method set kind = ${values.kind}, name = ${values.name}, account = ${values.account}, remitted = ${values.remitted},
        position = ${values.position}, version = version + 1
      where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done(null);
  });
}

/** Takes one off the lists, or puts it back. Payments made with it stay. */
export function setMethodArchived(actor: Actor, id: number, archived: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql`
      update payment_method set archived_at = ${archived ? sql`coalesce(archived_at, now())` : sql`null`}, version = version + 1
      where garden_id = app_garden() and id = ${id} returning id`.execute(tx);
    return rows.length ? done(null) : refuse(gone);
  });
}

const gone = 'Ce moyen de paiement n’existe plus.';
const nameTaken = (name: string): Refusal =>
  refuse('Ce nom est déjà pris.', { name: `Un autre moyen s’appelle « ${name} » (peut-être dans les archives). Choisissez un autre nom.` });

const say = (method: Method) => (field: keyof MethodValues) =>
  field === 'kind' ? kindLabels[method.kind] : field === 'remitted' ? (method.remitted ? 'oui' : 'non') : String(method[field]);

async function checkAccount(tx: Tx, account: string): Promise<Refusal | null> {
  const known = (await moneyAccounts(tx)).some(({ number }) => number === account);
  return known ? null : refuse('Ce compte n’est pas dans la liste.', { account: 'Choisissez un des comptes proposés.' });
}

async function isUsed(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from payment where garden_id = app_garden() and method_id = ${id} and entry_id is not null) as used`.execute(tx);
  return rows[0]!.used;
}
