import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { asLiable, type DraftLine, type LineKind, lineAmounts } from '../rules/draft.ts';
import type { RunFilters } from '../schema-runs.ts';
import { nextCustomers } from './runs-customers.ts';
import { linesToBill } from './runs-drafts.ts';

export type PreviewLine = {
  customerId: number;
  number: string;
  name: string;
  /** What each line bills, in its words, with what it comes to. */
  lines: { label: string; detail: string; quantity: number; unitPrice: Cents; gross: Cents }[];
  gross: Cents;
};

export type RunPreview = {
  /** Customers that are gone through, and those of them with something to bill, in the order of names. */
  customers: number;
  rows: PreviewLine[];
  gross: Cents;
  vat: Cents;
  invoices: number;
  creditNotes: number;
  /** What the whole comes to, by what is billed; those with nothing left out. */
  kinds: { kind: LineKind; gross: Cents }[];
};

const MANY = 100_000;

/** What a run would bill, by the same work, with nothing written. Ten queries, whatever the number of customers. */
export function previewRun(actor: Actor, { until, filters }: { until: Day; filters: RunFilters }): Promise<RunPreview> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const customerIds = await nextCustomers(tx, filters, until, 0, MANY);
    const { vatLiable } = await settingsOf(tx);
    const lines = await linesToBill(tx, actor.gardenId, { until, customerIds });
    const names = await namesOf(tx, [...lines.keys()]);
    const rows = names.map((person) => ({ ...person, ...told(asLiable(lines.get(person.customerId)!, vatLiable)) }));
    const sums = new Map<LineKind, Cents>();
    for (const row of rows) for (const { kind, gross } of row.lines) sums.set(kind, (sums.get(kind) ?? 0) + gross);
    return {
      customers: customerIds.length,
      rows,
      gross: total(rows, ({ gross }) => gross),
      vat: total(rows, ({ vat }) => vat),
      invoices: rows.filter(({ gross }) => gross >= 0).length,
      creditNotes: rows.filter(({ gross }) => gross < 0).length,
      kinds: [...sums].map(([kind, gross]) => ({ kind, gross })),
    };
  });
}

const total = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((sum, row) => sum + of(row), 0);

function told(lines: readonly DraftLine[]) {
  const amounts = lines.map((line) => ({ ...line, ...lineAmounts(line) }));
  return {
    lines: amounts.map(({ kind, label, detail = '', quantity, unitPrice, gross }) => ({ kind, label, detail, quantity, unitPrice, gross })),
    gross: total(amounts, ({ gross }) => gross),
    vat: total(amounts, ({ vat }) => vat),
  };
}

async function settingsOf(tx: Tx) {
  const { rows } = await sql<{ settings: unknown }>`select settings from garden where id = app_garden()`.execute(tx);
  return readSettings(rows[0]!.settings);
}

async function namesOf(tx: Tx, ids: readonly number[]): Promise<Pick<PreviewLine, 'customerId' | 'number' | 'name'>[]> {
  const { rows } = await sql<Pick<PreviewLine, 'customerId' | 'number' | 'name'>>`
    select id as "customerId", number, concat_ws(' ', last_name, nullif(first_name, '')) as name
    from customer where garden_id = app_garden() and id = any(${[...ids]}::bigint[])
    order by search_text(last_name), search_text(first_name), id`.execute(tx);
  return rows;
}

/** What a form proposes and offers: what filters may name, the first day that documents may bear, days to pay. Two queries. */
export type RunChoices = {
  paymentDays: number;
  earliest: Day | null;
  tours: { id: number; name: string }[];
  plans: { id: number; name: string }[];
  categories: string[];
  payments: string[];
  /** A run that was begun and did not come to its end. */
  unfinished: { id: number; name: string } | null;
};

export function runChoices(actor: Actor): Promise<RunChoices> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<
      Omit<RunChoices, 'paymentDays' | 'earliest'> & { settings: unknown; latest: Day | null; closed: Day | null }
    >`
      select g.settings, (select max(day) from document where garden_id = g.id) as latest, (select max(until_on) from closing where garden_id = g.id) as closed,
        (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name) order by t.position, t.name), '[]')
          from tour t where t.garden_id = g.id and t.archived_at is null) as tours,
        (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.position, p.name), '[]')
          from plan p where p.garden_id = g.id and p.archived_at is null) as plans,
        array(select distinct c.category from customer c where c.garden_id = g.id and c.category <> '' order by 1) as categories,
        array(select distinct c.payment_method from customer c where c.garden_id = g.id and c.payment_method <> '' order by 1) as payments,
        (select json_build_object('id', r.id, 'name', r.name) from billing_run r where r.garden_id = g.id and r.state in ('running', 'undoing')
          order by r.id limit 1) as unfinished
      from garden g where g.id = app_garden()`.execute(tx);
    const { settings, latest, closed, ...choices } = rows[0]!;
    const open = closed && addDays(closed, 1);
    const earliest = open && latest ? (open > latest ? open : latest) : (open ?? latest);
    return { ...choices, paymentDays: readSettings(settings).paymentDays, earliest };
  });
}
