import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creditDocument, issue } from '../../src/domains/billing/index.server.ts';
import type { Draft, DraftLine } from '../../src/domains/billing/rules/draft.ts';
import { accountBalances, customerBalances, ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import type { Tx } from '../../src/platform/db/index.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase({ max: 12 });
let garden: TestGarden;
let claire: number;
let paul: number;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  await garden.owner.query(`select install_ledger(${garden.gardenId}), install_billing(${garden.gardenId})`);
  claire = await sow(garden, 'customer', { number: '1', last_name: 'Martin', first_name: 'Claire', civility: 'Mme', city: 'Épinal' });
  paul = await sow(garden, 'customer', { number: '2', last_name: 'Lycée agricole', kind: 'organisation' });
});
afterAll(() => garden?.owner.end());

const work = <T>(does: (tx: Tx) => Promise<T>) => inGarden(garden.marie, does);
const line = (more: Partial<DraftLine> = {}): DraftLine => ({
  ...{ kind: 'basket', label: 'Panier simple', quantity: 4000, unitPrice: 1380, vatBasisPoints: 550, vatIncluded: true },
  ...{ account: '701000', activity: 'MAR', ...more },
});
const draft = (more: Partial<Draft> = {}): Draft => ({
  customer: claire,
  day: '2025-10-31',
  dueOn: '2025-11-30',
  lines: [line()],
  ...more,
});
const give = (drafts: Draft[]) => work((tx) => issue(tx, garden.gardenId, drafts));
const owed = async (customer: number) => (await work((tx) => customerBalances(tx))).find((one) => one.customer === customer)?.balance ?? 0;

describe('issuing', () => {
  test('documents are numbered by kind and year, and stand in the ledger to the cent', async () => {
    const made = await give([
      draft(),
      draft({ customer: paul, day: '2026-01-02' }),
      draft({ lines: [line({ quantity: -1000 })] }),
      draft(),
    ]);
    expect(made.map(({ number, gross }) => [number, gross])).toEqual([
      ['F2025-00001', 5520],
      ['F2026-00001', 5520],
      ['A2025-00001', -1380],
      ['F2025-00002', 5520],
    ]);
    expect(await owed(claire)).toBe(2 * 5520 - 1380);
    const balances = await work((tx) => accountBalances(tx));
    expect(balances.find(({ number }) => number === '445710')!.credit).toBe(3 * 288);
    const { rows } = await garden.owner.query(`select d.number, e.label, d.recipient ->> 'name' as name from document d
      join entry e on e.id = d.entry_id where d.number = 'F2025-00001'`);
    expect(rows).toEqual([{ number: 'F2025-00001', label: 'Facture F2025-00001 Martin Claire', name: 'Mme Claire Martin' }]);
  });

  test('the same source is issued once, in one call or two', async () => {
    const first = await give([draft({ source: 'x' }), draft({ source: 'x' }), draft({ source: 'y' })]);
    expect(first.map(({ source }) => source)).toEqual(['x', 'y']);
    expect(await give([draft({ source: 'x' }), draft({ source: 'z' })])).toMatchObject([{ source: 'z' }]);
  });

  test('ten at once leave neither gap nor double, and one taken back no gap either', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, at) =>
        work(async (tx) => {
          const made = await issue(tx, garden.gardenId, [draft({ source: `at:${at % 5}` }), draft()]);
          if (at === 3) throw new Error('taken back');
          return made;
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    const { rows } = await garden.owner.query(
      `select array_agg(sequence order by sequence) as numbers from document where kind = 'invoice' and year = 2025`,
    );
    expect(rows[0].numbers).toEqual(rows[0].numbers.map((_: number, at: number) => at + 1));
    expect((await garden.owner.query(`select count(*)::int as n from document where source like 'at:%'`)).rows[0].n).toBe(5);
    expect(await work(ledgerBreaks)).toEqual([]);
  });

  test('a document that comes to nothing has a number and no entry', async () => {
    const [made] = await give([draft({ lines: [line(), line({ quantity: -4000 })] })]);
    const { rows } = await garden.owner.query('select entry_id, gross_cents::int from document where id = $1', [made!.id]);
    expect(rows).toEqual([{ entry_id: null, gross_cents: 0 }]);
  });

  test('a garden that is not liable bills no VAT; what it credits keeps the rate it was billed at', async () => {
    const [before] = await give([draft()]);
    await garden.owner.query(`update garden set settings = '{"vatLiable": false}'`);
    const [after] = await give([draft({ lines: [line(), line({ vatIncluded: false })] })]);
    const credited = await work((tx) => creditDocument(tx, garden.gardenId, before!.id, { day: '2025-11-03' }));
    await garden.owner.query(`update garden set settings = '{}'`);
    const amounts = async (id: number) =>
      (await garden.owner.query('select net_cents::int, vat_cents::int from document where id = $1', [id])).rows;
    expect(await amounts(after!.id)).toEqual([{ net_cents: 2 * 5520, vat_cents: 0 }]);
    expect(credited.ok && (await amounts(credited.value.id))).toEqual([{ net_cents: -5232, vat_cents: -288 }]);
    const { rows } = await garden.owner.query(
      `select l.content -> 'mentions' ->> 'everybody' like '%293 B%' as said from document d
      join letterhead l on l.id = d.letterhead_id where d.id = any($1) order by d.id`,
      [[before!.id, after!.id]],
    );
    expect(rows).toEqual([{ said: false }, { said: true }]);
  });

  test('nothing that was issued changes, for anybody', async () => {
    for (const table of ['document', 'document_line', 'letterhead'])
      await expect(garden.owner.query(`update ${table} set garden_id = garden_id`)).rejects.toThrow(/append-only/);
  });
});

describe('crediting', () => {
  const credit = (id: number, lines?: number[], day = '2025-11-03') =>
    work((tx) => creditDocument(tx, garden.gardenId, id, { day, note: 'Erreur', lines }));

  test('by lines, then what is left, once; the balance comes back', async () => {
    const before = await owed(claire);
    const [made] = await give([
      draft({ lines: [line(), line({ unitPrice: 333, quantity: 1333, vatBasisPoints: 2000 }), line({ unitPrice: -200, quantity: 1000 })] }),
    ]);
    const part = await credit(made!.id, [2]);
    expect(part).toMatchObject({ ok: true, value: { gross: -444 } });
    const both = await Promise.all([credit(made!.id), credit(made!.id)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await credit(made!.id, [1])).toMatchObject({ ok: false, reason: expect.stringContaining('déjà été annulé') });
    expect(await owed(claire)).toBe(before);
  });

  test('a day before the last credit note is refused, with the day that will do', async () => {
    const [made] = await give([draft()]);
    expect(await credit(made!.id, undefined, '2025-11-01')).toMatchObject({ ok: false, fields: { day: 'À partir du 03/11/2025.' } });
  });

  test('whatever was billed, its credit leaves nothing', async () => {
    const any = fc.record({
      quantity: fc.integer({ min: -9999, max: 9999 }).filter((quantity) => quantity !== 0),
      unitPrice: fc.integer({ min: 1, max: 99_999 }),
      vatBasisPoints: fc.constantFrom(0, 210, 550, 1000, 2000),
      vatIncluded: fc.boolean(),
      account: fc.constantFrom('701000', '419100', '708500'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 5 }), async (lines) => {
        const before = await work((tx) => accountBalances(tx));
        const [made] = await give([draft({ lines: lines.map((one) => line(one)) })]);
        expect(await credit(made!.id)).toMatchObject({ ok: true });
        const after = await work((tx) => accountBalances(tx));
        expect(after.map(({ balance }) => balance)).toEqual(before.map(({ balance }) => balance));
      }),
      { numRuns: 25 },
    );
    expect(await work(ledgerBreaks)).toEqual([]);
  });
});
