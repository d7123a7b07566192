import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { MethodKind } from '../rules/states.ts';
import type { Sale } from '../rules/taking.ts';
import { type Method, methods } from './methods.ts';

export type TakingRow = { id: number; day: Day; place: string; total: Cents; means: { name: string; amount: Cents }[]; reversed: boolean };

/** What was received at the market: what took the place of another counts instead of it, what was paid since does not. */
const means = sql`coalesce((
  select jsonb_agg(jsonb_build_object('id', p.id, 'name', m.name, 'kind', m.kind, 'amount', p.amount_cents, 'slip', r.number,
      'reference', p.reference, 'bank', p.bank, 'rejected', p.state = 'rejected') order by m.position, m.name, p.id)
  from payment p
  join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
  left join remittance r on r.garden_id = p.garden_id and r.id = p.remittance_id
  where p.garden_id = t.garden_id and p.taking_id = t.id and p.source not like 'again:%' and (p.state <> 'cancelled' or t.reversed_at is not null)), '[]')`;

/** Days of market, the latest first. One query. */
export function takingList(
  actor: Actor,
  { page, perPage }: { page: number; perPage: number },
): Promise<{ rows: TakingRow[]; total: number }> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<TakingRow & { count: number }>`
      select t.id, t.day, t.place, t.total_cents as total, t.reversed_at is not null as reversed, ${means} as means, count(*) over ()::int as count
      from taking t where t.garden_id = app_garden() order by t.day desc, t.id desc limit ${perPage} offset ${(page - 1) * perPage}`.execute(
      tx,
    );
    return { rows: rows.map(({ count: _, ...row }) => row), total: rows[0]?.count ?? 0 };
  });
}

export type Taking = {
  id: number;
  day: Day;
  place: string;
  activity: string | null;
  lines: Sale[];
  total: Cents;
  note: string;
  means: {
    id: number;
    name: string;
    kind: MethodKind;
    amount: Cents;
    slip: number | null;
    reference: string;
    bank: string;
    rejected: boolean;
  }[];
  entry: string | null;
  reversed: boolean;
  createdAt: Date;
  createdBy: string | null;
};

/** One day of market; null when it does not exist. One query. */
export function taking(actor: Actor, id: number): Promise<Taking | null> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Taking>`
      select t.id, t.day, t.place, a.name as activity, t.lines, t.total_cents as total, t.note, ${means} as means, j.code || ' ' || e.number as entry,
        t.reversed_at is not null as reversed, t.created_at as "createdAt", u.name as "createdBy"
      from taking t
      left join activity a on a.garden_id = t.garden_id and a.id = t.activity_id
      left join entry e on e.garden_id = t.garden_id and e.id = t.entry_id
      left join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
      left join auth."user" u on u.id = t.created_by
      where t.garden_id = app_garden() and t.id = ${id}`.execute(tx);
    return rows[0] ?? null;
  });
}

export type TakingChoices = {
  /** Whether sales carry VAT. */
  liable: boolean;
  accounts: { number: string; name: string }[];
  activities: { id: number; name: string }[];
  places: string[];
  /** Ways of paying that people use at a market: no debit. */
  methods: Method[];
  banks: string[];
};

/** What the form of a day of market chooses from. Two queries. */
export function takingChoices(actor: Actor): Promise<TakingChoices> {
  requireRight(actor, 'payments:change');
  return readInGarden(actor, async (tx) => {
    const [{ rows }, ways] = await Promise.all([
      sql<Omit<TakingChoices, 'methods' | 'liable'> & { settings: unknown }>`
        select g.settings,
          coalesce((select jsonb_agg(jsonb_build_object('number', number, 'name', name) order by number) from account
            where garden_id = g.id and archived_at is null and number ~ '^70[1-7]'), '[]') as accounts,
          coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name) order by position, name) from activity
            where garden_id = g.id and archived_at is null), '[]') as activities,
          array(select place from taking where garden_id = g.id group by place order by max(day) desc limit 12) as places,
          array(select bank from payment where garden_id = g.id and bank <> '' group by bank order by count(*) desc, bank limit 40) as banks
        from garden g where g.id = app_garden()`.execute(tx),
      methods(tx),
    ]);
    const { settings, ...choices } = rows[0]!;
    return { ...choices, liable: readSettings(settings).vatLiable, methods: ways.filter(({ kind }) => kind !== 'direct_debit') };
  });
}
