import { type RawBuilder, sql } from 'kysely';
import { likePattern, searchPieces } from '#domains/customers/rules/search.ts';
import { type Cents, parseEuros } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { ProviderKind } from '../rules/provider.ts';
import type { OnlineState } from '../rules/settle.ts';

export type OnlineRow = {
  id: number;
  customerId: number;
  payer: string;
  number: string;
  provider: ProviderKind;
  amount: Cents;
  received: Cents | null;
  purpose: string;
  state: OnlineState;
  /** Paid, and not written among what was received: somebody has to look. */
  toRecord: boolean;
  createdAt: Date;
};
export type OnlineAsked = {
  search: string;
  sort: string;
  direction: 'asc' | 'desc';
  page: number;
  perPage: number;
  filters: Record<string, string>;
};
export type OnlineList = { rows: OnlineRow[]; total: number; paid: Cents; waiting: number; toRecord: number };

export const onlineSorts = ['date', 'client', 'montant'];

/** Paid, and not written: nothing else is asked of staff. */
export const toRecord = sql`(p.state = 'paid' and p.payment_id is null or p.state = 'refunded' and p.refund_id is null)`;

/** Payments online that answer what is asked, a page at a time. Two queries. */
export function onlineList(actor: Actor, asked: OnlineAsked): Promise<OnlineList> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const [{ rows: counted }, { rows }] = await Promise.all([
      sql<Omit<OnlineList, 'rows'>>`
        select count(*)::int as total, coalesce(sum(p.received_cents) filter (where p.state = 'paid'), 0)::bigint as paid,
          count(*) filter (where p.state = 'open')::int as waiting, count(*) filter (where ${toRecord})::int as "toRecord"
        from ${source} where ${conditions(asked)}`.execute(tx),
      sql<OnlineRow>`
        select p.id, p.customer_id as "customerId", ${payer} as payer, c.number, p.provider, p.amount_cents as amount, p.received_cents as received,
          p.purpose, p.state, ${toRecord} as "toRecord", p.created_at as "createdAt"
        from ${source} where ${conditions(asked)} order by ${order(asked)} limit ${asked.perPage} offset ${(asked.page - 1) * asked.perPage}`.execute(
        tx,
      ),
    ]);
    return { ...counted[0]!, rows };
  });
}

const payer = sql`concat_ws(' ', c.last_name, nullif(c.first_name, ''))`;
const source = sql`online_payment p join customer c on c.garden_id = p.garden_id and c.id = p.customer_id`;

function conditions({ search, filters }: OnlineAsked): RawBuilder<unknown> {
  const all = [sql`p.garden_id = app_garden()`];
  const amount = parseEuros(search);
  const words = searchPieces(search).map(
    (piece) => sql`search_text(concat_ws(' ', c.last_name, c.first_name, c.number, p.purpose)) like search_text(${likePattern(piece)})`,
  );
  const said = sql.join(words, sql` and `);
  if (words.length) all.push(amount === null ? said : sql`(p.amount_cents = ${amount} or (${said}))`);
  const { etat } = filters;
  if (etat === 'a-enregistrer') all.push(toRecord);
  else if (etat) all.push(sql`p.state = ${etat}`);
  return sql.join(all, sql` and `);
}

function order({ sort, direction }: OnlineAsked): RawBuilder<unknown> {
  const way = direction === 'asc' ? sql`asc` : sql`desc`;
  const by: Record<string, RawBuilder<unknown>> = {
    client: sql`search_text(${payer}) ${way}, p.id desc`,
    montant: sql`p.amount_cents ${way}, p.id desc`,
  };
  return by[sort] ?? sql`p.created_at ${way}, p.id ${way}`;
}
