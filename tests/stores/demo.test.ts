import { verifyPassword } from 'better-auth/crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDemo } from '../../src/demo/load.ts';
import { isEmpty, readMark, wipe } from '../../src/demo/mark.ts';
import { prepareDemo } from '../../src/demo/prepare.ts';
import { fortnightly, large, small } from '../../src/demo/profiles.ts';
import type { SignIn } from '../../src/demo/team.ts';
import { findGarden, gardensOf } from '../../src/domains/gardens/index.server.ts';
import { listBatches } from '../../src/domains/imports/index.server.ts';
import { gardenWeek, planBaskets } from '../../src/domains/subscriptions/index.server.ts';
import { type Day, weekOf } from '../../src/kernel/day.ts';
import { systemActor } from '../../src/platform/access/actor.ts';
import { accountOf } from '../../src/platform/auth/accounts.ts';
import { recordsOf, spacesOf } from '../../src/platform/auth/at-home.ts';
import { database } from '../../src/platform/db/index.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { emptyDatabase, useDatabase } from '../database.ts';

const quiet = () => {};
const base = useDatabase();
let owner: pg.Client;
let ways: SignIn[];

beforeAll(async () => {
  owner = new pg.Client({ connectionString: base.ownerUrl() });
  await owner.connect();
});
afterAll(() => owner.end());

const idOf = async (slug: string) => (await findGarden(slug))!.id;

// A Monday in March, when the season runs; the eve of a year's end, when the week belongs to the next one.
describe.each<Day>(['2025-03-10', '2024-12-30'])('the demonstration of %s', (today) => {
  beforeAll(async () => {
    if (await readMark(owner)) await wipe(owner);
    expect(await isEmpty(owner)).toBe(true);
    ways = (await loadDemo({ ownerUrl: base.ownerUrl(), today, scale: 'demo', log: quiet })).signIns;
  }, 240_000);

  test('this week has open deliveries with baskets, and last week has a past', async () => {
    for (const { slug } of [large, small, fortnightly]) {
      const { weeks, asked } = await gardenWeek(systemActor(await idOf(slug!)), today);
      const open = weeks[0]!.deliveries.filter((one) => one.state === 'open');
      expect(weekOf(today)).toMatchObject({ year: weeks[0]!.year, week: weeks[0]!.week });
      expect(open.length, slug).toBeGreaterThan(0);
      expect(open.every((one) => one.total > 0)).toBe(true);
      expect(asked!.length).toBeGreaterThan(0);
      expect(asked!.filter((one) => one.by === null)).toEqual([]);
    }
    const { rows } = await inGarden(systemActor(await idOf(large.slug!)), async (tx) => ({
      rows: await tx
        .selectFrom('basket')
        .innerJoin('delivery', (join) =>
          join.onRef('delivery.garden_id', '=', 'basket.garden_id').onRef('delivery.id', '=', 'basket.delivery_id'),
        )
        .select(['delivery.date'])
        .where('delivery.date', '<', today)
        .limit(1)
        .execute(),
    }));
    expect(rows).toHaveLength(1);
  });

  test('one depot of the large garden overflows', async () => {
    const { weeks } = await gardenWeek(systemActor(await idOf(large.slug!)), today);
    expect(new Set(weeks.flatMap((week) => week.deliveries.flatMap((one) => one.tooMuch.map((place) => place.depotId)))).size).toBe(1);
  });

  test('baskets stored are the baskets planned: planning again changes nothing', async () => {
    const gardenId = await idOf(large.slug!);
    const again = await inGarden(systemActor(gardenId), (tx) => planBaskets(tx, gardenId, { today }));
    expect(again).toMatchObject({ inserted: 0, updated: 0, removed: 0 });
    // Somebody had cancelled a basket of a week that the garden closed since.
    expect(again.problems.filter(({ problem }) => problem !== 'no_basket')).toEqual([]);
  });

  test('everybody who is told of can enter, each in her garden', async () => {
    const { rows } = await owner.query<{ email: string; password: string }>(
      `select u.email, a.password from auth."user" u join auth.account a on a."userId" = u.id`,
    );
    expect(new Set(rows.map((row) => row.email))).toEqual(new Set(ways.map((way) => way.email)));
    expect(await verifyPassword({ hash: rows[0]!.password, password: ways[0]!.password })).toBe(true);
    for (const { email, garden, role } of ways.filter((way) => way.garden !== 'Tout le réseau')) {
      const { id } = (await accountOf(email))!;
      if (role === 'Abonnée') expect(await recordsOf(id)).toMatchObject([{ gardenName: garden }]);
      else if (role === 'Prescriptrice') expect(await spacesOf(id)).toMatchObject([{ gardenName: garden }]);
      else expect(await gardensOf(id)).toContainEqual(expect.objectContaining({ name: garden, role }));
    }
    expect(await gardensOf((await accountOf('sylvie@exemple.test'))!.id)).toHaveLength(2);
    const network = await database().selectFrom('network_staff').select('user_id').execute();
    expect(network).toEqual([{ user_id: (await accountOf('helene@exemple.test'))!.id }]);
  });

  test('an import waits, with lines to mend', async () => {
    const { rows } = await listBatches(systemActor(await idOf(large.slug!)));
    expect(rows).toEqual([expect.objectContaining({ name: 'Inscriptions des portes ouvertes', state: 'proposed', rejected: 3 })]);
  });
});

describe('a database that holds something else', () => {
  const other = emptyDatabase();

  test('is refused, and nothing in it is touched', async () => {
    const { migrate } = await import('../../src/platform/db/migrate.ts');
    await migrate(other.ownerUrl());
    const client = new pg.Client({ connectionString: other.ownerUrl() });
    await client.connect();
    await client.query(`insert into network (id, name) values (1, 'Un vrai réseau')`);
    const asked = prepareDemo({ ownerUrl: other.ownerUrl(), today: '2025-03-10', fresh: true, log: quiet });
    await expect(asked).rejects.toThrow(/rien n’y a été touché/);
    await expect(wipe(client)).rejects.toThrow();
    expect((await client.query('select name from network')).rows).toEqual([{ name: 'Un vrai réseau' }]);
    expect(await readMark(client)).toBeNull();
    await client.end();
  });
});
