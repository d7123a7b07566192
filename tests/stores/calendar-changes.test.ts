import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seasons } from '../../src/domains/logistics/index.server.ts';
import {
  changeDeliveries,
  changingDelivery,
  type DeliveryChange,
  holidaysToCome,
  openSeason,
  planClosings,
  planHolidays,
  saveSeason,
  undecidedHolidays,
} from '../../src/domains/preparation/index.server.ts';
import type { ClosingsForm } from '../../src/domains/preparation/schema.ts';
import { type Fate, planBaskets, undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

const today = '2026-03-02'; // Monday of week 10
const database = useDatabase();

let garden: TestGarden;
let places: Awaited<ReturnType<typeof sowLogistics>>;
let planted = 0;

beforeEach(async () => {
  garden = await plantGarden(database.ownerUrl(), `calendrier-${++planted}`);
  places = await sowLogistics(garden);
  await openSeason(garden.marie, 2026, today);
});
afterEach(() => garden.owner.end());

type Said = { slot_id?: number; frequency?: string; quantity?: number; basket_count?: number; starts_on?: string; ends_on?: string };
let number = 1000;
async function subscribe(said: Said = {}): Promise<number> {
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
const ask = (subscription: number, kind: string, week: number, more: Record<string, unknown> = {}) =>
  sow(garden, 'request', { subscription_id: subscription, kind, year: 2026, week, ...more });

/** Plans the whole garden, as any command would. */
const plan = () => inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));

const rows = async <R>(text: string, values: unknown[] = []): Promise<R[]> => (await garden.owner.query(text, values)).rows as R[];
const deliveryOf = async (
  week: number,
  tour = places.thursday,
): Promise<{ id: number; version: number; date: string; closed: boolean }> => {
  const [found] = await rows<{ id: string; version: number; date: string; closed: boolean }>(
    'select id, version, date::text, closed from delivery where year = 2026 and week = $1 and tour_id = $2',
    [week, tour],
  );
  return { ...found!, id: Number(found!.id) };
};
const basketsOf = async (subscription: number): Promise<Record<number, number>> =>
  Object.fromEntries(
    (
      await rows<{ week: number; quantity: number }>(
        'select l.week, b.quantity from basket b join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id where b.subscription_id = $1',
        [subscription],
      )
    ).map(({ week, quantity }) => [week, quantity]),
  );
const requestsOf = (subscription: number) =>
  rows(
    `select kind, week, to_week, quantity, remedy, source from request where subscription_id = $1 and withdrawn_at is null order by week, kind`,
    [subscription],
  );

async function closing(week: number, fate: Fate | null, tour = places.thursday): Promise<DeliveryChange> {
  const { id, version } = await deliveryOf(week, tour);
  return { id, version, closed: true, fate };
}
const apply = (changes: DeliveryChange[], on = today) =>
  changeDeliveries(garden.marie, changes, { name: 'Essai', today: on, mode: 'apply' });
async function applied(changes: DeliveryChange[]): Promise<number> {
  const done = await apply(changes);
  if (!done.ok) throw new Error(done.reason);
  return done.value!.batchId;
}

describe('closing', () => {
  test('the baskets of the week are received in another, with their quantity, and the week stays closed', async () => {
    const [one, two] = [await subscribe({ quantity: 2 }), await subscribe({ frequency: 'even_weeks' })];
    await plan();
    const before = [await basketsOf(one), await basketsOf(two)];
    await applied([await closing(15, { year: 2026, week: 16 })]);
    expect(await requestsOf(one)).toEqual([{ kind: 'postpone', week: 15, to_week: 16, quantity: 2, remedy: null, source: 'garden' }]);
    expect(await requestsOf(two)).toEqual([]);
    const { 15: _, ...others } = before[0]!;
    expect(await basketsOf(one)).toEqual({ ...others, 16: 4 });
    expect(await basketsOf(two)).toEqual(before[1]);
    expect((await deliveryOf(15)).closed).toBe(true);
  });

  test.each([
    ['credit', 'credit'],
    ['make_up', 'make_up'],
  ] as const)('owed: %s; whoever had cancelled is left alone', async (fate, remedy) => {
    const [one, away] = [await subscribe(), await subscribe()];
    await ask(away, 'cancel', 15);
    await plan();
    await applied([await closing(15, fate)]);
    expect(await requestsOf(one)).toEqual([{ kind: 'cancel', week: 15, to_week: null, quantity: 1, remedy, source: 'garden' }]);
    expect(await requestsOf(away)).toEqual([{ kind: 'cancel', week: 15, to_week: null, quantity: null, remedy: null, source: 'staff' }]);
    expect((await basketsOf(one))[15]).toBeUndefined();
  });

  test('simply not delivered: nothing is stored', async () => {
    const one = await subscribe();
    await plan();
    await applied([await closing(15, null)]);
    expect(await requestsOf(one)).toEqual([]);
    expect((await basketsOf(one))[15]).toBeUndefined();
  });

  test('a preview tells who is concerned and keeps nothing', async () => {
    const one = await subscribe();
    await plan();
    const before = await basketsOf(one);
    const seen = await changeDeliveries(garden.marie, [await closing(15, { year: 2026, week: 16 })], {
      name: 'Essai',
      today,
      mode: 'preview',
    });
    expect(seen).toMatchObject({
      ok: true,
      value: { baskets: { removed: 1, changed: 1 }, customers: [{ lines: [{}, {}] }], problems: [] },
    });
    expect(await basketsOf(one)).toEqual(before);
    expect(await requestsOf(one)).toEqual([]);
    expect((await deliveryOf(15)).closed).toBe(false);
    expect(await rows(`select 1 from batch where kind = 'calendar'`)).toEqual([]);
  });

  test('sent twice it acts once; undone, everything stands as before', async () => {
    const one = await subscribe();
    await ask(one, 'double', 15, { quantity: 1 });
    await plan();
    const before = await basketsOf(one);
    expect(before[15]).toBe(2);
    const changes = [await closing(15, { year: 2026, week: 16 }), await closing(17, 'credit')];
    const batch = await applied(changes);
    expect((await basketsOf(one))[16]).toBe(3);
    expect(await apply(changes)).toEqual({ ok: true, value: null });
    expect(await rows(`select 1 from batch where kind = 'calendar'`)).toHaveLength(1);
    expect(await undoBatch(garden.marie, batch, today)).toMatchObject({ ok: true });
    expect(await basketsOf(one)).toEqual(before);
    expect(await requestsOf(one)).toMatchObject([{ kind: 'double', week: 15 }]);
    expect((await deliveryOf(15)).closed).toBe(false);
  });

  test('undone, a basket that had been put off to the closed week is there again', async () => {
    const one = await subscribe();
    await ask(one, 'postpone', 13, { to_year: 2026, to_week: 15, quantity: 1 });
    await plan();
    const before = await basketsOf(one);
    const batch = await applied([await closing(15, { year: 2026, week: 16 })]);
    expect(await requestsOf(one)).toMatchObject([
      { kind: 'postpone', week: 13, to_week: 16, source: 'garden' },
      { kind: 'postpone', week: 15, to_week: 16, source: 'garden' },
    ]);
    expect((await basketsOf(one))[16]).toBe(3);
    expect(await undoBatch(garden.marie, batch, today)).toMatchObject({ ok: true });
    expect(await requestsOf(one)).toEqual([{ kind: 'postpone', week: 13, to_week: 15, quantity: 1, remedy: null, source: 'staff' }]);
    expect(await basketsOf(one)).toEqual(before);
  });

  test('opened again, what the garden had asked is withdrawn, and nothing else', async () => {
    const [one, away] = [await subscribe(), await subscribe()];
    await ask(away, 'cancel', 15);
    await plan();
    const before = await basketsOf(one);
    await applied([await closing(15, { year: 2026, week: 16 }), await closing(15, 'credit', places.wednesday)]);
    const shut = await deliveryOf(15);
    await applied([{ id: shut.id, version: shut.version, closed: false, fate: null }]);
    expect(await basketsOf(one)).toEqual(before);
    expect(await requestsOf(one)).toEqual([]);
    expect(await requestsOf(away)).toMatchObject([{ kind: 'cancel', source: 'staff' }]);
  });

  test('opened again after its baskets were received earlier: they are not given twice', async () => {
    const one = await subscribe();
    await plan();
    await applied([await closing(15, { year: 2026, week: 11 })]);
    const shut = await deliveryOf(15);
    const later = '2026-03-16';
    expect((await apply([{ id: shut.id, version: shut.version, closed: false, fate: null }], later)).ok).toBe(true);
    expect((await basketsOf(one))[11]).toBe(2);
    expect((await basketsOf(one))[15]).toBeUndefined();
  });

  test('a week that takes no basket is refused, and says why', async () => {
    await plan();
    const asked = async (week: number, to: number) => apply([await closing(week, { year: 2026, week: to })]);
    expect(await asked(15, 15)).toMatchObject({ ok: false, reason: expect.stringMatching(/celle que vous fermez/) });
    expect(await asked(15, 9)).toMatchObject({ ok: false, reason: expect.stringMatching(/passée ou déjà préparée/) });
    expect(await apply([await closing(15, { year: 2026, week: 16 }), await closing(16, null)])).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/semaine 16 : elle est fermée/),
    });
    expect(await apply([await closing(15, { year: 2027, week: 2 })])).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/pas encore dans le calendrier/),
    });
  });

  test('a change of tour counts: whoever is on another tour that week is not concerned', async () => {
    const one = await subscribe();
    await sow(garden, 'subscription_change', {
      subscription_id: one,
      ...{
        from_year: 2026,
        from_week: 12,
        product_id: places.simple,
        slot_id: places.stationSlot,
        frequency: 'weekly',
        quantity: 1,
        price_cents: 1,
      },
    });
    await plan();
    await applied([await closing(15, 'credit')]);
    expect(await requestsOf(one)).toEqual([]);
    await applied([await closing(15, 'credit', places.wednesday)]);
    expect(await requestsOf(one)).toHaveLength(1);
  });
});

describe('moving', () => {
  test('baskets keep their delivery; two tours of one week may move differently', async () => {
    const one = await subscribe();
    await plan();
    const before = await basketsOf(one);
    const [thursday, wednesday] = [await deliveryOf(20), await deliveryOf(20, places.wednesday)];
    await applied([
      { id: thursday.id, version: thursday.version, date: '2026-05-15', holiday: 'Ascension', fate: null },
      { id: wednesday.id, version: wednesday.version, holiday: 'Ascension', fate: null },
    ]);
    expect((await deliveryOf(20)).date).toBe('2026-05-15');
    expect((await deliveryOf(20, places.wednesday)).date).toBe('2026-05-13');
    expect(await basketsOf(one)).toEqual(before);
  });

  test('never to another week, nor once it is frozen', async () => {
    const { id, version } = await deliveryOf(20);
    expect(await apply([{ id, version, date: '2026-05-18', fate: null }])).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/reste dans sa semaine/),
    });
    expect(await apply([{ id, version, date: '2026-05-15', fate: null }], '2026-05-13')).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/figée/),
    });
    expect((await deliveryOf(20)).date).toBe('2026-05-14');
  });

  test('past or frozen, it is shown with the reason why nothing changes it', async () => {
    const { id } = await deliveryOf(9);
    const past = await changingDelivery(garden.marie, id, today);
    expect(past).toMatchObject({ refusal: expect.stringMatching(/est passée/), days: [] });
    expect(await changingDelivery(garden.marie, 999_999, today)).toBeNull();
  });

  test('two people at once: the second is told, and nothing of what she asked is done', async () => {
    const [first, second] = [await deliveryOf(20), await deliveryOf(21)];
    await applied([{ id: first.id, version: first.version, date: '2026-05-15', fate: null }]);
    const late = await apply([
      { id: second.id, version: second.version, closed: true, fate: null },
      { id: first.id, version: first.version, date: '2026-05-13', fate: null },
    ]);
    expect(late).toMatchObject({ ok: false, reason: expect.stringMatching(/Quelqu’un d’autre vient de changer/) });
    expect((await deliveryOf(21)).closed).toBe(false);
  });

  test('it takes the right to change the calendar', async () => {
    await expect(changeDeliveries(garden.with('logistics:read'), [], { name: 'x', today, mode: 'preview' })).rejects.toThrow();
  });
});

describe('seasons', () => {
  const of = (startsOn: string, endsOn: string, name = 'Avril 2026 – mars 2027') => ({ name, startsOn, endsOn });

  test('making one opens the deliveries of its years, with the baskets that run into them; sent twice it is one', async () => {
    const one = await subscribe({ ends_on: '2027-02-28' });
    await plan();
    const season = of('2026-04-01', '2027-03-31');
    const told = await saveSeason(garden.marie, null, season, today, 'preview');
    expect(await seasons(garden.marie)).toEqual([]);
    const made = await saveSeason(garden.marie, null, season, today);
    expect(made).toMatchObject({ ok: true, value: { deliveries: 2 * 52, baskets: 8, customers: 1 } });
    expect(told.ok && { ...told.value, id: 0 }).toEqual(made.ok && { ...made.value, id: 0 });
    expect(await saveSeason(garden.marie, null, season, today)).toEqual({
      ok: true,
      value: { ...(made.ok && made.value), deliveries: 0, baskets: 0, customers: 0 },
    });
    const [baskets] = await rows<{ count: number }>(
      `select count(*)::int from basket b join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id where l.year = 2027 and b.subscription_id = $1`,
      [one],
    );
    expect(baskets!.count).toBe(8);
    expect((await seasons(garden.marie)).map(({ name, plans }) => [name, plans])).toEqual([['Avril 2026 – mars 2027', 0]]);
    const batches = await rows<{ id: string }>(`select id from batch where kind = 'season' and name like 'Nouvelle saison%'`);
    expect(batches).toHaveLength(1);
    expect(await undoBatch(garden.marie, Number(batches[0]!.id), today)).toMatchObject({ ok: true });
    expect(await rows('select 1 from delivery where year = 2027')).toEqual([]);
    expect(await seasons(garden.marie)).toEqual([]);
  });

  test('two may overlap, never with one name; changed by somebody else, it is told field by field', async () => {
    const first = await saveSeason(garden.marie, null, of('2026-01-01', '2026-12-31', 'Saison 2026'), today);
    expect(await saveSeason(garden.marie, null, of('2026-04-01', '2026-10-31', 'Saison 2026'), today)).toMatchObject({
      ok: false,
      fields: { name: expect.any(String) },
    });
    expect(await saveSeason(garden.marie, null, of('2026-04-01', '2026-10-31', 'Été'), today)).toMatchObject({ ok: true });
    const id = first.ok ? first.value.id : 0;
    expect(await saveSeason(garden.marie, id, { version: 1, ...of('2026-01-05', '2026-12-31', 'Saison 2026') }, today)).toMatchObject({
      ok: true,
    });
    expect(await saveSeason(garden.paul, id, { version: 1, ...of('2026-01-01', '2026-12-31', 'Saison 26') }, today)).toMatchObject({
      ok: false,
      fields: { name: expect.stringContaining('Saison 2026'), startsOn: expect.stringContaining('05/01/2026') },
    });
    expect(await saveSeason(garden.marie, null, of('2026-12-01', '2026-01-01', 'À l’envers'), today)).toMatchObject({
      ok: false,
      fields: { endsOn: expect.any(String) },
    });
  });
});

describe('bank holidays', () => {
  test('what is undecided is asked once: decided, it leaves the list and keeps the holiday’s name', async () => {
    const one = await subscribe();
    await plan();
    const ask20 = async () =>
      (await holidaysToCome(garden.marie, '2026-05-17', today)).asked.filter(({ delivery }) => delivery.week === 20);
    // Ascension is on Thursday 14 May: the Thursday tour is delivered that day; nothing for the Wednesday tour.
    const [question] = await ask20();
    expect(question).toMatchObject({ holiday: { name: 'Ascension' }, falls: 'delivery', proposed: '2026-05-13', baskets: 1 });
    expect((await undecidedHolidays(garden.marie, '2026-05-17', today)).map(({ delivery }) => delivery.week)).toContain(20);
    const { id, version } = question!.delivery;
    const decide = (choice: string, fate = '') => planHolidays(garden.marie, [{ id, version, choice, fate }], today);
    expect(await decide('later')).toMatchObject({ ok: false });
    expect(await decide('closed')).toMatchObject({ ok: false, fields: { [`fate-${id}`]: expect.any(String) } });
    const planned = await decide('closed', 'make_up');
    if (!planned.ok) throw new Error(planned.reason);
    await applied(planned.value.changes);
    expect(await ask20()).toEqual([]);
    expect(await rows('select closed, holiday, note from delivery where id = $1', [id])).toEqual([
      { closed: true, holiday: 'Ascension', note: 'Ascension' },
    ]);
    expect(await requestsOf(one)).toMatchObject([{ kind: 'cancel', remedy: 'make_up' }]);
    expect(await apply(planned.value.changes)).toEqual({ ok: true, value: null });
  });
});

describe('ticked weeks', () => {
  const form = (more: Partial<ClosingsForm>): ClosingsForm => ({ year: 2026, tour: '', shown: '', weeks: [], seen: '', ...more });

  test('every tour of the week, each basket in the nearest open week; or one tour alone', async () => {
    await subscribe();
    await plan();
    expect(await planClosings(garden.marie, form({ weeks: [15] }), today)).toMatchObject({
      ok: false,
      fields: { fate: expect.any(String) },
    });
    const all = await planClosings(garden.marie, form({ weeks: [15, 16], fate: 'move' }), today);
    expect(all).toMatchObject({
      ok: true,
      value: { name: 'Fermeture des semaines 15 et 16 (2026)', weeks: [{ fate: '2026-14' }, { fate: '2026-17' }] },
    });
    expect(all.ok && all.value?.changes).toHaveLength(4);
    const one = await planClosings(garden.marie, form({ tour: String(places.wednesday), weeks: [15] }), today);
    expect(one).toMatchObject({
      ok: true,
      value: { name: 'ME1 : fermeture de la semaine 15 (2026)', changes: [{ closed: true, fate: null }] },
    });
    expect(await planClosings(garden.marie, form({ shown: '15', weeks: [15] }), today)).toEqual({ ok: true, value: null });
  });
});
