import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountBalances, customerBalances, type Entry, ledgerBreaks, post, reverse } from '../../src/domains/ledger/index.server.ts';
import type { Tx } from '../../src/platform/db/index.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase();
let garden: TestGarden;
let claire: number;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  await garden.owner.query(`select install_ledger(${garden.gardenId})`);
  claire = await sow(garden, 'customer', { number: '1', last_name: 'Martin', first_name: 'Claire' });
});
afterAll(() => garden?.owner.end());

const work = <T>(does: (tx: Tx) => Promise<T>) => inGarden(garden.marie, does);
const sale = (cents: number, day = '2025-10-31', more: Partial<Entry> = {}): Entry => ({
  day,
  label: 'Paniers',
  document: 'F1',
  documentDay: day,
  lines: [
    { account: '411000', amount: cents, customer: claire },
    { account: '701000', amount: -cents },
  ],
  ...more,
});

describe('posting', () => {
  test('entries are numbered one after the other, in the order given; balances are read from them', async () => {
    const made = await work((tx) => post(tx, 'VE', [sale(1380), sale(4 * 1380)]));
    expect(made.map(({ number }) => number)).toEqual([1, 2]);
    expect(await work((tx) => customerBalances(tx))).toEqual([{ customer: claire, balance: 1380 + 4 * 1380 }]);
    const balances = await work((tx) => accountBalances(tx));
    expect(balances.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
    expect(balances.find(({ number }) => number === '701000')).toMatchObject({ debit: 0, credit: 5 * 1380 });
  });

  test('what is sent twice counts once', async () => {
    const twice = sale(500, '2025-10-31', { source: 'basket:1:2' });
    const [first] = await work((tx) => post(tx, 'VE', [twice]));
    expect(await work((tx) => post(tx, 'VE', [twice, sale(700)]))).toMatchObject([{ number: first!.number + 1, source: null }]);
  });

  test('fifty at once leave neither gap nor double, and those taken back no gap either', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, at) =>
        work(async (tx) => {
          const made = await post(tx, 'BQ', [{ ...sale(100), label: `n° ${at}` }]);
          if (at % 5 === 0) throw new Error('taken back');
          return made;
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(10);
    const { rows } = await garden.owner.query(`select array_agg(number order by number) as numbers from entry e
      join journal j on j.garden_id = e.garden_id and j.id = e.journal_id where j.code = 'BQ'`);
    expect(rows[0].numbers).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    expect(await work(ledgerBreaks)).toEqual([]);
  });
});

describe('what the database refuses, whoever asks', () => {
  const raw = (lines: string) =>
    garden.owner.query(`with e as (insert into entry (garden_id, journal_id, number, day, label, document, document_day, hash)
        select garden_id, id, 999, '2025-10-31', 'x', 'x', '2025-10-31', chain_start() from journal where code = 'OD' returning garden_id, id)
      insert into entry_line (garden_id, entry_id, position, account_id, amount_cents)
      select e.garden_id, e.id, l.position, a.id, l.amount from e, (values ${lines}) l (position, number, amount) join account a on a.number = l.number`);

  test('lines that do not sum to zero, and an entry without lines', async () => {
    await expect(raw(`(1, '411000', 100), (2, '701000', -99)`)).rejects.toThrow(/sum to 1 cents/);
    await expect(raw(`(1, '411000', 100)`)).rejects.toThrow(/its 1 lines/);
    await expect(
      garden.owner.query(`insert into entry (garden_id, journal_id, number, day, label, document, document_day, hash)
        select garden_id, id, 999, '2025-10-31', 'x', 'x', '2025-10-31', chain_start() from journal where code = 'OD'`),
    ).rejects.toThrow(/has no lines/);
  });

  test('lines added to an entry that stands, even when they balance', async () => {
    await expect(
      garden.owner.query(`insert into entry_line (garden_id, entry_id, position, account_id, amount_cents)
        select e.garden_id, e.id, v.position, a.id, v.amount from (select * from entry order by id limit 1) e, (values (8, 5), (9, -5)) v (position, amount), account a where a.number = '411000'`),
    ).rejects.toThrow(/with 4 standing/);
  });

  test('changing or removing anything', async () => {
    for (const statement of [
      'update entry set label = label',
      'delete from entry_line',
      'update entry_line set amount_cents = 1',
      'delete from closing',
    ])
      await expect(garden.owner.query(statement)).rejects.toThrow(/append-only/);
    await expect(garden.owner.query(`update account set number = '411001' where number = '411000'`)).rejects.toThrow(/cannot change/);
    await expect(work((tx) => tx.updateTable('entry').set({ label: 'x' }).execute())).rejects.toThrow(/permission denied/);
  });

  test('an account, an activity, an entry or a journal that is not of the garden; and that those in use leave', async () => {
    await garden.owner.query("select set_config('app.network', 'yes', false)");
    const { rows } = await garden.owner.query("insert into garden (slug, name) values ('voisin', 'Voisin') returning id");
    await garden.owner.query(`select set_config('app.garden', '${rows[0].id}', false), install_ledger(${rows[0].id})`);
    const theirs = await garden.owner.query(`select (select max(id) from account) as account, (select max(id) from activity) as activity,
      (select max(id) from journal) as journal`);
    await garden.owner.query(`select set_config('app.garden', '${garden.gardenId}', false)`);
    const { account, activity, journal } = theirs.rows[0];
    const line = (columns: string, values: string) =>
      garden.owner.query(`with e as (insert into entry (garden_id, journal_id, number, day, label, document, document_day, hash)
          select garden_id, id, 998, '2025-10-31', 'x', 'x', '2025-10-31', chain_start() from journal where code = 'OD' returning garden_id, id)
        insert into entry_line (garden_id, entry_id, position, amount_cents, ${columns})
        select e.garden_id, e.id, l.position, l.amount, ${values} from e, (values (1, 5), (2, -5)) l (position, amount),
          (select id from account where number = '411000') a`);
    await expect(line('account_id', `${account}`)).rejects.toThrow(/account_id of entry_line is not in account/);
    await expect(line('account_id, activity_id', `a.id, ${activity}`)).rejects.toThrow(/activity_id of entry_line is not in activity/);
    await expect(
      garden.owner.query(`insert into entry (garden_id, journal_id, number, day, label, document, document_day, hash)
        values (${garden.gardenId}, ${journal}, 998, '2025-10-31', 'x', 'x', '2025-10-31', chain_start())`),
    ).rejects.toThrow(/journal_id of entry is not in journal|has no lines/);
    await expect(
      garden.owner.query(`insert into entry_line (garden_id, entry_id, position, amount_cents, account_id)
        select ${garden.gardenId}, 987654, l.position, l.amount, a.id from (values (1, 5), (2, -5)) l (position, amount), account a where a.number = '411000'`),
    ).rejects.toThrow(/entry_id of entry_line is not in entry/);
    for (const table of ['account', 'activity', 'journal']) {
      await expect(garden.owner.query(`delete from ${table}`), table).rejects.toThrow(/stay/);
      await expect(work((tx) => sql.raw(`delete from ${table}`).execute(tx))).rejects.toThrow(/stay/);
    }
  });

  test('entries are hashed as they are checked, whatever their words', async () => {
    const words = ['"', '\\', 'é €', '\t\n\u0001\u007f', '{"a": 1}', '🥕 l’été', "d'"];
    await work((tx) =>
      post(
        tx,
        'OD',
        words.map((word, at) => ({
          ...sale(100 + at, '2025-10-31', { source: `mots:${word}` }),
          label: `x${word}`,
          document: word,
          lines: [
            { account: '411000', amount: 100 + at, customer: claire, label: word },
            { account: '701000', amount: -100 - at, activity: null },
          ],
        })),
      ),
    );
    expect(await work(ledgerBreaks)).toEqual([]);
  });

  test('an account that is not in use', async () => {
    const lines = [
      { account: '411999', amount: 5 },
      { account: '701000', amount: -5 },
    ];
    await expect(work((tx) => post(tx, 'VE', [{ ...sale(5), lines }]))).rejects.toThrow(/411999/);
  });
});

test('a correction is a mirror, once', async () => {
  const [entry] = await work((tx) => post(tx, 'OD', [sale(900)]));
  const before = await work((tx) => customerBalances(tx));
  const answers = await Promise.all(
    [1, 2].map(() => work((tx) => reverse(tx, entry!.id, { day: '2025-11-03', label: 'Erreur de saisie' }))),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.find(({ ok }) => !ok)).toMatchObject({ reason: expect.stringContaining('déjà été contre-passée') });
  expect((await work((tx) => customerBalances(tx)))[0]!.balance).toBe(before[0]!.balance - 900);
  const mirror = answers.find((answer) => answer.ok)!;
  expect(mirror.ok && (await work((tx) => reverse(tx, mirror.value.id, { day: '2025-11-03', label: 'x' })))).toMatchObject({ ok: false });
});

test('tampering shows: the entry that was touched is named', async () => {
  await garden.owner.query('begin');
  await garden.owner.query('alter table entry_line disable trigger user');
  await garden.owner.query(`update entry_line set amount_cents = amount_cents * 2
    where entry_id = (select e.id from entry e join journal j on j.garden_id = e.garden_id and j.id = e.journal_id where j.code = 'BQ' and e.number = 7)`);
  const { rows } = await garden.owner.query('select * from ledger_breaks()');
  expect(rows).toEqual([{ journal: 'BQ', number: 7, why: 'changed' }]);
  await garden.owner.query('rollback');
  expect(await work(ledgerBreaks)).toEqual([]);
});

test('a closed period takes no entry, and who posts while it is closed does not slip past', async () => {
  const close = (tx: Tx) =>
    tx.insertInto('closing').values({ garden_id: garden.gardenId, until_on: '2025-11-30', kind: 'month', user_id: 'marie' }).execute();
  let entered = () => {};
  const posting = new Promise<void>((resolve) => {
    entered = resolve;
  });
  let leave = () => {};
  const held = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const first = work(async (tx) => {
    await post(tx, 'VE', [sale(100, '2025-11-05')]);
    entered();
    await held;
  });
  await posting;
  let closed = false;
  const closing = work(close).then(() => {
    closed = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(closed).toBe(false);
  leave();
  await Promise.all([first, closing]);
  await expect(work((tx) => post(tx, 'VE', [sale(100, '2025-11-30')]))).rejects.toThrow(/closed until 2025-11-30/);
  expect(await work((tx) => post(tx, 'VE', [sale(100, '2025-12-01')]))).toHaveLength(1);
  const [last] = await work((tx) => post(tx, 'OD', [sale(100, '2025-12-02')]));
  expect(await work((tx) => reverse(tx, last!.id, { day: '2025-11-30', label: 'x' }))).toMatchObject({
    ok: false,
    fields: { day: expect.any(String) },
  });
});
