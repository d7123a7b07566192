import { describe, expect, test } from 'vitest';
import {
  addPrice,
  archivePlan,
  changePlan,
  createPlan,
  plan,
  planById,
  planForSubscription,
  planHistory,
  plans,
  removePrice,
  restorePlan,
  setPlanWeeks,
} from '../../src/domains/plans/index.server.ts';
import { always } from '../../src/domains/plans/rules/price.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { sow } from './customers.garden.ts';
import { customer, garden, make, places, season, subscribe, today, usePlans, values } from './plans.garden.ts';

usePlans();

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
