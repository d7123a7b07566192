import { sql } from 'kysely';
import { type Day, shortDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';

export type ExportRow = {
  id: number;
  name: string;
  journals: string[];
  from: Day;
  until: Day;
  entries: number;
  madeAt: Date;
  person: string | null;
  cancelled: boolean;
};

export type Exports = {
  rows: ExportRow[];
  /** What no export that stands has taken yet. */
  fresh: { entries: number; first: Day | null; last: Day | null };
  /** The legal name of the FEC begins with it. */
  siretKnown: boolean;
};

/** Exports made, latest first, and what is left to take. Two queries. */
export function exports(actor: Actor): Promise<Exports> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<ExportRow>`
      select x.id, x.name, x.journals, x.from_on as "from", x.until_on as until, x.entries, x.created_at as "madeAt", u.name as person,
        x.cancelled_at is not null as cancelled
      from ledger_export x left join auth."user" u on u.id = x.created_by
      where x.garden_id = app_garden() order by x.id desc limit 100`.execute(tx);
    const left = await sql<Exports['fresh'] & { siretKnown: boolean }>`
      select count(*)::int as entries, min(e.day) as first, max(e.day) as last,
        (select coalesce(settings ->> 'siret', '') <> '' from garden where id = app_garden()) as "siretKnown"
      from entry e where e.garden_id = app_garden() and ${untaken}`.execute(tx);
    const { siretKnown, ...fresh } = left.rows[0]!;
    return { rows, fresh, siretKnown };
  });
}

const untaken = sql`not exists (
  select from ledger_export_entry t join ledger_export o on o.garden_id = t.garden_id and o.id = t.export_id and o.cancelled_at is null
  where t.garden_id = e.garden_id and t.entry_id = e.id)`;

/** Marks the entries of some journals and days as taken by an export, which keeps exactly those. `fresh`: leaves out what another one took. */
export function makeExport(
  actor: Actor,
  { from, until, journals, fresh }: { from: Day; until: Day; journals: string[]; fresh: boolean },
): Promise<Outcome<{ id: number; entries: number }>> {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx) => {
    // Two who export at the same moment do not take the same entries.
    await sql`select pg_advisory_xact_lock(6, app_garden())`.execute(tx);
    const taken = sql`
      from entry e join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
      where e.garden_id = app_garden() and e.day between ${from} and ${until} and j.code = any(${journals}::text[]) ${fresh ? sql`and ${untaken}` : sql``}`;
    const { entries } = (await sql<{ entries: number }>`select count(*)::int as entries ${taken}`.execute(tx)).rows[0]!;
    if (entries === 0)
      return refuse(
        fresh
          ? 'Aucune écriture nouvelle dans ces journaux et ces jours : un export les a déjà prises. Décochez « seulement les nouvelles » pour les reprendre.'
          : 'Aucune écriture dans ces journaux et ces jours.',
      );
    const name = `Écritures du ${shortDay(from)} au ${shortDay(until)}`;
    const { rows } = await sql<{ id: number }>`
      insert into ledger_export (garden_id, name, journals, from_on, until_on, entries, created_by)
      values (app_garden(), ${name}, ${journals}::text[], ${from}, ${until}, ${entries}, ${actor.userId}) returning id`.execute(tx);
    const { id } = rows[0]!;
    await sql`insert into ledger_export_entry (garden_id, export_id, entry_id) select app_garden(), ${id}, e.id ${taken}`.execute(tx);
    return done({ id, entries });
  });
}

/** Gives back what an export took: the next one takes it again. */
export function cancelExport(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ cancelled: boolean }>`
      select cancelled_at is not null as cancelled from ledger_export where garden_id = app_garden() and id = ${id} for update`.execute(tx);
    if (!rows[0]) return refuse('Cet export n’existe pas.');
    if (!rows[0].cancelled)
      await sql`update ledger_export set cancelled_at = now(), version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
        tx,
      );
    return done(null);
  });
}

export type ExportedLine = {
  journal: string;
  number: number;
  day: Day;
  document: string;
  documentDay: Day;
  account: string;
  accountName: string;
  customer: string;
  customerName: string;
  label: string;
  amount: Cents;
  activity: string;
};

export const exportHeaders = [
  ...[
    'Journal',
    'N°',
    'Date',
    'Pièce',
    'Date de pièce',
    'Compte',
    'Intitulé',
    'N° client',
    'Client',
    'Libellé',
    'Débit',
    'Crédit',
    'Activité',
  ],
];

export const exportCells = (line: ExportedLine): (string | number | null)[] => [
  ...[line.journal, line.number, shortDay(line.day), line.document, shortDay(line.documentDay), line.account, line.accountName],
  ...[
    line.customer,
    line.customerName,
    line.label,
    line.amount > 0 ? line.amount / 100 : null,
    line.amount < 0 ? -line.amount / 100 : null,
  ],
  line.activity,
];

/** The lines that an export took, journal by journal; null when it does not exist. Two queries. */
export function exportedLines(actor: Actor, id: number): Promise<{ name: string; lines: ExportedLine[] } | null> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => {
    const found = await sql<{ name: string }>`select name from ledger_export where garden_id = app_garden() and id = ${id}`.execute(tx);
    if (!found.rows[0]) return null;
    const { rows } = await sql<ExportedLine>`
      select j.code as journal, e.number, e.day, e.document, e.document_day as "documentDay", a.number as account, a.name as "accountName",
        coalesce(c.number, '') as customer, coalesce(concat_ws(' ', c.last_name, nullif(c.first_name, '')), '') as "customerName",
        coalesce(nullif(l.label, ''), e.label) as label, l.amount_cents as amount, coalesce(v.code, '') as activity
      from ledger_export_entry t
      join entry e on e.garden_id = t.garden_id and e.id = t.entry_id
      join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
      join entry_line l on l.garden_id = e.garden_id and l.entry_id = e.id
      join account a on a.garden_id = l.garden_id and a.id = l.account_id
      left join customer c on c.garden_id = l.garden_id and c.id = l.customer_id
      left join activity v on v.garden_id = l.garden_id and v.id = l.activity_id
      where t.garden_id = app_garden() and t.export_id = ${id} order by j.code, e.number, l.position`.execute(tx);
    return { name: found.rows[0].name, lines: rows };
  });
}
