import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, readMigrations } from '../../src/platform/db/migrate.ts';
import { emptyDatabase } from '../database.ts';

/** A garden of an earlier version goes on: what it had is there, and has become what the new version makes of it. */

const database = emptyDatabase();
let owner: pg.Client;

beforeAll(async () => {
  const all = await readMigrations();
  await migrate(database.ownerUrl(), { migrations: all.filter(({ name }) => name < '0009') });
  owner = new pg.Client({ connectionString: database.ownerUrl() });
  await owner.connect();
});
afterAll(() => owner.end());

const rows = async (text: string) => (await owner.query(text)).rows;

test('the baskets of each garden become its plans, with their price; subscriptions, requests and baskets stay; ligatures are found', async () => {
  await owner.query("select set_config('app.network', 'yes', false)");
  for (const slug of ['un', 'deux']) {
    const [{ id: garden }] = await rows(`insert into garden (slug, name) values ('${slug}', '${slug}') returning id`);
    await owner.query(`select set_config('app.garden', '${garden}', false)`);
    const sow = async (table: string, values: Record<string, unknown>) => {
      const columns = Object.keys(values).join(', ');
      const places = Object.keys(values).map((_, index) => `$${index + 2}`);
      const text = `insert into ${table} (garden_id, ${columns}) values ($1, ${places}) returning id`;
      return Number((await owner.query(text, [garden, ...Object.values(values)])).rows[0].id);
    };
    const simple = await sow('product', { name: 'Simple', price_cents: 1380 });
    await sow('product', { name: 'Familial', price_cents: 2370, position: 1 });
    await sow('product', { name: 'Œufs', kind: 'other', price_cents: 300, position: 2 });
    const tour = await sow('tour', { code: 'ME1', name: 'Mercredi', preparation_weekday: 2, delivery_weekday: 3 });
    const depot = await sow('depot', { number: '1', name: 'Gare', password: 'secret' });
    const slot = await sow('slot', { tour_id: tour, depot_id: depot, stop_order: 1 });
    const customer = await sow('customer', { number: '1', last_name: 'Lœtitia' });
    const subscription = await sow('subscription', {
      ...{ customer_id: customer, product_id: simple, slot_id: slot, frequency: 'weekly', quantity: 1, price_cents: 1300 },
      ...{ starts_on: '2026-01-01', ends_on: '2026-12-31' },
    });
    const delivery = await sow('delivery', { tour_id: tour, year: 2026, week: 10, usual_date: '2026-03-04', date: '2026-03-04' });
    await sow('basket', {
      subscription_id: subscription,
      delivery_id: delivery,
      slot_id: slot,
      product_id: simple,
      quantity: 1,
      price_cents: 1300,
    });
    await sow('request', { subscription_id: subscription, kind: 'postpone', year: 2026, week: 12, to_year: 2026, to_week: 13 });
  }
  await owner.end();

  await migrate(database.ownerUrl());

  owner = new pg.Client({ connectionString: database.ownerUrl() });
  await owner.connect();
  for (const [garden] of [[1], [2]]) {
    await owner.query(`select set_config('app.garden', '${garden}', false)`);
    expect(
      await rows(`select p.garden_id, p.name, p.frequencies, c.price_cents, c.starts_on::text
        from plan p join plan_price c on c.garden_id = p.garden_id and c.plan_id = p.id order by p.position`),
    ).toEqual([
      {
        garden_id: garden,
        name: 'Simple',
        frequencies: ['weekly', 'fortnightly', 'monthly'],
        price_cents: 1380,
        starts_on: '2000-01-01',
      },
      {
        garden_id: garden,
        name: 'Familial',
        frequencies: ['weekly', 'fortnightly', 'monthly'],
        price_cents: 2370,
        starts_on: '2000-01-01',
      },
    ]);
    // What was signed stays as signed.
    expect(
      await rows('select p.name, s.price_cents, s.awaiting, s.basket_count from subscription s join plan p on p.id = s.plan_id'),
    ).toEqual([{ name: 'Simple', price_cents: 1300, awaiting: null, basket_count: null }]);
    expect(await rows('select kind, week, to_week, quantity, source from request')).toEqual([
      { kind: 'postpone', week: 12, to_week: 13, quantity: null, source: 'staff' },
    ]);
    expect(await rows('select count(*)::int as baskets from basket')).toEqual([{ baskets: 1 }]);
    expect(await rows('select password, access_code from depot')).toEqual([{ password: 'secret', access_code: '' }]);
    expect(await rows("select number from customer where search like 'loetitia%'")).toEqual([{ number: '1' }]);
    // The code of a door stays out of the trail.
    await owner.query("update depot set access_code = '1234A', name = 'La gare'");
    expect((await rows("select after from audit_entry where table_name = 'depot' order by id desc limit 1"))[0].after).toEqual({
      name: 'La gare',
    });
  }
});
