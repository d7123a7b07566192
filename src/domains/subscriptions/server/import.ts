import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { idsBy, type Written } from '#platform/db/upsert.ts';
import type { Frequency } from '../rules/frequency.ts';
import { type Matchable, matchSubscriptions } from '../rules/match.ts';

export type SubscriptionToImport = {
  customerNumber: string;
  productName: string;
  depotNumber: string;
  frequency: Frequency;
  quantity: number;
  /** Null: the product's own price. */
  priceCents: Cents | null;
  startsOn: Day;
  endsOn: Day;
  billingMode: 'arrears' | 'instalments' | 'prepaid' | 'pack';
  billingCount: number | null;
};

type Values = Matchable & {
  id: number | null;
  slotId: number;
  frequency: Frequency;
  quantity: number;
  priceCents: Cents;
  endsOn: Day;
  billingMode: SubscriptionToImport['billingMode'];
  billingCount: number | null;
};
/** `ended`: on screen, for a reason: its end is not a file's to change. */
type Stored = Values & { id: number; ended: boolean };

/**
 * Adds subscriptions or brings them up to date (see `matchSubscriptions`). A line is about the first terms of a subscription, which files are
 * about: those that were given on screen for later weeks stand as they are. It is done in six statements. Customers, products and depots with a slot
 * must be there. Baskets are not planned here.
 * @param given fields that the file holds: a subscription that is there already keeps its quantity, price and billing when they are not given.
 */
export async function importSubscriptions(
  tx: Tx,
  gardenId: number,
  subscriptions: SubscriptionToImport[],
  given: ReadonlySet<string>,
): Promise<Written> {
  if (subscriptions.length === 0) return { added: [], changed: [], refused: [] };
  const lines = await withIds(tx, subscriptions);
  const stored = await loadSubscriptions(tx, [...new Set(lines.map((line) => line.customerId))]);
  const matches = matchSubscriptions(lines, stored, (line, old) => sameValues(settle(line, old, given), old));
  const rows = lines.map((line, index) => settle(line, matches[index] ?? null, given));
  const added = rows.flatMap((row, index) => (row.id === null ? [index] : []));
  const changed = rows.flatMap((row, index) => (matches[index] && !sameValues(row, matches[index]) ? [index] : []));
  await insertAll(
    tx,
    gardenId,
    added.map((index) => rows[index]!),
  );
  await updateAll(
    tx,
    changed.map((index) => rows[index]!),
  );
  return { added, changed, refused: [] };
}

type WithIds = Omit<Values, 'id' | 'priceCents'> & { givenPrice: Cents | null; usualPrice: Cents };

async function withIds(tx: Tx, subscriptions: SubscriptionToImport[]): Promise<WithIds[]> {
  const numbers = subscriptions.map((line) => line.customerNumber);
  const customers = await idsBy(tx, 'customer', 'number', numbers);
  const products = await tx.selectFrom('product').select(['id', 'name', 'price_cents as price']).execute();
  // A depot on several tours: the first one still in use.
  const { rows: slots } = await sql<{ number: string; depotId: number; slotId: number }>`
    select distinct on (d.number) d.number, d.id as "depotId", s.id as "slotId"
    from depot d join slot s on s.garden_id = d.garden_id and s.depot_id = d.id
    order by d.number, s.archived_at is not null, s.id`.execute(tx);
  const [productOf, slotOf] = [new Map(products.map((row) => [row.name, row])), new Map(slots.map((row) => [row.number, row]))];
  return subscriptions.map((line) => {
    const [product, slot] = [productOf.get(line.productName)!, slotOf.get(line.depotNumber)!];
    const { frequency, quantity, startsOn, endsOn, billingMode, billingCount } = line;
    return {
      customerId: customers.get(line.customerNumber)!,
      productId: product.id,
      depotId: slot.depotId,
      slotId: slot.slotId,
      givenPrice: line.priceCents,
      usualPrice: product.price,
      ...{ frequency, quantity, startsOn, endsOn, billingMode, billingCount },
    };
  });
}

/** The line's values, completed by those of the subscription it is about. */
function settle({ givenPrice, usualPrice, ...line }: WithIds, old: Stored | null, given: ReadonlySet<string>): Values {
  if (!old) return { ...line, id: null, priceCents: givenPrice ?? usualPrice };
  return {
    ...line,
    id: old.id,
    slotId: line.depotId === old.depotId ? old.slotId : line.slotId,
    endsOn: old.ended ? old.endsOn : line.endsOn,
    quantity: given.has('quantity') ? line.quantity : old.quantity,
    priceCents: givenPrice ?? old.priceCents,
    billingMode: given.has('billing') ? line.billingMode : old.billingMode,
    billingCount: given.has('billing') ? line.billingCount : old.billingCount,
  };
}

const sameValues = (a: Values, b: Values): boolean =>
  a.slotId === b.slotId &&
  a.frequency === b.frequency &&
  a.quantity === b.quantity &&
  a.priceCents === b.priceCents &&
  a.endsOn === b.endsOn &&
  a.billingMode === b.billingMode &&
  a.billingCount === b.billingCount;

async function loadSubscriptions(tx: Tx, customerIds: number[]): Promise<Stored[]> {
  const { rows } = await sql<Stored>`
    select s.id, s.customer_id as "customerId", s.product_id as "productId", slot.depot_id as "depotId", s.slot_id as "slotId", s.frequency, s.quantity,
      s.price_cents as "priceCents", s.starts_on as "startsOn", s.ends_on as "endsOn", s.billing_mode as "billingMode", s.billing_count as "billingCount",
      s.end_reason <> '' as ended
    from subscription s
    join slot on slot.garden_id = s.garden_id and slot.id = s.slot_id
    where s.customer_id = any(${`{${customerIds.join()}}`}::bigint[])
    order by s.starts_on, s.id`.execute(tx);
  return rows;
}

const recordset = (rows: Values[]) => sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
  id bigint, "customerId" bigint, "productId" bigint, "slotId" bigint, frequency text, quantity integer, "priceCents" bigint,
  "startsOn" date, "endsOn" date, "billingMode" text, "billingCount" integer)`;

/** Under the plan of their product, when there is only one that could be meant. */
async function insertAll(tx: Tx, gardenId: number, rows: Values[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into subscription (garden_id, customer_id, plan_id, product_id, slot_id, frequency, quantity, price_cents, starts_on, ends_on, billing_mode, billing_count)
    select ${gardenId}::integer, r."customerId", p.id, r."productId", r."slotId", r.frequency, r.quantity, r."priceCents", r."startsOn", r."endsOn",
      r."billingMode", r."billingCount"
    from ${recordset(rows)}
    left join (
      select product_id, min(id) as id from plan where archived_at is null group by product_id having count(*) = 1
    ) p on p.product_id = r."productId"`.execute(tx);
}

async function updateAll(tx: Tx, rows: Values[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update subscription s
    set slot_id = r."slotId", frequency = r.frequency, quantity = r.quantity, price_cents = r."priceCents", ends_on = r."endsOn",
      billing_mode = r."billingMode", billing_count = r."billingCount", version = s.version + 1
    from ${recordset(rows)}
    where s.id = r.id`.execute(tx);
}

/** Customers and products that go together in a subscription: what requests may refer to. */
export async function subscribedProducts(tx: Tx): Promise<{ customerNumber: string; productName: string }[]> {
  // Joined here: in a garden that has just come, PostgreSQL expects no rows and would join them one by one.
  const pairs = await tx.selectFrom('subscription').select(['customer_id', 'product_id']).distinct().execute();
  const customers = new Map((await tx.selectFrom('customer').select(['id', 'number']).execute()).map((row) => [row.id, row.number]));
  const products = new Map((await tx.selectFrom('product').select(['id', 'name']).execute()).map((row) => [row.id, row.name]));
  return pairs.map((row) => ({ customerNumber: customers.get(row.customer_id)!, productName: products.get(row.product_id)! }));
}
