import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { OnlineState } from '../rules/settle.ts';

/** A try to pay as it concerns what it is about. */
export type TryAbout = {
  id: number;
  about: string;
  token: string;
  state: OnlineState;
  /** The payment it led to, once it is written: what came, and when. */
  payment: number | null;
  cents: Cents | null;
  day: Day | null;
  /** It went back. */
  refunded: boolean;
};

/** Tries to pay about things whose name begins so (« gift: »), or one of them: those that led somewhere, and those that may. One query. */
export async function triesAbout(tx: Tx, prefix: string, only: { about?: string; id?: number } = {}): Promise<TryAbout[]> {
  const { about = null, id = null } = only;
  const { rows } = await sql<TryAbout>`
    select o.id, o.about, o.token, o.state, o.payment_id as payment, p.amount_cents as cents, p.day, o.refund_id is not null as refunded
    from online_payment o left join payment p on p.garden_id = o.garden_id and p.id = o.payment_id
    where o.garden_id = app_garden() and o.about like ${prefix} || '%' and (${about}::text is null or o.about = ${about}) and (${id}::bigint is null or o.id = ${id})
    order by o.id`.execute(tx);
  return rows;
}
