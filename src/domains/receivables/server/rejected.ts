import { sql } from 'kysely';
import { standings } from '#domains/ledger/index.server.ts';
import { madeGood } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { Decision } from '../labels.ts';
import type { DecisionValues } from '../schema.ts';

export type RejectedPayment = {
  id: number;
  /** Null: a market's cheque whose writer is no customer; `lastName` is then where the market was. */
  customerId: number | null;
  number: string;
  lastName: string;
  firstName: string;
  phone: string;
  email: string;
  method: string;
  amount: Cents;
  rejectedOn: Day;
  /** As the bank says it. */
  reason: string;
  /** What the customer owes now, and what of it is late. */
  balance: Cents;
  late: Cents;
  decision: Decision | null;
  until: Day | null;
  note: string;
  version: number;
  /** 'open': to be decided, or the delay granted is over. 'decided'. 'settled': she owes nothing any more. */
  state: 'open' | 'decided' | 'settled';
};

/**
 * Payments that the bank refused within a year and a half, latest first, with what was decided of each. One that was paid otherwise since settles
 * itself: nobody has to say so. One query.
 */
export function rejectedPayments(actor: Actor, today: Day): Promise<RejectedPayment[]> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<RejectedPayment>`
      select p.id, c.id as "customerId", coalesce(c.number, '') as number, coalesce(c.last_name, t.place) as "lastName", coalesce(c.first_name, '') as "firstName",
        coalesce(c.phone, '') as phone, coalesce(c.email, '') as email, concat_ws(' n° ', m.name, nullif(p.reference, '')) as method,
        p.amount_cents as amount, coalesce(p.rejected_on, p.day) as "rejectedOn", p.reason, coalesce(s.balance, 0) as balance, coalesce(s.late, 0) as late,
        f.decision, f.until_on as until, coalesce(f.note, '') as note, coalesce(f.version, 0) as version,
        case when case when c.id is null then ${madeGood} is not null else coalesce(s.balance, 0) <= 0 end then 'settled'
          when f.decision is not null and (f.until_on is null or f.until_on >= ${today}) then 'decided'
          else 'open' end as state
      from payment p
      left join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
      left join taking t on t.garden_id = p.garden_id and t.id = p.taking_id
      join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
      left join payment_followup f on f.garden_id = p.garden_id and f.payment_id = p.id
      left join ${standings(today)} s on s.customer_id = c.id
      where p.garden_id = app_garden() and p.state = 'rejected' and p.direction = 'in' and coalesce(p.rejected_on, p.day) > ${today}::date - 550
      order by coalesce(p.rejected_on, p.day) desc, c.search, p.id`.execute(tx);
    return rows;
  });
}

/** Keeps what is decided of a rejected payment, if nobody else decided meanwhile. Sent twice, it acts once. */
export function decideRejected(actor: Actor, values: DecisionValues): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const { paiement: id, decision, note, version } = values;
    const until = decision === 'wait' ? values.jusquau : null;
    if (decision === 'wait' && until === null) return refuse('Jusqu’à quand attendre ?', { jusquau: 'Dites jusqu’à quel jour.' });
    const { rows } = await sql<{
      state: string;
      decision: Decision | null;
      until: Day | null;
      note: string | null;
      version: number | null;
    }>`
      select p.state, f.decision, f.until_on as until, f.note, f.version from payment p
      left join payment_followup f on f.garden_id = p.garden_id and f.payment_id = p.id
      where p.garden_id = app_garden() and p.id = ${id} for update of p`.execute(tx);
    const stored = rows[0];
    if (stored?.state !== 'rejected') return refuse('Ce rejet n’existe plus.');
    if (stored.decision === decision && stored.until === until && stored.note === note) return done(null);
    if ((stored.version ?? 0) !== version)
      return refuse('Quelqu’un d’autre vient de décider de la suite. Regardez ce qui est écrit, puis recommencez si besoin.');
    await sql`
      insert into payment_followup as f (garden_id, payment_id, decision, until_on, note)
      values (${actor.gardenId}, ${id}, ${decision}, ${until}, ${note})
      on conflict (garden_id, payment_id) do update set decision = excluded.decision, until_on = excluded.until_on, note = excluded.note, version = f.version + 1`.execute(
      tx,
    );
    return done(null);
  });
}
