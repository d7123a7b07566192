import { sql } from 'kysely';
import { closedUntil, post } from '#domains/ledger/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { addCharges } from './charge-commands.ts';
import { depositGift } from './returnable-moves.ts';

/** The deposit of a subscription: asked, then given back, or left to the garden. */
export type SubscriptionDeposit = {
  subscription: number;
  product: string;
  cents: Cents;
  endsOn: Day;
  fate: 'held' | 'returned' | 'given';
};

/** Deposits of a customer's subscriptions that were asked, latest first. One query. */
export async function depositsOf(tx: Tx, customerId: number): Promise<SubscriptionDeposit[]> {
  const { rows } = await sql<SubscriptionDeposit>`
    select a.id as subscription, p.name as product, c.unit_price_cents as cents, a.ends_on as "endsOn",
      case when exists (select from charge b where b.garden_id = c.garden_id and b.source = 'deposit_back:' || a.id and b.withdrawn_at is null) then 'returned'
        when exists (select from entry e where e.garden_id = c.garden_id and e.source = 'deposit-given:subscription:' || a.id) then 'given'
        else 'held' end as fate
    from charge c
    join subscription a on a.garden_id = c.garden_id and a.id = c.subscription_id
    join product p on p.garden_id = a.garden_id and p.id = a.product_id
    where c.garden_id = app_garden() and c.customer_id = ${customerId} and c.source = 'deposit:' || a.id and c.withdrawn_at is null
    order by c.id desc`.execute(tx);
  return rows;
}

/** The deposit of a subscription goes back to the customer with her next bill, or stays with the garden as a gift. Twice, it acts once. */
export function settleDeposit(
  actor: Actor,
  customerId: number,
  { subscription, fate }: { subscription: number; fate: 'returned' | 'given' },
  today: Day,
): Promise<Outcome<null>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      select trim(last_name || ' ' || first_name) as name from customer where garden_id = app_garden() and id = ${customerId} for update`.execute(
      tx,
    );
    const deposit = (await depositsOf(tx, customerId)).find((one) => one.subscription === subscription);
    if (!rows[0] || !deposit) return refuse('Cette caution n’existe pas.');
    if (deposit.fate === fate) return done(null);
    if (deposit.fate !== 'held')
      return refuse(deposit.fate === 'returned' ? 'Cette caution a déjà été rendue.' : 'Cette caution a été laissée au jardin.');
    const { product, cents } = deposit;
    if (fate === 'given') {
      const closed = await closedUntil(tx);
      if (closed && today <= closed) return refuse('Cette période est clôturée.');
      const source = `deposit-given:subscription:${subscription}`;
      await post(tx, 'OD', [depositGift(today, `Caution laissée au jardin par ${rows[0].name}`, `CAUTION-${subscription}`, cents, source)]);
      return done(null);
    }
    const back = {
      customer: customerId,
      kind: 'deposit_back',
      label: `Caution rendue (${product})`,
      unitPrice: cents,
      subscription,
      billOn: today,
    } as const;
    const [added] = await addCharges(tx, actor.gardenId, [{ ...back, source: `deposit_back:${subscription}` }]);
    // Given back before, then taken back: it is given back again.
    if (added === undefined)
      await sql`update charge set withdrawn_at = null, version = version + 1
        where garden_id = app_garden() and source = ${`deposit_back:${subscription}`}`.execute(tx);
    return done(null);
  });
}
