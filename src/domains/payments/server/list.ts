import { type RawBuilder, sql } from 'kysely';
import { likePattern, searchPieces } from '#domains/customers/rules/search.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { type Cents, parseEuros } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { awaited, type MethodKind, type PaymentState } from '../rules/states.ts';

export type PaymentRow = {
  id: number;
  customerId: number | null;
  /** The customer's, or the market's. */
  payer: string;
  number: string;
  method: string;
  kind: MethodKind;
  direction: 'in' | 'out';
  amount: Cents;
  day: Day;
  state: PaymentState;
  reference: string;
  bank: string;
  note: string;
  slip: number | null;
};

export type PaymentsAsked = {
  search: string;
  sort: string;
  direction: 'asc' | 'desc';
  page: number;
  perPage: number;
  filters: Record<string, string>;
};
export type PaymentList = {
  rows: PaymentRow[];
  total: number;
  /** Of all that is found, whatever the page: received and given back, still to come and to give back. All above zero. */
  received: Cents;
  givenBack: Cents;
  awaited: Cents;
  toGiveBack: Cents;
  methods: { id: number; name: string }[];
};

export const paymentSorts = ['date', 'client', 'montant'];

/** Payments that answer what is asked, a page at a time, with their sum. Two queries. */
export async function paymentList(actor: Actor, today: Day, asked: PaymentsAsked): Promise<PaymentList> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const [{ rows: counted }, { rows }] = await Promise.all([
      sql<Omit<PaymentList, 'rows'>>`
        select count(*)::int as total,
          ${sumOf('in', ['paid'])} as received, ${sumOf('out', ['paid'])} as "givenBack",
          ${sumOf('in', awaited)} as awaited, ${sumOf('out', awaited)} as "toGiveBack",
          coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name) order by position, name) from payment_method
            where garden_id = app_garden()), '[]') as methods
        from ${source} where ${conditions(asked, today)}`.execute(tx),
      sql<PaymentRow>`
        select ${columns} from ${source} where ${conditions(asked, today)} order by ${order(asked)}
        limit ${asked.perPage} offset ${(asked.page - 1) * asked.perPage}`.execute(tx),
    ]);
    return { ...counted[0]!, rows };
  });
}

/** All of them, for a file. One query. */
export async function paymentsToExport(actor: Actor, today: Day, asked: PaymentsAsked): Promise<PaymentRow[]> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<PaymentRow>`
      select ${columns} from ${source} where ${conditions(asked, today)} order by ${order(asked)}`.execute(tx);
    return rows;
  });
}

/** Cents of what is found that goes that way and is in one of these states. */
const sumOf = (direction: 'in' | 'out', states: readonly PaymentState[]) =>
  sql`coalesce(sum(p.amount_cents) filter (where p.direction = ${direction} and p.state = any(${[...states]}::text[])), 0)::bigint`;

const source = sql`payment p
  join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
  left join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
  left join taking t on t.garden_id = p.garden_id and t.id = p.taking_id
  left join remittance r on r.garden_id = p.garden_id and r.id = p.remittance_id`;

const columns = sql`p.id, p.customer_id as "customerId", case when p.customer_id is null then t.place
    else concat_ws(' ', c.last_name, nullif(c.first_name, '')) end as payer, coalesce(c.number, '') as number, m.name as method, m.kind, p.direction,
  p.amount_cents as amount, p.day, p.state, p.reference, p.bank, p.note, r.number as slip`;

function conditions({ search, filters }: PaymentsAsked, today: Day): RawBuilder<unknown> {
  const all = [sql`p.garden_id = app_garden()`];
  const amount = parseEuros(search);
  const words = searchPieces(search).map(
    (piece) =>
      sql`search_text(concat_ws(' ', c.last_name, c.first_name, c.number, t.place, p.reference, p.bank, p.note)) like search_text(${likePattern(piece)})`,
  );
  const said = sql.join(words, sql` and `);
  // « 42,50 » is an amount; it may also be part of a number.
  if (words.length) all.push(amount === null ? said : sql`(p.amount_cents = ${amount} or (${said}))`);
  const { etat, moyen, periode } = filters;
  if (etat === 'attente') all.push(sql`p.state in ('expected', 'scheduled', 'uncertain')`);
  else if (etat === 'rendu') all.push(sql`p.direction = 'out'`);
  else if (etat) all.push(sql`p.state = ${etat}`);
  if (moyen) all.push(sql`p.method_id = ${Number(moyen)}`);
  if (periode) {
    const [from, until] = periodOf(periode, today);
    all.push(sql`p.day between ${from} and ${until}`);
  }
  return sql.join(all, sql` and `);
}

/** First and last day of a period of the filter. */
function periodOf(period: string, today: Day): [Day, Day] {
  const month = `${today.slice(0, 7)}-01`;
  const before = addDays(month, -1);
  if (period === 'semaine') return [addDays(today, -6), today];
  if (period === 'mois') return [month, '9999-12-31'];
  if (period === 'mois-dernier') return [`${before.slice(0, 7)}-01`, before];
  if (period === 'annee-derniere') return [`${Number(today.slice(0, 4)) - 1}-01-01`, `${Number(today.slice(0, 4)) - 1}-12-31`];
  return [`${today.slice(0, 4)}-01-01`, '9999-12-31'];
}

function order({ sort, direction }: PaymentsAsked): RawBuilder<unknown> {
  const way = direction === 'asc' ? sql`asc` : sql`desc`;
  const by: Record<string, RawBuilder<unknown>> = {
    client: sql`search_text(concat_ws(' ', c.last_name, c.first_name, t.place)) ${way}, p.day desc, p.id desc`,
    montant: sql`p.amount_cents ${way}, p.day desc, p.id desc`,
  };
  return by[sort] ?? sql`p.day ${way}, p.id ${way}`;
}
