import { sql } from 'kysely';
import { type CutoffContext, deliveryState } from '#domains/logistics/index.server.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { idsBy, type Written } from '#platform/db/upsert.ts';
import { assignRequest, type Candidate, frozenWeek, gives } from '../rules/assign.ts';

/** Both weeks belong to one year, that of the import. */
export type RequestToImport = {
  customerNumber: string;
  productName: string;
  week: number;
  kind: 'cancel' | 'postpone';
  toWeek: number | null;
};

type Held = Candidate & { customerNumber: string; productName: string };
type Delivery = {
  tourId: number;
  week: number;
  usualDate: Day;
  date: Day;
  closed: boolean;
  preparationWeekday: Weekday;
  deliveryWeekday: Weekday;
};
type Stored = { id: number; subscriptionId: number; week: number; kind: string; toYear: number | null; toWeek: number | null };

/**
 * Adds requests or brings them up to date (subscription and week), in at most six statements. Baskets are not planned here. Deliveries past
 * their cut-off are frozen: a line that would take from one or add to one is refused.
 * @returns besides, the request of each line by its place: what planning says of a request can be told of its line.
 */
export async function importRequests(
  tx: Tx,
  gardenId: number,
  year: number,
  requests: RequestToImport[],
  context: CutoffContext,
): Promise<Written & { ids: (number | null)[] }> {
  const result: Written & { ids: (number | null)[] } = { added: [], changed: [], refused: [], ids: requests.map(() => null) };
  if (requests.length === 0) return result;
  const held = Map.groupBy(await loadHeld(tx, requests), (row) => `${row.customerNumber}\t${row.productName}`);
  const deliveries = new Map((await loadDeliveries(tx, year)).map((row) => [`${row.tourId}/${row.week}`, row]));
  const stored = new Map((await loadRequests(tx, year)).map((row) => [`${row.subscriptionId}/${row.week}`, row]));

  const taken = new Set<string>();
  const rows = requests.map((request, index) => {
    const all = held.get(`${request.customerNumber}\t${request.productName}`) ?? [];
    const found = assignRequest(all, (tourId) => deliveries.get(`${tourId}/${request.week}`));
    const key = `${found?.id}/${request.week}`;
    const reason = !found
      ? `Le client n° ${request.customerNumber} a plusieurs abonnements « ${request.productName} », et aucun n’a de panier en semaine ${request.week}.`
      : taken.has(key)
        ? `Une autre ligne demande déjà quelque chose pour ce panier de la semaine ${request.week}.`
        : `Ce panier de la semaine ${request.week} est déjà donné : retirez d’abord cette demande.`;
    if (!found || taken.has(key) || stored.get(key)?.kind === 'gift') {
      result.refused.push({ index, reason });
      return null;
    }
    taken.add(key);
    const { week, kind, toWeek } = request;
    return {
      key,
      subscription: found,
      subscription_id: found.id,
      kind,
      year,
      week,
      to_year: toWeek === null ? null : year,
      to_week: toWeek,
      // What is moved stays moved, even if the week it leaves closes later; one that is closed already has nothing to move.
      counts: kind === 'postpone' && gives(found, deliveries.get(`${found.tourId}/${week}`)),
    };
  });
  const isFrozen = (delivery: Delivery) => deliveryState(delivery.date, delivery, context) === 'frozen';
  for (const [index, row] of rows.entries()) {
    const old = row && stored.get(row.key);
    if (!row || (old && old.kind === row.kind && old.toWeek === row.to_week && old.toYear === row.to_year)) continue;
    const { tourId } = row.subscription;
    const weeks = [row.week, row.to_week, old?.toWeek ?? null].filter((week) => week !== null);
    const late = frozenWeek(row.subscription, weeks, (week) => deliveries.get(`${tourId}/${week}`), isFrozen);
    if (late !== null) {
      const reason = `La livraison de la semaine ${late} est passée ou déjà préparée : cette demande ne peut plus la changer.`;
      result.refused.push({ index, reason });
    } else (old ? result.changed : result.added).push(index);
  }
  const given = (indexes: number[]) => sql`
    jsonb_to_recordset(${JSON.stringify(indexes.map((index) => ({ ...rows[index], subscription: undefined })))}::jsonb)
      as r(subscription_id bigint, kind text, year int, week int, to_year int, to_week int, counts boolean)
    join subscription s on s.id = r.subscription_id`;
  if (result.added.length > 0)
    await sql`
      insert into request (garden_id, subscription_id, kind, year, week, to_year, to_week, quantity)
      select ${gardenId}::integer, r.subscription_id, r.kind, r.year, r.week, r.to_year, r.to_week, ${moved} from ${given(result.added)}`.execute(
      tx,
    );
  if (result.changed.length > 0)
    await sql`
      update request q set kind = r.kind, to_year = r.to_year, to_week = r.to_week, quantity = ${moved}, remedy = null
      from ${given(result.changed)}
      where q.subscription_id = r.subscription_id and q.year = r.year and q.week = r.week and q.kind in ('cancel', 'postpone')
        and q.withdrawn_at is null`.execute(tx);
  const ids = new Map((await loadRequests(tx, year)).map((row) => [`${row.subscriptionId}/${row.week}`, row.id]));
  return { ...result, ids: rows.map((row) => (row ? (ids.get(row.key) ?? null) : null)) };
}

/** How many baskets a postponement `r` of the subscription `s` moves: what its terms give that week. */
const moved = sql`case when r.counts then coalesce((
  select c.quantity from subscription_change c
  where c.garden_id = s.garden_id and c.subscription_id = s.id and c.withdrawn_at is null and (c.from_year, c.from_week) <= (r.year, r.week)
  order by c.from_year desc, c.from_week desc limit 1), s.quantity) end`;

/** What the customers of these requests hold, in a fixed order. */
async function loadHeld(tx: Tx, requests: RequestToImport[]): Promise<Held[]> {
  const numbers = requests.map((request) => request.customerNumber);
  const names = new Map([...(await idsBy(tx, 'customer', 'number', numbers))].map(([number, id]) => [id, number]));
  const products = await tx.selectFrom('product').select(['id', 'name']).execute();
  const tours = await tx.selectFrom('slot').select(['id', 'tour_id as tourId']).execute();
  const [nameOf, tourOf] = [new Map(products.map((row) => [row.id, row.name])), new Map(tours.map((row) => [row.id, row.tourId]))];
  const { rows } = await sql<
    Omit<Held, 'customerNumber' | 'productName' | 'tourId'> & { customerId: number; productId: number; slotId: number }
  >`
    select id, customer_id as "customerId", product_id as "productId", slot_id as "slotId", frequency, starts_on as "startsOn", ends_on as "endsOn"
    from subscription
    where customer_id = any(${`{${[...names.keys()].join()}}`}::bigint[])
    order by starts_on, id`.execute(tx);
  return rows.map((row) => ({
    ...row,
    customerNumber: names.get(row.customerId)!,
    productName: nameOf.get(row.productId)!,
    tourId: tourOf.get(row.slotId)!,
  }));
}

async function loadDeliveries(tx: Tx, year: number): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select d.tour_id as "tourId", d.week, d.usual_date as "usualDate", d.date, d.closed,
      t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday"
    from delivery d join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
    where d.year = ${year}`.execute(tx);
  return rows;
}

/** The one request that takes the basket of a week away. Others (doubled, moved, by hand) stand beside it. */
async function loadRequests(tx: Tx, year: number): Promise<Stored[]> {
  return tx
    .selectFrom('request')
    .select(['id', 'subscription_id as subscriptionId', 'week', 'kind', 'to_year as toYear', 'to_week as toWeek'])
    .where('year', '=', year)
    .where('kind', 'in', ['cancel', 'postpone', 'gift'])
    .where('withdrawn_at', 'is', null)
    .execute();
}
