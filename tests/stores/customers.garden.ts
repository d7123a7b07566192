import pg from 'pg';
import { type Actor, actorOf } from '../../src/platform/access/actor.ts';
import { allRights, type Right } from '../../src/platform/access/rights.ts';

/** A small garden for these tests: one Wednesday tour with two depots, one Thursday tour, two baskets, some customers. */
export type TestGarden = {
  gardenId: number;
  /** Marie may do everything. */
  marie: Actor;
  paul: Actor;
  /** Marie with these rights only. */
  with: (...rights: Right[]) => Actor;
  owner: pg.Client;
};

/** @param ownerUrl of a fresh database; the caller ends `owner`. */
export async function plantGarden(ownerUrl: string, slug = 'essai'): Promise<TestGarden> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(`insert into auth."user" (id, name, email) values ('marie', 'Marie Curien', 'marie@exemple.test'), ('paul', 'Paul Fabre', 'paul@exemple.test')
    on conflict do nothing`);
  await owner.query("select set_config('app.network', 'yes', false)");
  const { rows } = await owner.query("insert into garden (slug, name) values ($1, 'Jardin d’essai') returning id", [slug]);
  const gardenId = rows[0].id as number;
  // The owner is no superuser either: row-level security is forced for it too.
  await owner.query("select set_config('app.garden', $1, false)", [String(gardenId)]);
  return {
    gardenId,
    owner,
    marie: actorOf(gardenId, 'marie', allRights),
    paul: actorOf(gardenId, 'paul', allRights),
    with: (...rights) => actorOf(gardenId, 'marie', rights),
  };
}

/** Inserts a row and answers its id. */
export async function sow({ owner, gardenId }: TestGarden, table: string, values: Record<string, unknown>): Promise<number> {
  const keys = Object.keys(values);
  const { rows } = await owner.query(
    `insert into ${table} (garden_id, ${keys.join(', ')}) values ($1, ${keys.map((_, at) => `$${at + 2}`).join(', ')}) returning id`,
    [gardenId, ...Object.values(values)],
  );
  return Number(rows[0].id);
}

/** Tours, depots, baskets; ids by name. */
export async function sowLogistics(garden: TestGarden) {
  const wednesday = await sow(garden, 'tour', { code: 'ME1', name: 'Mercredi', preparation_weekday: 2, delivery_weekday: 3 });
  const thursday = await sow(garden, 'tour', { code: 'JE1', name: 'Jeudi', preparation_weekday: 3, delivery_weekday: 4, position: 1 });
  const station = await sow(garden, 'depot', { number: '1', name: 'Gare' });
  const school = await sow(garden, 'depot', { number: '2', name: 'École' });
  return {
    wednesday,
    thursday,
    station,
    school,
    stationSlot: await sow(garden, 'slot', { tour_id: wednesday, depot_id: station, stop_order: 1, capacity: 1 }),
    schoolSlot: await sow(garden, 'slot', { tour_id: thursday, depot_id: school, stop_order: 1, capacity: 40 }),
    simple: await sow(garden, 'product', { name: 'Simple', price_cents: 1380 }),
    family: await sow(garden, 'product', { name: 'Familial', price_cents: 2370, position: 1 }),
  };
}
