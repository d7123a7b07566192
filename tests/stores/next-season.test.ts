import { afterAll, beforeAll, expect, test } from 'vitest';
import { copySeason, planBaskets, type SeasonCopyForm, seasonToCopy, undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, sowCustomer, sowSubscription, today } from './places.garden.ts';

const database = useDatabase();
let garden: TestGarden;
let places: Places;
let from: number;
const plans: Record<string, number> = {};

beforeAll(async () => {
  garden = await plantGarden(database.ownerUrl());
  places = await plantPlaces(garden);
  from = await sow(garden, 'season', { name: 'Saison 2025', starts_on: '2025-01-01', ends_on: '2025-12-31' });
  const plan = async (name: string, more: Record<string, unknown>, prices: [string, number][]) => {
    plans[name] = await sow(garden, 'plan', { name, product_id: places.simple, ...more });
    for (const [starts_on, price_cents] of prices) await sow(garden, 'plan_price', { plan_id: plans[name], starts_on, price_cents });
  };
  const flexibility = JSON.stringify({ allowed: ['cancel'], remedy: 'credit', limits: [] });
  await plan('Hebdo', { season_id: from, flexibility, weeks: '{18,19}', deposit_cents: 1500, tacit_renewal: true }, [
    ['2025-01-01', 1350],
    ['2025-09-01', 1380],
  ]);
  await plan('Ancienne', { season_id: from, archived_at: '2025-06-01' }, [['2025-01-01', 1000]]);
  await plan('Toute l’année', {}, [['2000-01-01', 1480]]);
  await plan('Prix connu', {}, [
    ['2000-01-01', 900],
    ['2026-01-01', 950],
  ]);
  // Week 52 is a closing week; week 51 only on Wednesdays.
  for (const map of [places.wednesdays, places.thursdays])
    await garden.owner.query('update delivery set closed = true where id = $1', [map.get(52)]);
  await garden.owner.query('update delivery set closed = true where id = $1', [places.wednesdays.get(51)]);
});
afterAll(() => garden.owner.end());

const form = (more: Partial<SeasonCopyForm> = {}): SeasonCopyForm => ({
  ...{ name: 'Saison 2026', startsOn: '2026-01-01', endsOn: '2026-12-31', closed: [{ year: 2026, week: 52 }] },
  ...{ planIds: Object.values(plans), raise: { basisPoints: 250, step: 5 as const }, ...more },
});
const copy = (mode: 'preview' | 'apply', more: Partial<SeasonCopyForm> = {}) => copySeason(garden.marie, from, form(more), { today, mode });
const rows = async (query: string) => (await garden.owner.query(query)).rows;

test('what is proposed: the period that follows, the same closing weeks, plans in use with their last price', async () => {
  const { result, queries } = await countingQueries(() => seasonToCopy(garden.marie, from, today));
  expect(queries).toHaveLength(3);
  expect(result).toMatchObject({
    next: { name: 'Saison 2026', startsOn: '2026-01-01', endsOn: '2026-12-31' },
    closings: [{ year: 2026, week: 52, monday: '2026-12-21' }],
  });
  expect(result!.plans.map(({ name, copied, was }) => [name, copied, was])).toEqual([
    ['Hebdo', true, 1380],
    ['Prix connu', false, 900],
    ['Simple à la semaine', false, null],
    ['Toute l’année', false, 1480],
  ]);
  expect(await seasonToCopy(garden.marie, 99_999, today)).toBeNull();
  expect(() => seasonToCopy(garden.with('logistics:read'), from, today)).toThrow(AccessDenied);
});

test('told, done, and taken back to the last row', async () => {
  const state = () =>
    rows(`select (select json_agg(d order by id) from (select id, closed, date from delivery) d) as deliveries,
      (select json_agg(p order by p.id) from plan p) as plans, (select json_agg(r order by r.id) from plan_price r) as prices, (select count(*) from season) as seasons`);
  const before = await state();
  const told = await copy('preview');
  expect(told).toMatchObject({ ok: true, value: { deliveries: 106, closes: 2, keptOpen: [], baskets: { added: 0 } } });
  expect(await state()).toEqual(before);

  const done = await copy('apply');
  if (!done.ok || !done.value) throw new Error('refused');
  const made =
    await rows(`select p.name, p.product_id::int, p.weeks, p.deposit_cents::int as deposit, p.tacit_renewal, p.flexibility, r.price_cents::int as price
    from plan p join season n on n.garden_id = p.garden_id and n.id = p.season_id and n.name = 'Saison 2026'
    join plan_price r on r.garden_id = p.garden_id and r.plan_id = p.id`);
  expect(made).toEqual([
    {
      ...{ name: 'Hebdo', product_id: places.simple, weeks: [18, 19], deposit: 1500, tacit_renewal: true, price: 1415 },
      flexibility: { allowed: ['cancel'], remedy: 'credit', limits: [] },
    },
  ]);
  // Offered all year: a new price from the first day of the season, unless one was announced.
  expect(
    await rows(`select p.name, r.starts_on::text as "from", r.price_cents::int as price from plan_price r join plan p on p.garden_id = r.garden_id and p.id = r.plan_id
      where r.starts_on >= '2026-01-01' order by 1`),
  ).toEqual([
    { name: 'Prix connu', from: '2026-01-01', price: 950 },
    { name: 'Toute l’année', from: '2026-01-01', price: 1515 },
  ]);
  expect(await rows('select count(*)::int as closed, min(week) as week from delivery where closed and year = 2026')).toEqual([
    { closed: 2, week: 52 },
  ]);

  expect(await copy('apply')).toEqual({ ok: true, value: null });
  expect(await copy('apply', { endsOn: '2026-11-30' })).toMatchObject({ ok: false, fields: { name: expect.stringContaining('déjà') } });
  expect(await undoBatch(garden.marie, done.value.batchId, today)).toEqual({
    ok: true,
    value: { kind: 'season', name: 'Nouvelle saison « Saison 2026 »' },
  });
  expect(await state()).toEqual(before);
});

test('a week that holds baskets already stays open, and is told', async () => {
  await sowSubscription(garden, places, await sowCustomer(garden, 'Longue'), places.openSlot, { ends_on: '2026-12-31' });
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));
  // The calendar of 2026 is opened with a first season; its baskets are there when another one is made.
  const first = await copy('apply', { name: 'Ouverture', closed: [], planIds: [] });
  expect(first).toMatchObject({ ok: true, value: { baskets: { added: 53 } } });
  const told = await copy('preview', { planIds: [] });
  expect(told).toMatchObject({ ok: true, value: { deliveries: 0, closes: 1, keptOpen: ['semaine 52 (ME1)'] } });
});

test('plans are copied by those who may change them', async () => {
  const only = garden.with('logistics:change', 'subscriptions:read');
  await expect(copySeason(only, from, form(), { today, mode: 'preview' })).rejects.toThrow(AccessDenied);
  expect(await copySeason(only, from, form({ planIds: [] }), { today, mode: 'preview' })).toMatchObject({ ok: true });
  expect(await copy('preview', { endsOn: '2025-06-01' })).toMatchObject({
    ok: false,
    fields: { endsOn: 'Une saison finit après son début.' },
  });
});
