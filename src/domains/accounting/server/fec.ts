import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type FecLine, type FecSeparator, fecName, fecText, fecXml } from '../rules/fec.ts';
import { openingBalances } from '../rules/result.ts';
import { type FiscalYear, yearNamed } from '../rules/years.ts';
import { encodeFec } from './latin.ts';
import { storedYears } from './years.ts';

export type Fec = {
  /** Without its ending: « 784671695FEC20261231 ». */
  name: string;
  /** Empty while the garden's SIRET is not written in its settings: the name of the file lacks it. */
  siren: string;
  year: FiscalYear;
  /** The year is still open: the file may change, and says so. */
  provisional: boolean;
  lines: FecLine[];
  entries: number;
  debit: Cents;
};

/**
 * The accounting entries file of the financial year that ends in a calendar year: its à-nouveaux in full, then its entries in the order in which they
 * were validated (here an entry is validated when it is posted). Entries that clear accounts of management are left out, as article A47 A-1 asks.
 */
export function fec(actor: Actor, year: number): Promise<Outcome<Fec>> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => {
    const siren = await sirenOf(tx);
    const period = yearNamed(year, await storedYears(tx));
    const lines = [...(await opening(tx, period)), ...(await moved(tx, period))];
    if (lines.length === 0) return refuse(`Aucune écriture dans l’exercice ${year}.`);
    const provisional = !period.closed;
    return done({
      name: fecName(siren || 'SIREN', period.endsOn, provisional),
      siren,
      year: period,
      provisional,
      lines,
      entries: new Set(lines.map(({ entry }) => entry)).size,
      debit: lines.reduce((sum, { amount }) => sum + Math.max(amount, 0), 0),
    });
  });
}

/** The file's bytes: text in ISO 8859-15, one of the sets of signs that the article names, or XML in UTF-8. */
export const fecFile = (made: Fec, form: FecSeparator | 'xml'): Uint8Array =>
  form === 'xml' ? new TextEncoder().encode(fecXml(made.lines, made.year.endsOn)) : encodeFec(fecText(made.lines, form));

async function sirenOf(tx: Tx): Promise<string> {
  const { rows } = await sql<{ siren: string }>`
    select left(coalesce(settings ->> 'siret', ''), 9) as siren from garden where id = app_garden()`.execute(tx);
  return rows[0]!.siren;
}

const customerName = sql`concat_ws(' ', c.last_name, nullif(c.first_name, ''))`;

async function moved(tx: Tx, { startsOn, endsOn }: FiscalYear): Promise<FecLine[]> {
  const { rows } = await sql<FecLine>`
    select j.code as journal, j.name as "journalName", j.code || e.number as entry, e.day, a.number as account, a.name as "accountName",
      coalesce(c.number, '') as customer, coalesce(${customerName}, '') as "customerName", e.document, e.document_day as "documentDay",
      coalesce(nullif(l.label, ''), e.label) as label, l.amount_cents as amount, (e.posted_at at time zone 'Europe/Paris')::date as "validatedOn"
    from entry e
    join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
    join entry_line l on l.garden_id = e.garden_id and l.entry_id = e.id
    join account a on a.garden_id = l.garden_id and a.id = l.account_id
    left join customer c on c.garden_id = l.garden_id and c.id = l.customer_id
    where e.garden_id = app_garden() and e.day between ${startsOn} and ${endsOn}
      and not (e.day = ${startsOn} and coalesce(e.source, '') like 'result:%')
    order by (e.posted_at at time zone 'Europe/Paris')::date, j.code, e.number, l.position`.execute(tx);
  return rows;
}

type Carried = { account: string; amount: Cents; name: string; customer: string; customerName: string };

/** The à-nouveaux: what every account of the balance sheet had when the year began, customer by customer. */
async function opening(tx: Tx, { startsOn }: FiscalYear): Promise<FecLine[]> {
  const { rows } = await sql<Carried>`
    select a.number as account, a.name, coalesce(c.number, '') as customer, coalesce(${customerName}, '') as "customerName", sum(l.amount_cents)::bigint as amount
    from entry_line l
    join entry e on e.garden_id = l.garden_id and e.id = l.entry_id and e.day < ${startsOn}
    join account a on a.garden_id = l.garden_id and a.id = l.account_id
    left join customer c on c.garden_id = l.garden_id and c.id = l.customer_id and a.number like '41%'
    where l.garden_id = app_garden()
    group by a.number, a.name, c.number, c.last_name, c.first_name having sum(l.amount_cents) <> 0
    order by a.number, c.number`.execute(tx);
  if (rows.length === 0) return [];
  const carried = await sql<{ entry: string; validatedOn: Day; names: Record<string, string> }>`
    select coalesce(max('AN' || e.number), 'AN-REPRISE') as entry, coalesce(max((e.posted_at at time zone 'Europe/Paris')::date), ${startsOn}::date) as "validatedOn",
      (select jsonb_object_agg(number, name) from account where garden_id = app_garden() and number in ('120000', '129000')) as names
    from entry e where e.garden_id = app_garden() and e.day = ${startsOn} and e.source like 'result:%'`.execute(tx);
  const { entry, validatedOn, names } = carried.rows[0]!;
  const whole = openingBalances(
    rows,
    (account, amount): Carried => ({ account, amount, name: names[account]!, customer: '', customerName: '' }),
  );
  return whole.map(({ account, name, customer, customerName: called, amount }) => ({
    ...{ journal: 'AN', journalName: 'À-nouveaux', entry, day: startsOn, account, accountName: name, customer, customerName: called },
    ...{ document: 'À-nouveaux', documentDay: startsOn, label: 'À-nouveaux', amount, validatedOn },
  }));
}
