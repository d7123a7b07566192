import { describe, expect, test } from 'vitest';
import { ensurePlans, plan, planChoices, plans, plansOnOffer, sideLoads } from '../../src/domains/plans/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { countingQueries } from '../queries.ts';
import { sow } from './customers.garden.ts';
import { smallGarden } from './logistics.garden.ts';
import { eggs, garden, make, places, season, subscribe, today, usePlans } from './plans.garden.ts';

usePlans();

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

describe('the list', () => {
  test('a fixed number of queries, whatever the number of plans', async () => {
    const queries = async (work: () => Promise<unknown>) => (await countingQueries(work)).queries.length;
    expect(await queries(() => plans(garden.marie, today))).toBe(1);
    expect(await queries(() => planChoices(garden.marie))).toBe(1);
    expect(await queries(() => plan(garden.marie, 1, today))).toBeLessThanOrEqual(2);
    expect(await queries(() => inGarden(garden.marie, (tx) => plansOnOffer(tx, today)))).toBe(1);
  });

  test('the list is searched, filtered and sorted', async () => {
    await make('Annuel', { seasonId: String(season) });
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
});
