import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { DemoGarden } from './garden.ts';
import { insertPlans } from './insert-plans.ts';
import type { DemoOther } from './plans.ts';
import { tellRenewals } from './renewals.ts';

/** One parameter for a whole table of rows, whatever their number. */
const rows = (list: object[]): RawBuilder<unknown> => sql`${JSON.stringify(list)}::jsonb`;

/** Rows of a table that names nothing else: their columns are those of the table. */
async function plainRows(tx: Tx, gardenId: number, table: string, list: object[]): Promise<void> {
  if (list.length === 0) return;
  const columns = sql.join(Object.keys(list[0]!).map((name) => sql.ref(name)));
  await sql`
    insert into ${sql.table(table)} (garden_id, ${columns})
    select ${gardenId}::integer, ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${rows(list)})`.execute(tx);
}

/** Writes a garden in as many statements as it has tables. The transaction works in that garden. */
export async function insertGarden(tx: Tx, id: number, garden: DemoGarden): Promise<void> {
  await plainRows(tx, id, 'product', garden.products);
  await insertPlans(tx, id, garden.plans);
  await plainRows(tx, id, 'tour', garden.tours);
  await plainRows(tx, id, 'depot', garden.depots);
  await plainRows(tx, id, 'customer', garden.customers);
  await sql`
    insert into slot (garden_id, tour_id, depot_id, stop_order, arrival, pickup, capacity)
    select ${id}::integer, t.id, d.id, r.stop_order, r.arrival, r.pickup, r.capacity
    from jsonb_to_recordset(${rows(garden.slots)}) as r(tour text, depot text, stop_order int, arrival time, pickup text, capacity int)
    join tour t on t.code = r.tour join depot d on d.number = r.depot`.execute(tx);
  await sql`
    insert into delivery (garden_id, tour_id, year, week, usual_date, date, closed, note, holiday)
    select ${id}::integer, t.id, r.year, r.week, r."usualDate", r.date, r.closed, r.note, r.holiday
    from jsonb_to_recordset(${rows(garden.deliveries)}) as r(tour text, year int, week int, "usualDate" date, date date, closed boolean, note text, holiday text)
    join tour t on t.code = r.tour`.execute(tx);
  await sql`
    insert into membership (garden_id, customer_id, starts_on, ends_on, amount_cents)
    select ${id}::integer, c.id, r.starts_on, r.ends_on, r.amount_cents
    from jsonb_to_recordset(${rows(garden.memberships)}) as r(customer text, starts_on date, ends_on date, amount_cents bigint)
    join customer c on c.number = r.customer`.execute(tx);
  await sql`
    insert into mandate (garden_id, customer_id, reference, iban, bic, signed_on)
    select ${id}::integer, c.id, r.reference, r.iban, r.bic, r.signed_on
    from jsonb_to_recordset(${rows(garden.mandates)}) as r(customer text, reference text, iban text, bic text, signed_on date)
    join customer c on c.number = r.customer`.execute(tx);
  const subscriptions = await insertSubscriptions(tx, id, garden.subscriptions);
  await insertSubscriptions(tx, id, garden.others);
  await tellRenewals(tx, id);
  await insertRequests(tx, id, garden, subscriptions);
}

/** @returns identifiers in the order of the list. */
async function insertSubscriptions(
  tx: Tx,
  id: number,
  subscriptions: (DemoGarden['subscriptions'][number] & Partial<DemoOther>)[],
): Promise<number[]> {
  if (subscriptions.length === 0) return [];
  const { rows: made } = await sql<{ id: number }>`
    insert into subscription (garden_id, customer_id, plan_id, product_id, slot_id, frequency, quantity, price_cents, starts_on, ends_on, billing_mode, billing_count,
      basket_count, trial_baskets)
    select ${id}::integer, c.id, n.id, p.id, s.id, r.frequency, r.quantity, r.price_cents, r.starts_on, r.ends_on, r.billing_mode, r.billing_count,
      r.basket_count, r.trial_baskets
    from jsonb_to_recordset(${rows(subscriptions.map((one, place) => ({ ...one, place })))}) as r(place int, customer text, plan text, product text, tour text, depot text,
      frequency text, quantity int, price_cents bigint, starts_on date, ends_on date, billing_mode text, billing_count int, basket_count int, trial_baskets int)
    join customer c on c.number = r.customer join plan n on n.name = r.plan join product p on p.name = r.product
    join tour t on t.code = r.tour join depot d on d.number = r.depot join slot s on s.tour_id = t.id and s.depot_id = d.id
    order by r.place
    returning id`.execute(tx);
  if (made.length !== subscriptions.length)
    throw new Error(`${subscriptions.length - made.length} subscriptions name something that is not there.`);
  // Numbers are drawn in the order of the rows.
  return made.map((row) => row.id).sort((a, b) => a - b);
}

async function insertRequests(tx: Tx, id: number, { requests }: DemoGarden, subscriptions: number[]): Promise<void> {
  // Nobody asks at the same minute: the hour follows from the place in the list.
  const list = requests.map((one, place) => ({
    ...one,
    subscription: subscriptions[one.subscription],
    minute: 480 + ((place * 37) % 600),
  }));
  await sql`
    insert into request (garden_id, subscription_id, kind, year, week, to_year, to_week, quantity, created_at)
    select ${id}::integer, r.subscription, r.kind, r.year, r.week, r.to_year, r.to_week, r.quantity,
      (r.asked_on + make_interval(mins => r.minute)) at time zone 'Europe/Paris'
    from jsonb_to_recordset(${rows(list)}) as r(subscription bigint, kind text, year int, week int, to_year int, to_week int, quantity int, asked_on date,
      minute int)`.execute(tx);
}
