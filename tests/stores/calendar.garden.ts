import { afterEach, beforeEach } from 'vitest';
import { changeDeliveries, type DeliveryChange, openSeason } from '../../src/domains/preparation/index.server.ts';
import { type Fate, planBaskets } from '../../src/domains/subscriptions/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

/** The day of these tests: Monday of week 10. */
export const today = '2026-03-02';

/** A new garden for each test, with the deliveries of 2026. */
export let garden: TestGarden;
export let places: Awaited<ReturnType<typeof sowLogistics>>;
let planted = 0;

export function useCalendar(): void {
  const database = useDatabase();
  beforeEach(async () => {
    garden = await plantGarden(database.ownerUrl(), `calendrier-${++planted}`);
    places = await sowLogistics(garden);
    await openSeason(garden.marie, 2026, today);
  });
  afterEach(() => garden.owner.end());
}

type Said = { slot_id?: number; frequency?: string; quantity?: number; basket_count?: number; starts_on?: string; ends_on?: string };
let number = 1000;
export async function subscribe(said: Said = {}): Promise<number> {
  const customer = await sow(garden, 'customer', { number: String(++number), last_name: `Client ${number}`, first_name: 'Ada' });
  return sow(garden, 'subscription', {
    customer_id: customer,
    product_id: places.simple,
    slot_id: places.schoolSlot,
    frequency: 'weekly',
    quantity: 1,
    price_cents: 1380,
    starts_on: '2026-01-01',
    ends_on: '2026-12-31',
    ...said,
  });
}
export const ask = (subscription: number, kind: string, week: number, more: Record<string, unknown> = {}) =>
  sow(garden, 'request', { subscription_id: subscription, kind, year: 2026, week, ...more });

/** Plans the whole garden, as any command would. */
export const plan = () => inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));

export const rows = async <R>(text: string, values: unknown[] = []): Promise<R[]> => (await garden.owner.query(text, values)).rows as R[];
export const deliveryOf = async (
  week: number,
  tour = places.thursday,
): Promise<{ id: number; version: number; date: string; closed: boolean }> => {
  const [found] = await rows<{ id: string; version: number; date: string; closed: boolean }>(
    'select id, version, date::text, closed from delivery where year = 2026 and week = $1 and tour_id = $2',
    [week, tour],
  );
  return { ...found!, id: Number(found!.id) };
};
export const basketsOf = async (subscription: number): Promise<Record<number, number>> =>
  Object.fromEntries(
    (
      await rows<{ week: number; quantity: number }>(
        'select l.week, b.quantity from basket b join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id where b.subscription_id = $1',
        [subscription],
      )
    ).map(({ week, quantity }) => [week, quantity]),
  );
export const requestsOf = (subscription: number) =>
  rows(
    `select kind, week, to_week, quantity, remedy, source from request where subscription_id = $1 and withdrawn_at is null order by week, kind`,
    [subscription],
  );

export async function closing(week: number, fate: Fate | null, tour = places.thursday): Promise<DeliveryChange> {
  const { id, version } = await deliveryOf(week, tour);
  return { id, version, closed: true, fate };
}
export const apply = (changes: DeliveryChange[], on = today) =>
  changeDeliveries(garden.marie, changes, { name: 'Essai', today: on, mode: 'apply' });
export async function applied(changes: DeliveryChange[]): Promise<number> {
  const done = await apply(changes);
  if (!done.ok) throw new Error(done.reason);
  return done.value!.batchId;
}
