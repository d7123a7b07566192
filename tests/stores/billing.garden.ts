import { advanceRun, carryUndoOn, type RunWish, startRun, undoRun } from '../../src/domains/billing/index.server.ts';
import { runFilters } from '../../src/domains/billing/schema-runs.ts';
import { planBaskets } from '../../src/domains/subscriptions/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, sowCustomer, sowSubscription } from './places.garden.ts';

/** A garden whose subscriptions are billed: weeks 43 to 52 of 2025, all of them Wednesdays. */
export type BillingGarden = TestGarden & { places: Places };

export async function plantBilling(ownerUrl: string, slug?: string): Promise<BillingGarden> {
  const garden = await plantGarden(ownerUrl, slug);
  const places = await plantPlaces(garden);
  for (const install of ['install_ledger', 'install_billing']) await garden.owner.query(`select ${install}(${garden.gardenId})`);
  return { ...garden, places };
}

/** A weekly subscription with its baskets, of somebody new. */
export async function subscribed(
  garden: BillingGarden,
  name: string,
  more: Record<string, unknown> = {},
): Promise<{ customer: number; subscription: number }> {
  const customer = await sowCustomer(garden, name);
  const subscription = await sowSubscription(garden, garden.places, customer, garden.places.openSlot, more);
  await plan(garden, subscription);
  return { customer, subscription };
}

/** Many at once, each with a basket on every Wednesday, in three statements. */
export async function crowd({ owner, gardenId, places }: BillingGarden, name: string, size: number): Promise<void> {
  await owner.query(
    `with people as (
       insert into customer (garden_id, number, last_name) select ${gardenId}, $1 || n, $1 || ' ' || n from generate_series(1, ${size}) n returning id
     )
     insert into subscription (garden_id, customer_id, product_id, plan_id, slot_id, frequency, quantity, price_cents, starts_on, ends_on)
     select ${gardenId}, id, ${places.simple}, ${places.plan}, ${places.openSlot}, 'weekly', 1, 1380, '2025-10-20', '2025-12-31' from people`,
    [name],
  );
  await owner.query(
    `insert into basket (garden_id, subscription_id, delivery_id, slot_id, product_id, quantity, price_cents)
     select s.garden_id, s.id, l.id, s.slot_id, s.product_id, 1, s.price_cents
     from customer c join subscription s on s.customer_id = c.id join delivery l on l.tour_id = ${places.wednesday} where c.last_name like $1 || ' %'`,
    [name],
  );
}

export const plan = (garden: BillingGarden, ...subscriptionIds: number[]) =>
  inGarden(garden.places.system, (tx) => planBaskets(tx, garden.gardenId, { today: '2025-10-01', subscriptionIds }));

let forms = 0;
export const wish = (until: string, more: Partial<RunWish> = {}): RunWish => ({
  ...{ name: `Facturation ${until}`, until, day: until, dueOn: until, filters: runFilters.parse({}), key: `formulaire-${++forms}` },
  ...more,
});

export async function begin(garden: BillingGarden, run: RunWish): Promise<number> {
  const begun = await startRun(garden.marie, run);
  if (!begun.ok) throw new Error(begun.reason);
  return begun.value.id;
}

/** Bills everything up to a day. @returns the run. */
export async function bill(garden: BillingGarden, until: string, more: Partial<RunWish> = {}): Promise<number> {
  const id = await begin(garden, wish(until, more));
  await advanceRun(garden.marie, id);
  return id;
}

export async function undo(garden: BillingGarden, id: number, day: string): Promise<void> {
  const undone = await undoRun(garden.marie, id, day);
  if (!undone.ok) throw new Error(undone.reason);
  await carryUndoOn(garden.marie, id, day);
}

/** What each customer owes, in cents, by the ledger. */
export async function balances({ owner }: BillingGarden): Promise<Record<string, number>> {
  const { rows } = await owner.query(`select c.last_name as name, coalesce(sum(l.amount_cents), 0)::int as balance from customer c
    left join (entry_line l join account a on a.id = l.account_id and a.number = '411000') on l.customer_id = c.id group by c.id, c.last_name`);
  return Object.fromEntries(rows.map(({ name, balance }) => [name, balance]));
}

/** What stands on an account, in cents. */
export async function standing({ owner }: BillingGarden, account: string): Promise<number> {
  const { rows } = await owner.query(
    'select coalesce(sum(l.amount_cents), 0)::int as balance from entry_line l join account a on a.id = l.account_id where a.number = $1',
    [account],
  );
  return rows[0].balance;
}

/** Lines of documents, as « label, quantity, price ». */
export async function linesOf({ owner }: BillingGarden, run: number, customer: number): Promise<string[]> {
  const { rows } = await owner.query(
    `select l.kind, l.label, l.detail, l.quantity_milli / 1000.0 as quantity, l.unit_price_cents as price from document_line l join document d on d.id = l.document_id
     where d.run_id = $1 and d.customer_id = $2 order by l.position`,
    [run, customer],
  );
  return rows.map((row) => `${row.kind} ${row.label}: ${Number(row.quantity)} × ${row.price}${row.detail ? ` (${row.detail})` : ''}`);
}

/** Notes a basket of a delivery as not received, the delivery being done. */
export async function miss(
  garden: BillingGarden,
  subscription: number,
  delivery: number,
  remedy: 'credit' | 'make_up' | null,
): Promise<void> {
  await sow(garden, 'basket_outcome', { delivery_id: delivery, subscription_id: subscription, kind: 'missing', quantity: 1, remedy });
  await garden.owner.query('update delivery set delivered_at = now() where id = $1', [delivery]);
}
