import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addPrice,
  archivePlan,
  changePlan,
  createPlan,
  ensurePlans,
  plan,
  planById,
  planChoices,
  planForSubscription,
  planHistory,
  plans,
  plansOnOffer,
  removePrice,
  restorePlan,
  setPlanWeeks,
  sideLoads,
} from '../../src/domains/plans/index.server.ts';
import { always } from '../../src/domains/plans/rules/price.ts';
import { newPlanForm, type PlanValues, planIn } from '../../src/domains/plans/schema.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';
import { smallGarden } from './logistics.garden.ts';

const today = '2025-10-20';
const database = useDatabase();
let garden: TestGarden;
let places: Awaited<ReturnType<typeof sowLogistics>>;
let eggs: number;
let customer: number;
let season: number;
beforeAll(async () => {
  garden = await plantGarden(database.ownerUrl());
  places = await sowLogistics(garden);
  eggs = await sow(garden, 'product', { name: 'Œufs', price_cents: 240, kind: 'other' });
  customer = await sow(garden, 'customer', { number: '1', last_name: 'Lamy', category: 'Salarié' });
  season = await sow(garden, 'season', { name: 'Saison 2026', starts_on: '2026-01-01', ends_on: '2026-12-31' });
});
afterAll(() => garden.owner.end());

/** A form filled with as little as one can. */
const typed = (more: Record<string, unknown> = {}) =>
  newPlanForm.parse({
    name: 'Simple',
    productId: places.simple,
    seasonId: '',
    frequencies: ['weekly'],
    priceCents: '13,80',
    allowed: ['cancel'],
    ...more,
  });
const values = (more: Record<string, unknown> = {}): PlanValues => planIn(typed(more));

async function make(name: string, more: Record<string, unknown> = {}, priceCents = 1380): Promise<number> {
  const done = await createPlan(garden.marie, values({ name, ...more }), priceCents);
  if (!done.ok) throw new Error(done.reason);
  return done.value.id;
}

const subscribe = (planId: number, more: Record<string, unknown> = {}) =>
  sow(garden, 'subscription', {
    customer_id: customer,
    plan_id: planId,
    product_id: places.simple,
    slot_id: places.stationSlot,
    frequency: 'weekly',
    quantity: 1,
    price_cents: 1380,
    starts_on: '2025-01-01',
    ends_on: '2025-12-31',
    ...more,
  });

describe('the form', () => {
  test('reads what people type', () => {
    const form = typed({
      basketCounts: '24, 12',
      weeks: '18 à 20',
      depositCents: '15 €',
      maxQuantity: '3',
      cutoffHours: '72',
      limit1From: '1/7',
      limit1Until: '31/08',
      limit1Max: '3',
      membershipRequired: 'on',
      paymentMethods: ['cheque'],
    });
    expect(planIn(form)).toMatchObject({
      basketCounts: [12, 24],
      weeks: [18, 19, 20],
      depositCents: 1500,
      containerFeeCents: 0,
      minQuantity: 1,
      maxQuantity: 3,
      membershipRequired: true,
      tacitRenewal: false,
      seasonId: null,
      noticeDays: 30,
      flexibility: {
        allowed: ['cancel'],
        cutoffHours: 72,
        limits: [{ from: '07-01', until: '08-31', kinds: ['cancel', 'postpone'], max: 3 }],
      },
    });
    expect(Object.keys(planIn(form)).filter((key) => /^limit|version|priceCents/.test(key))).toEqual([]);
  });

  test('says what is wrong, field by field', () => {
    const wrong = newPlanForm.safeParse({
      ...{ name: ' ', productId: '', frequencies: [], priceCents: '', weeks: 'été', basketCounts: 'douze', noticeDays: 'x' },
      ...{ limit1From: '31/02', limit2From: '01/07' },
    });
    const fields = wrong.error?.issues.map((issue) => issue.path[0]) ?? [];
    expect(fields).toEqual(
      expect.arrayContaining(['name', 'productId', 'frequencies', 'priceCents', 'weeks', 'basketCounts', 'noticeDays', 'limit1From']),
    );
    const limits = newPlanForm.safeParse({
      ...typed(),
      priceCents: '1',
      depositCents: '',
      containerFeeCents: '',
      trialBaskets: '',
      basketCounts: '',
      weeks: '',
      billingCount: '',
      noticeDays: '1',
      cutoffHours: '',
      postponeWeeks: '',
      minQuantity: '4',
      maxQuantity: '2',
      position: '1',
      limit1Max: '',
      limit2From: '01/07',
      limit2Until: '',
      limit2Max: '',
      limit3Max: '',
    });
    expect(limits.error?.issues.map((issue) => issue.path[0])).toEqual(expect.arrayContaining(['limit2Until', 'limit2Max', 'maxQuantity']));
  });
});

describe('plans', () => {
  test('a plan is added once, with its price, and its name is its own within its season', async () => {
    const id = await make('Annuel', { weeks: '18 à 44', categories: ['Salarié'] });
    expect(await createPlan(garden.marie, values({ name: 'Annuel', weeks: '18 à 44', categories: ['Salarié'] }), 1380)).toEqual({
      ok: true,
      value: { id },
    });
    expect(await createPlan(garden.marie, values({ name: 'Annuel' }), 1380)).toMatchObject({
      ok: false,
      fields: { name: expect.stringContaining('Annuel') },
    });
    expect(await make('Annuel', { seasonId: String(season) })).not.toBe(id);
    expect(await plan(garden.marie, id, today)).toMatchObject({
      name: 'Annuel',
      productName: 'Simple',
      seasonName: null,
      categories: ['Salarié'],
      flexibility: { allowed: ['cancel'], remedy: 'none' },
      prices: [{ startsOn: always, priceCents: 1380 }],
      subscriptions: { running: 0, coming: 0, ended: 0 },
      signed: false,
    });
  });

  test('two people at once: the second is told what the first wrote', async () => {
    const id = await make('À deux');
    const { version } = (await plan(garden.marie, id, today))!;
    expect(await changePlan(garden.marie, id, version, values({ name: 'À deux', noticeDays: '15' }), today)).toEqual({
      ok: true,
      value: null,
    });
    // Sent twice, it acts once.
    expect(await changePlan(garden.marie, id, version, values({ name: 'À deux', noticeDays: '15' }), today)).toEqual({
      ok: true,
      value: null,
    });
    expect(
      await changePlan(garden.paul, id, version, values({ name: 'À deux', noticeDays: '60', allowed: ['cancel', 'gift'] }), today),
    ).toMatchObject({
      ok: false,
      reason: expect.stringContaining('modifiée'),
      fields: { noticeDays: expect.stringContaining('15 jours'), allowed: expect.stringContaining('annuler un panier') },
    });
    expect(await plan(garden.marie, id, today)).toMatchObject({ version: version + 1, noticeDays: 15 });
  });

  test('what was signed holds a plan to its product, and what runs to its weeks', async () => {
    const id = await make('Signée');
    const subscription = await subscribe(id);
    const stored = (await plan(garden.marie, id, today))!;
    expect(stored).toMatchObject({ subscriptions: { running: 1, coming: 0, ended: 0 }, signed: true });
    const change = (more: Record<string, unknown>) =>
      changePlan(garden.marie, id, stored.version, values({ name: 'Signée', ...more }), today);
    expect(await change({ productId: places.family })).toMatchObject({
      ok: false,
      fields: { productId: expect.stringContaining('Dupliquez') },
    });
    expect(await change({ weeks: '18 à 44' })).toMatchObject({
      ok: false,
      fields: { weeks: expect.stringContaining('Changer les semaines') },
    });
    expect(await inGarden(garden.marie, (tx) => setPlanWeeks(tx, id, stored.version, [18, 19]))).toBeNull();
    expect(await inGarden(garden.marie, (tx) => setPlanWeeks(tx, id, stored.version, [20]))).toMatchObject({ ok: false });
    expect((await plan(garden.marie, id, today))!.weeks).toEqual([18, 19]);
    expect(await archivePlan(garden.marie, id, today)).toMatchObject({ ok: false, reason: expect.stringContaining('31 décembre 2025') });
    // Once it is over, the plan may go; the product still stays.
    expect(await archivePlan(garden.marie, id, '2026-01-01')).toEqual({ ok: true, value: null });
    expect(await archivePlan(garden.marie, id, '2026-01-01')).toEqual({ ok: true, value: null });
    expect(await restorePlan(garden.marie, id)).toEqual({ ok: true, value: null });
    const { version } = (await plan(garden.marie, id, today))!;
    expect(
      await changePlan(garden.marie, id, version, values({ name: 'Signée', weeks: '18, 19', productId: places.family }), '2026-01-01'),
    ).toMatchObject({ ok: false });
    expect(await inGarden(garden.marie, (tx) => planForSubscription(tx, subscription, today))).toMatchObject({ id, priceCents: 1380 });
  });

  test('a plan that subscriptions will come to is not archived', async () => {
    const [from, to] = [await make('Avant'), await make('Après')];
    const subscription = await subscribe(from);
    await sow(garden, 'subscription_change', {
      ...{
        subscription_id: subscription,
        from_year: 2025,
        from_week: 48,
        plan_id: to,
        product_id: places.simple,
        slot_id: places.stationSlot,
      },
      ...{ frequency: 'weekly', quantity: 1, price_cents: 1380 },
    });
    expect(await archivePlan(garden.marie, to, today)).toMatchObject({ ok: false });
    expect((await plans(garden.marie, today, { search: 'apres' })).rows[0]).toMatchObject({ id: to, subscriptions: 0 });
    expect((await plans(garden.marie, '2025-11-24', { search: 'apres' })).rows[0]).toMatchObject({ id: to, subscriptions: 1 });
    expect(await inGarden(garden.marie, (tx) => planForSubscription(tx, subscription, '2025-11-24'))).toMatchObject({ id: to });
  });

  test('a plan that somebody waits for is not archived', async () => {
    const id = await make('Attendue');
    const entry = await sow(garden, 'waiting_entry', { customer_id: customer, plan_id: id, frequency: 'weekly', wished_from: today });
    expect(await archivePlan(garden.marie, id, today)).toMatchObject({ ok: false, reason: expect.stringContaining('Une personne attend') });
    await garden.owner.query(`update waiting_entry set state = 'withdrawn' where id = $1`, [entry]);
    expect(await archivePlan(garden.marie, id, today)).toEqual({ ok: true, value: null });
  });

  test('nothing is taken that is no longer there', async () => {
    const gone = await sow(garden, 'product', { name: 'Passé', price_cents: 1000, archived_at: '2025-01-01' });
    expect(await createPlan(garden.marie, values({ productId: gone }), 1000)).toMatchObject({
      ok: false,
      fields: { productId: expect.any(String) },
    });
    expect(await createPlan(garden.marie, values({ seasonId: '999999' }), 1000)).toMatchObject({
      ok: false,
      fields: { seasonId: expect.any(String) },
    });
    expect(await plan(garden.marie, 999_999, today)).toBeNull();
    expect(await changePlan(garden.marie, 999_999, 1, values(), today)).toMatchObject({ ok: false });
  });
});

describe('prices', () => {
  test('a price holds from its day on; one to come can be replaced or taken away, not one that has begun', async () => {
    const id = await make('À prix');
    expect(await addPrice(garden.marie, id, { startsOn: '2025-10-19', priceCents: 1400 }, today)).toMatchObject({
      ok: false,
      fields: { startsOn: expect.any(String) },
    });
    for (const priceCents of [1400, 1450])
      expect(await addPrice(garden.marie, id, { startsOn: '2026-01-01', priceCents }, today)).toMatchObject({ ok: true });
    const on = (day: string) => inGarden(garden.marie, (tx) => planById(tx, id, day));
    expect(await on('2025-12-31')).toMatchObject({ priceCents: 1380, nextPrice: { startsOn: '2026-01-01', priceCents: 1450 } });
    expect(await on('2026-01-01')).toMatchObject({ priceCents: 1450, nextPrice: null });
    expect((await plans(garden.marie, today, { search: 'prix' })).rows[0]).toMatchObject({
      priceCents: 1380,
      nextPriceCents: 1450,
      nextPriceOn: '2026-01-01',
    });
    const [first, next] = (await plan(garden.marie, id, today))!.prices;
    expect(await removePrice(garden.marie, id, first!.id, today)).toMatchObject({ ok: false });
    for (let twice = 0; twice < 2; twice++) expect(await removePrice(garden.marie, id, next!.id, today)).toEqual({ ok: true, value: null });
    expect((await plan(garden.marie, id, today))!.prices).toHaveLength(1);
    const history = await planHistory(garden.marie, id);
    expect(history!.entries.map((entry) => entry.what)).toEqual(
      expect.arrayContaining([
        'Formule : création',
        'Prix de la formule : création',
        'Prix de la formule : modification',
        'Prix de la formule : suppression',
      ]),
    );
    expect(JSON.stringify(history!.entries)).toContain('14,50');
  });
});

describe('on offer', () => {
  test('to whom and when: categories, seasons that are over, archived plans', async () => {
    const past = await sow(garden, 'season', { name: 'Saison 2024', starts_on: '2024-01-01', ends_on: '2024-12-31' });
    const [over, reserved, open] = [
      await make('Finie', { seasonId: String(past) }),
      await make('Réservée', { categories: ['Salarié'] }),
      await make('Ouverte'),
    ];
    const offered = async (customer?: { category: string }) =>
      (await inGarden(garden.marie, (tx) => plansOnOffer(tx, today, customer))).map(({ id }) => id);
    expect(await offered()).toEqual(expect.arrayContaining([reserved, open]));
    expect(await offered()).not.toContain(over);
    expect(await offered({ category: 'Particulier' })).not.toContain(reserved);
    expect(await offered({ category: 'salarie' })).toContain(reserved);
  });

  test('each basket that has no plan gets one, once; other products do not', async () => {
    await make('Des œufs', { productId: eggs });
    const before = await inGarden(garden.marie, (tx) => plansOnOffer(tx, today));
    expect(before.some((one) => one.productId === places.family)).toBe(false);
    expect(await inGarden(garden.marie, (tx) => ensurePlans(tx, garden.gardenId))).toBe(1);
    expect(await inGarden(garden.marie, (tx) => ensurePlans(tx, garden.gardenId))).toBe(0);
    const after = await inGarden(garden.marie, (tx) => plansOnOffer(tx, today));
    expect(after.find((one) => one.productId === places.family)).toMatchObject({
      name: 'Familial',
      priceCents: 2370,
      frequencies: ['weekly', 'fortnightly', 'monthly'],
    });
  });

  test('the loads of a tour, by frequency of what runs there', async () => {
    const id = await make('Pesée', { frequencies: ['fortnightly'] });
    const on = (frequency: string, quantity: number, slot = places.schoolSlot) => subscribe(id, { frequency, quantity, slot_id: slot });
    await on('even_weeks', 2);
    await on('odd_weeks', 1);
    await on('even_weeks', 3);
    await on('even_weeks', 9, places.stationSlot);
    const loads = (day: string) => inGarden(garden.marie, (tx) => sideLoads(tx, places.schoolSlot, day));
    expect(await loads(today)).toEqual({ even_weeks: 5, odd_weeks: 1 });
    expect(await loads('2026-01-01')).toEqual({});
  });
});

test('what files bring is sold under plans of the baskets’ names', async () => {
  const actor = await smallGarden('importe');
  const { rows } = await plans(actor, '2025-10-20');
  expect(rows.map(({ name, priceCents, subscriptions }) => [name, priceCents, subscriptions])).toEqual([
    ['Simple', 1380, 4],
    ['Familial', 2370, 2],
  ]);
  expect(await inGarden(actor, (tx) => tx.selectFrom('subscription').select('id').where('plan_id', 'is', null).execute())).toEqual([]);
});

describe('what it costs and who may', () => {
  test('a fixed number of queries, whatever the number of plans', async () => {
    const queries = async (work: () => Promise<unknown>) => (await countingQueries(work)).queries.length;
    expect(await queries(() => plans(garden.marie, today))).toBe(1);
    expect(await queries(() => planChoices(garden.marie))).toBe(1);
    expect(await queries(() => plan(garden.marie, 1, today))).toBeLessThanOrEqual(2);
    expect(await queries(() => inGarden(garden.marie, (tx) => plansOnOffer(tx, today)))).toBe(1);
  });

  test('the list is searched, filtered and sorted', async () => {
    const names = async (asked: Parameters<typeof plans>[2]) => (await plans(garden.marie, today, asked)).rows.map(({ name }) => name);
    expect(await names({ search: 'ŒUFS' })).toEqual(await names({ productId: eggs }));
    expect(await names({ seasonId: season })).toEqual(['Annuel']);
    expect(await names({ seasonId: null })).not.toContain('Finie');
    expect(await names({ frequency: 'fortnightly', productId: places.simple })).toEqual(['Pesée']);
    expect((await names({ sort: 'subscriptions', direction: 'desc' }))[0]).toBe('Pesée');
    expect(await names({ search: '%' })).toEqual([]);
    const { rows, total } = await plans(garden.marie, today, { limit: 2, offset: 1, sort: 'name' });
    expect([rows.length, total]).toEqual([2, (await plans(garden.marie, today)).total]);
  });

  test('each command asks for its right', () => {
    const reader = garden.with('catalogue:read');
    expect(() => plans(garden.with('customers:change'), today)).toThrow(AccessDenied);
    expect(() => plan(garden.with(), 1, today)).toThrow(AccessDenied);
    for (const refused of [
      () => createPlan(reader, values(), 1),
      () => changePlan(reader, 1, 1, values(), today),
      () => archivePlan(reader, 1, today),
      () => restorePlan(reader, 1),
      () => addPrice(reader, 1, { startsOn: today, priceCents: 1 }, today),
      () => removePrice(reader, 1, 1, today),
    ])
      expect(refused).toThrow(AccessDenied);
  });
});
