import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, expect, test, vi } from 'vitest';
import { type Actor, systemActor } from '../../src/platform/access/actor.ts';
import { databasePool } from '../../src/platform/db/index.ts';
import { reader } from '../../src/platform/db/read.ts';
import { inGarden, readInGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { columnsOf, fillGarden, notOfGardens } from './tenancy.rows.ts';

/** What queries sent together with their garden must never loosen, whatever fails. Two connections, so that they are used again. */

const { ownerUrl } = useDatabase({ max: 2 });
let here: Actor;
let there: Actor;

type Seen = { garden: number | null; gardens: number[] };
const seen = sql<Seen>`select app_garden() as garden, array(select distinct garden_id from depot) as gardens`;
const read = async (actor: Actor) => (await readInGarden(actor, (tx) => seen.execute(tx))).rows;
const own = ({ gardenId }: Actor): Seen[] => [{ garden: gardenId, gardens: [gardenId] }];
const mark = (key: string) => sql`insert into auth."rateLimit" (id, key, count, "lastRequest") values (${key}, ${key}, 1, 1)`;
const marks = async () => (await databasePool().query('select key from auth."rateLimit"')).rows;
/** What every connection is like when nobody works on it. */
const atRest = () =>
  Promise.all([1, 2].map(() => databasePool().query(`select app_garden() as garden, current_setting('transaction_read_only') as reads`)));

beforeAll(async () => {
  const owner = new pg.Client({ connectionString: ownerUrl() });
  await owner.connect();
  const tables = await owner.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public' order by 1");
  const columns = await columnsOf(
    owner,
    tables.rows.map(({ name }) => name).filter((name) => !notOfGardens.includes(name)),
  );
  here = systemActor(await fillGarden(owner, 'ici', columns));
  there = systemActor(await fillGarden(owner, 'la-bas', columns));
  await owner.end();
});

test('a read sees its garden alone and leaves nothing of it behind', async () => {
  expect(await read(here)).toEqual(own(here));
  expect(await read(there)).toEqual(own(there));
  for (const { rows } of await atRest()) expect(rows).toEqual([{ garden: null, reads: 'off' }]);
});

test('many reads and transactions at once each see their own garden', async () => {
  const all = Array.from({ length: 60 }, async (_, at) => {
    const actor = at % 2 ? here : there;
    const rows = at % 3 ? await read(actor) : (await inGarden(actor, (tx) => seen.execute(tx))).rows;
    expect(rows).toEqual(own(actor));
  });
  await Promise.all(all);
});

test('values go and come as everywhere else', async () => {
  const found = await readInGarden(here, (tx) =>
    sql`select ${'é'} as text, ${null}::text as none, ${[1, 2]}::int[] as list, 5::bigint as big, '2025-03-01'::date as day, null::date as no_day`.execute(
      tx,
    ),
  );
  expect(found.rows).toEqual([{ text: 'é', none: null, list: [1, 2], big: 5, day: '2025-03-01', no_day: null }]);
  expect(await readInGarden(here, (tx) => tx.selectFrom('garden').select('id').where('slug', '=', 'ici').execute())).toEqual([
    { id: here.gardenId },
  ]);
});

test('when its garden cannot be said, a query does not run at all', async () => {
  await read(there);
  // A zero byte is refused by PostgreSQL, on connections that know the settling statement and on new ones.
  for (const _ of [1, 2, 3]) {
    const failing = mark('sans-jardin').execute(reader({ garden: String(here.gardenId), user: '\0' }));
    await expect(failing).rejects.toThrow(/byte/);
  }
  expect(await marks()).toEqual([]);
  expect(await read(here)).toEqual(own(here));
});

test('a read that writes is refused, and the next transaction writes', async () => {
  await expect(readInGarden(here, (tx) => mark('lecture').execute(tx))).rejects.toThrow(/read-only/);
  const undone = inGarden(here, async (tx) => {
    await mark('écriture').execute(tx);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await marks()).toEqual([]);
});

test.each([
  ['of PostgreSQL', sql`select 1 / 0`, /division by zero/],
  ['of its text', sql`select nonsense from nowhere`, /nowhere/],
  [
    'of a value that cannot be sent',
    sql`select ${{
      toPostgres: () => {
        throw new Error('unsendable');
      },
    }}`,
    /unsendable/,
  ],
])('an error %s is the one that is told, from where it was asked, and the next read is not disturbed', async (_, query, told) => {
  const error: Error = await readInGarden(here, (tx) => query.execute(tx)).then(
    () => expect.unreachable(),
    (thrown) => thrown,
  );
  expect(error.message).toMatch(told);
  expect(error.stack).toContain('reads.test.ts');
  expect(await read(there)).toEqual(own(there));
});

test('a connection that PostgreSQL ends under a query tells, is replaced, and the process goes on', async () => {
  const end = sql`select pg_terminate_backend(pg_backend_pid())`;
  await expect(readInGarden(here, (tx) => end.execute(tx))).rejects.toThrow(/terminat/);
  await expect(inGarden(here, (tx) => end.execute(tx))).rejects.toThrow(/terminat/);
  expect(await read(here)).toEqual(own(here));
});

test('a transaction whose beginning fails runs nothing, and its connection serves again', async () => {
  const { query } = pg.Client.prototype;
  for (const _ of [1, 2, 3]) {
    const failing = vi.spyOn(pg.Client.prototype, 'query').mockImplementationOnce(function (this: pg.Client) {
      return (query as (text: string) => unknown).call(this, 'begin; select 1 / 0');
    } as never);
    await expect(inGarden(here, (tx) => mark('commencement').execute(tx))).rejects.toThrow(/division/);
    failing.mockRestore();
  }
  expect(await marks()).toEqual([]);
  for (const { rows } of await atRest()) expect(rows).toEqual([{ garden: null, reads: 'off' }]);
});
