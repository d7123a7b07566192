import { describe, expect, test } from 'vitest';
import {
  applyImport,
  batchDetails,
  fileColumns,
  listBatches,
  proposeImport,
  settleFile,
  undoImport,
} from '../../src/domains/imports/index.server.ts';
import { deliveryTotals } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied, actorOf } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { contents, csv, newGarden } from './imports.garden.ts';
import { customers, day, depots, everything, looking, products, propose, subscriptions, take, tours } from './imports.sample.ts';

const database = useDatabase();
const { all, rowsOf, baskets } = looking(database);

describe('two passes', () => {
  test('the first changes nothing and announces what the second does', async () => {
    const actor = await newGarden('deux-passes');
    await take(actor, [tours, depots, products, customers]);
    const before = await all(actor);
    const changed = csv('clients.csv', 'N°;Nom;Téléphone', '1001;Lamy;06 11 22 33 44', '1002;Barré;', '1004;Neuve;', 'sans numéro;;;;trop');
    const batchId = await propose(actor, [changed, subscriptions]);
    expect(await all(actor)).toEqual(before);

    const announced = await batchDetails(actor, batchId);
    expect(announced?.state).toBe('proposed');
    expect(announced?.kinds).toEqual([
      { kind: 'customers', added: 1, changed: 1, unchanged: 1, rejected: 1 },
      { kind: 'subscriptions', added: 2, changed: 0, unchanged: 0, rejected: 0 },
    ]);
    expect(announced?.changes).toEqual([
      {
        title: 'Fiche du client',
        name: '1001 Lamy Pierre',
        columns: [{ label: 'Téléphone', before: '06 40 97 25 46', after: '06 11 22 33 44' }],
      },
    ]);
    expect((await applyImport(actor, batchId, day)).ok).toBe(true);
    const done = await batchDetails(actor, batchId);
    expect({ ...done, appliedAt: null, state: 'proposed' }).toEqual(announced);
    const [lamy] = await rowsOf(actor, 'customer');
    // The file says nothing of her first name nor of her balance: they stay.
    expect(lamy).toMatchObject({ phone: '06 11 22 33 44', first_name: 'Pierre', opening_balance_cents: -1250 });
    expect(await baskets(actor)).toBeGreaterThan(50);
  });

  test('baskets are counted as people and the calendar count them: two of one customer on one day are two', async () => {
    const actor = await newGarden('deux-paniers');
    const batchId = await propose(actor, everything);
    const announced = (await batchDetails(actor, batchId))?.baskets?.inserted;
    await applyImport(actor, batchId, day);
    const totals = (await deliveryTotals(actor, 2025)).flatMap((delivery) => Object.values(delivery.totals));
    expect(announced).toBe(totals.reduce((sum, quantity) => sum + quantity, 0));
    expect(announced).toBeGreaterThan(await baskets(actor));
  });

  test('two clicks at once act once', async () => {
    const actor = await newGarden('deux-clics');
    const batchId = await propose(actor, everything);
    const [first, second] = await Promise.all([applyImport(actor, batchId, day), applyImport(actor, batchId, day)]);
    expect([first.ok, second.ok]).toEqual([true, true]);
    expect(await rowsOf(actor, 'subscription')).toHaveLength(2);
    expect((await batchDetails(actor, batchId))?.kinds.find(({ kind }) => kind === 'subscriptions')).toMatchObject({
      added: 2,
      unchanged: 0,
    });
  });

  test('the same files sent twice are one proposal', async () => {
    const actor = await newGarden('deux-envois');
    const [first, second] = await Promise.all([propose(actor, everything), propose(actor, everything)]);
    expect(second).toBe(first);
    expect(await propose(actor, [customers])).not.toBe(first);
    expect((await listBatches(actor)).total).toBe(2);
  });

  test('columns are settled by hand once, and remembered', async () => {
    const actor = await newGarden('colonnes');
    const odd = csv('liste.csv', 'Zone A;Zone B;Zone C', '7001;Durand;Lucie');
    const first = await propose(actor, [odd]);
    expect((await batchDetails(actor, first))?.ready).toBe(false);
    expect((await applyImport(actor, first, day)).ok).toBe(false);
    const fileId = (await batchDetails(actor, first))!.files[0]!.id;
    const page = await fileColumns(actor, first, fileId, 'customers');
    expect(page.ok && page.value.columns).toEqual([
      { header: 'Zone A', sample: '7001' },
      { header: 'Zone B', sample: 'Durand' },
      { header: 'Zone C', sample: 'Lucie' },
    ]);
    const incomplete = await settleFile(actor, first, fileId, { kind: 'customers', mapping: { number: 'Zone A' } }, day);
    expect(incomplete.ok ? null : Object.keys(incomplete.fields ?? {})).toEqual(['lastName']);
    const mapping = { number: 'Zone A', lastName: 'Zone B', firstName: 'Zone C' };
    expect(await settleFile(actor, first, fileId, { kind: 'customers', mapping }, day)).toEqual({ ok: true, value: null });
    expect((await batchDetails(actor, first))?.kinds).toEqual([{ kind: 'customers', added: 1, changed: 0, unchanged: 0, rejected: 0 }]);
    expect(await rowsOf(actor, 'customer')).toEqual([]);

    const second = await propose(actor, [csv('autre.csv', 'Zone A;Zone B;Zone C', '7002;Petit;Anne')]);
    await applyImport(actor, second, day);
    expect(await rowsOf(actor, 'customer')).toMatchObject([{ number: '7002', last_name: 'Petit', first_name: 'Anne' }]);
  });

  test('what cannot be read is told, and does not stop the rest', async () => {
    const actor = await newGarden('illisible');
    const picture = { name: 'photo.png', content: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) };
    const batchId = await propose(actor, [picture, customers]);
    const details = (await batchDetails(actor, batchId))!;
    expect(details.files[0]).toMatchObject({ name: 'photo.png', mendable: false, counts: null });
    expect(details.files[0]!.problem).toContain('image');
    expect(details.ready).toBe(true);
    const large = { name: 'gros.csv', content: new Uint8Array(10 * 1024 * 1024 + 1) };
    expect(await proposeImport(actor, { files: [large], year: 2025 }, day)).toMatchObject({
      ok: false,
      fields: { files: expect.stringContaining('10 Mo') },
    });
  });
});

test('other gardens are untouched, and see nothing', async () => {
  const neighbour = await newGarden('voisin');
  await take(neighbour, everything);
  const actor = await newGarden('chez-soi');
  const before = await contents(database.ownerUrl(), actor.gardenId, 'others');
  const { batchId } = await take(actor, everything);
  await undoImport(actor, batchId, day);
  expect(await contents(database.ownerUrl(), actor.gardenId, 'others')).toEqual(before);
  expect(await batchDetails(neighbour, batchId)).toBeNull();
  expect(await undoImport(neighbour, batchId, day)).toMatchObject({ ok: false });
});

test('nobody imports without the right', async () => {
  const actor = await newGarden('droits');
  const reader = actorOf(actor.gardenId, 'somebody', ['imports:read']);
  await expect(async () => proposeImport(reader, { files: [customers], year: 2025 }, day)).rejects.toThrow(AccessDenied);
  await expect(async () => undoImport(reader, 1, day)).rejects.toThrow(AccessDenied);
  expect((await listBatches(reader)).rows).toEqual([]);
});
