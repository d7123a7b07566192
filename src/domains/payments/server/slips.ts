import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { MethodKind } from '../rules/states.ts';

export type SlipState = 'made' | 'deposited' | 'undone';
export type SlipRow = {
  id: number;
  number: number;
  day: Day;
  method: string;
  kind: MethodKind;
  total: Cents;
  payments: number;
  state: SlipState;
  depositedOn: Day | null;
};
/** What waits to be handed to the bank, by way of paying. */
export type ToRemit = { id: number; name: string; kind: MethodKind; count: number; total: Cents; oldest: Day };
export type SlipLine = { id: number; day: Day; payer: string; number: string; reference: string; bank: string; amount: Cents };
export type BankAccount = { id: number; name: string; holder: string; iban: string };

const payer = sql`case when p.customer_id is null then t.place else concat_ws(' ', c.last_name, nullif(c.first_name, '')) end`;
/** Received, and on no slip yet. */
const free = sql`p.state = 'paid' and p.direction = 'in' and p.remittance_id is null`;

/** Slips, the latest first, with what waits to be remitted. Two queries. */
export function slipList(
  actor: Actor,
  { page, perPage }: { page: number; perPage: number },
): Promise<{ rows: SlipRow[]; total: number; waiting: ToRemit[] }> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const [{ rows }, waiting] = await Promise.all([
      sql<SlipRow & { count: number }>`
        select r.id, r.number, r.day, m.name as method, m.kind, r.total_cents as total, r.payments, r.state, r.deposited_on as "depositedOn",
          count(*) over ()::int as count
        from remittance r join payment_method m on m.garden_id = r.garden_id and m.id = r.method_id
        where r.garden_id = app_garden() order by r.number desc limit ${perPage} offset ${(page - 1) * perPage}`.execute(tx),
      toRemit(tx),
    ]);
    return { rows: rows.map(({ count: _, ...row }) => row), total: rows[0]?.count ?? 0, waiting };
  });
}

async function toRemit(tx: Tx): Promise<ToRemit[]> {
  const { rows } = await sql<ToRemit>`
    select m.id, m.name, m.kind, count(*)::int as count, sum(p.amount_cents)::bigint as total, min(p.day) as oldest
    from payment p join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id and m.remitted
    where p.garden_id = app_garden() and ${free} group by m.garden_id, m.id order by m.position, m.name`.execute(tx);
  return rows;
}

/** What a new slip chooses from: the ways of paying that have some, and those of one of them, oldest first. Two queries. */
export function slipChoice(
  actor: Actor,
  method: number | undefined,
): Promise<{ waiting: ToRemit[]; method: ToRemit | null; lines: SlipLine[] }> {
  requireRight(actor, 'payments:change');
  return readInGarden(actor, async (tx) => {
    const waiting = await toRemit(tx);
    const chosen = method === undefined ? waiting[0] : waiting.find(({ id }) => id === method);
    if (!chosen) return { waiting, method: null, lines: [] };
    return { waiting, method: chosen, lines: await linesOf(tx, sql`p.method_id = ${chosen.id} and ${free}`) };
  });
}

const linesOf = async (tx: Tx, where: ReturnType<typeof sql>): Promise<SlipLine[]> => {
  const { rows } = await sql<SlipLine>`
    select p.id, p.day, ${payer} as payer, coalesce(c.number, '') as number, p.reference, p.bank, p.amount_cents as amount
    from payment p
    left join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
    left join taking t on t.garden_id = p.garden_id and t.id = p.taking_id
    where p.garden_id = app_garden() and ${where} order by p.day, p.id`.execute(tx);
  return rows;
};

export type Slip = Omit<SlipRow, 'payments'> & {
  version: number;
  garden: string;
  account: BankAccount | null;
  /** Accounts of the garden at banks, to deposit it on. */
  accounts: BankAccount[];
  lines: SlipLine[];
};

/** One slip with its lines, as it stands; a slip that was undone has none left. Two queries. */
export function slip(actor: Actor, id: number): Promise<Slip | null> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, (tx) => loadSlip(tx, id));
}

async function loadSlip(tx: Tx, id: number): Promise<Slip | null> {
  const { rows } = await sql<Omit<Slip, 'lines'>>`
    select r.id, r.number, r.day, r.version, m.name as method, m.kind, r.total_cents as total, r.state, r.deposited_on as "depositedOn", g.name as garden,
      case when b.id is not null then jsonb_build_object('id', b.id, 'name', b.name, 'holder', b.holder, 'iban', b.iban) end as account,
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'holder', a.holder, 'iban', a.iban) order by a.name) from bank_account a
        where a.garden_id = r.garden_id and a.archived_at is null), '[]') as accounts
    from remittance r
    join garden g on g.id = r.garden_id
    join payment_method m on m.garden_id = r.garden_id and m.id = r.method_id
    left join bank_account b on b.garden_id = r.garden_id and b.id = r.bank_account_id
    where r.garden_id = app_garden() and r.id = ${id}`.execute(tx);
  return rows[0] ? { ...rows[0], lines: await linesOf(tx, sql`p.remittance_id = ${id}`) } : null;
}

/** What a deposit may have brought to the bank and is not known there yet: for whoever reads the bank's lines. One query. */
export async function openSlips(
  tx: Tx,
): Promise<{ id: number; number: number; day: Day; total: Cents; state: SlipState; kind: MethodKind }[]> {
  const { rows } = await sql<{ id: number; number: number; day: Day; total: Cents; state: SlipState; kind: MethodKind }>`
    select r.id, r.number, r.day, r.total_cents as total, r.state, m.kind from remittance r
    join payment_method m on m.garden_id = r.garden_id and m.id = r.method_id
    where r.garden_id = app_garden() and r.state <> 'undone' order by r.number`.execute(tx);
  return rows;
}
