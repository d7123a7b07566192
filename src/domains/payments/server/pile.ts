import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { directory, type Person, readPile, type Typed, whyNotDay } from '../rules/pile.ts';
import { type Method, methods } from './methods.ts';
import { recordPayments } from './record.ts';

export type PilePage = { people: (Person & { balance: Cents })[]; methods: Method[]; banks: string[] };

/** Whom a pile may be from, with what each owes, and the banks written so far. Three queries. */
export function pilePage(actor: Actor): Promise<PilePage> {
  requireRight(actor, 'payments:change');
  return readInGarden(actor, async (tx) => ({ people: await people(tx), methods: await methods(tx), banks: await banks(tx) }));
}

/** Customers in use, and those put away who still owe: by name. Their balance is that of their account (411000). */
export async function people(tx: Tx): Promise<(Person & { balance: Cents })[]> {
  const { rows } = await sql<Person & { balance: Cents }>`
    select c.id, c.number, concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name, coalesce(b.balance, 0)::bigint as balance
    from customer c
    left join (
      select l.customer_id, sum(l.amount_cents) as balance from account a
      join entry_line l on l.garden_id = a.garden_id and l.account_id = a.id and l.customer_id is not null
      where a.garden_id = app_garden() and a.number = '411000' group by l.customer_id
    ) b on b.customer_id = c.id
    where c.garden_id = app_garden() and not c.technical and (c.archived_at is null or b.balance > 0)
    order by search_text(c.last_name), search_text(c.first_name), c.id`.execute(tx);
  return rows;
}

async function banks(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ bank: string }>`
    select bank from payment where garden_id = app_garden() and bank <> '' group by bank order by count(*) desc, bank limit 40`.execute(tx);
  return rows.map(({ bank }) => bank).sort((a, b) => a.localeCompare(b, 'fr'));
}

export type GivenPile = { key: string; method: number; day: Day; total: Cents | null; typed: Typed[] };

/** Writes a whole pile, or says line by line what is wrong and writes nothing. Sent twice, it acts once. */
export function addPile(actor: Actor, pile: GivenPile, today: Day): Promise<Outcome<{ count: number; total: Cents }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const late = whyNotDay(pile.day, today);
    if (late) return refuse('La date est à revoir.', { day: late });
    if (!(await methods(tx)).some(({ id }) => id === pile.method))
      return refuse('Ce moyen de paiement n’est plus utilisé.', { method: 'Choisissez un des moyens proposés.' });
    const { lines, total, errors } = readPile(pile.typed, directory(await people(tx)), pile.total);
    const wrong = Object.keys(errors).length;
    if (wrong)
      return refuse(`Rien n’est encore enregistré : ${wrong > 1 ? `${wrong} points sont à revoir` : 'un point est à revoir'}.`, errors);
    const given = lines.map(({ at, ...line }) => ({ ...line, method: pile.method, day: pile.day, source: `pile:${pile.key}:${at}` }));
    const recorded = await recordPayments(tx, actor.gardenId, given);
    return recorded.ok ? done({ count: lines.length, total }) : recorded;
  });
}
