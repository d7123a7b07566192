import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { customerList } from '../../src/domains/customers/index.server.ts';
import {
  cancelReceipt,
  forgetOldDonors,
  giftPage,
  giveOwn,
  makeReceipt,
  makeYear,
  receiptPage,
  receiptsPage,
  recordGift,
  settleGifts,
} from '../../src/domains/giving/index.server.ts';
import { rejectPayment } from '../../src/domains/payments/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { balance, booksAgree, garden, record, state, today, typed, useGiving } from './giving.garden.ts';

useGiving();

/** What becomes of a gift whose money did not come: its receipt, what the bank asked, and donors of whom nothing is heard any more. */

test('a cheque that bounces takes its gift back', async () => {
  const before = await balance('754100');
  const id = await record({ lastName: 'Chèque', cents: 900 });
  const { payment } = (await giftPage(garden.marie, id, today))!;
  await inGarden(garden.marie, (tx) => rejectPayment(tx, payment!, { day: today, reason: 'Sans provision', fee: 0 }));
  await settleGifts(garden.marie, today);
  await settleGifts(garden.marie, today);
  expect((await giftPage(garden.marie, id, today))!).toMatchObject({ state: 'cancelled', reason: 'Règlement rejeté : Sans provision' });
  expect(await balance('754100')).toBe(before);
});

test('made before it bounced, a receipt is to be cancelled: told on the list and on its page; a new one has what is left', async () => {
  expect((await state()).ok).toBe(true);
  const first = await record({ lastName: 'Deux chèques', cents: 4000 });
  const donor = Number((await garden.rows<{ id: string }>("select id from donor where last_name = 'Deux chèques'"))[0]!.id);
  const second = await record({ donor, cents: 2500 });
  const made = await makeYear(garden.marie, 2025, today);
  const receipt = made.ok ? made.value.find((one) => one.donor === donor)!.id : 0;
  expect(await receiptPage(garden.marie, receipt)).toMatchObject({ cents: 6500, toCancel: false, standing: 2 });
  expect((await receiptsPage(garden.marie, 2025, today)).toCancel).toEqual([]);
  const { payment } = (await giftPage(garden.marie, second, today))!;
  await inGarden(garden.marie, (tx) => rejectPayment(tx, payment!, { day: today, reason: 'Sans provision', fee: 0 }));
  await settleGifts(garden.marie, today);
  expect(await receiptPage(garden.marie, receipt)).toMatchObject({ toCancel: true, standing: 1 });
  expect((await receiptsPage(garden.marie, 2026, today)).toCancel).toMatchObject([{ id: receipt }]);
  expect(await giftPage(garden.marie, second, today)).toMatchObject({ state: 'cancelled', receipt });
  const cancelled = await cancelReceipt(garden.marie, receipt, { reason: 'Chèque impayé', again: true }, today);
  const next = cancelled.ok ? cancelled.value.again! : 0;
  // 65,00 € less 25,00 €.
  expect(await receiptPage(garden.marie, next)).toMatchObject({ cents: 4000, gifts: 1, toCancel: false, replaces: { id: receipt } });
  expect(await giftPage(garden.marie, first, today)).toMatchObject({ receipt: next });
  expect((await receiptsPage(garden.marie, 2025, today)).toCancel).toEqual([]);
});

test('what a rejection costs: asked of a donor who is a customer, borne by the garden for anybody else, never left on the common account', async () => {
  const anne = await garden.customer('Cliente');
  const ids = [await record({ lastName: 'Inconnue', cents: 700 })];
  const hers = await recordGift(garden.marie, { ...typed({ cents: 800 }), customer: anne }, today);
  ids.push(hers.ok ? hers.value.id : 0);
  for (const id of ids) {
    const { payment } = (await giftPage(garden.marie, id, today))!;
    await inGarden(garden.marie, (tx) => rejectPayment(tx, payment!, { day: today, reason: 'Sans provision', fee: 1200 }));
  }
  await settleGifts(garden.marie, today);
  await settleGifts(garden.marie, today);
  const fees = await garden.rows<{ customer: string; cents: string }>(
    "select customer_id as customer, unit_price_cents as cents from charge where kind = 'rejection_fee' and withdrawn_at is null",
  );
  expect(fees.map(({ customer, cents }) => [Number(customer), Number(cents)])).toEqual([[anne, 1200]]);
  const people = await customerList(garden.marie, today, {
    search: 'Donateurs',
    sort: 'nom',
    direction: 'asc',
    page: 1,
    perPage: 20,
    filters: {},
  });
  expect([people.total, people.rows, people.facets.categories]).toEqual([0, [], []]);
  const common = await garden.rows<{ sum: string }>(
    'select coalesce(sum(l.amount_cents), 0) as sum from entry_line l join customer c on c.id = l.customer_id where c.technical',
  );
  expect(Number(common[0]!.sum)).toBe(0);
});

test('forgotten in their time: promises without news, donors of whom nothing came for long; receipts say what they said; asked again, nothing', async () => {
  const kept = await record({ lastName: 'Fidèle', cents: 500, day: '2025-09-01' });
  const old = await record({ lastName: 'Lointaine', firstName: 'Odette', email: 'odette@exemple.test', cents: 600, day: '2025-09-02' });
  const made = await makeReceipt(garden.marie, old, today);
  const promise = await record({ lastName: 'Promesse', method: null, cents: 900 });
  // Two years go by: Fidèle gives again.
  const later = await record({ lastName: 'Fidèle encore', cents: 500 });
  await garden.rows("update gift set day = '2028-09-01' where id = $1", [later]);
  await garden.rows('update gift set donor_id = (select donor_id from gift where id = $1) where id = $2', [kept, later]);
  await garden.rows("update donor set archived_at = now() where last_name = 'Fidèle encore'");
  expect((await forgetOldDonors(garden.marie, '2026-06-01')).promises).toBe(0);
  const done = await forgetOldDonors(garden.marie, '2028-11-01');
  expect(done.promises).toBe(1);
  expect(done.donors).toBeGreaterThan(1);
  expect(await forgetOldDonors(garden.marie, '2028-11-01')).toEqual({ promises: 0, donors: 0, receipts: 0 });
  const names = (await garden.rows<{ last_name: string }>('select last_name from donor where forgotten_on is null order by last_name')).map(
    (one) => one.last_name,
  );
  expect(names).toContain('Fidèle');
  expect(names).not.toContain('Lointaine');
  expect(names).not.toContain('Promesse');
  expect(await giftPage(garden.marie, old, today)).toMatchObject({
    name: 'Donateur effacé',
    cents: 600,
    state: 'received',
    person: { email: '', address: '' },
  });
  expect(await giftPage(garden.marie, promise, today)).toMatchObject({ state: 'cancelled' });
  expect((await receiptPage(garden.marie, made.ok ? made.value.id : 0))!.content!.donor).toMatchObject({
    lastName: 'Lointaine',
    firstName: 'Odette',
  });
  const told = await garden.rows(
    "select from audit_entry where table_name = 'donor' and (before::text like '%Lointaine%' or after::text like '%Lointaine%' or after::text like '%odette@%')",
  );
  expect(told).toEqual([]);
});

test('a customer who is erased is no donor by name any more, and gives nothing every month', async () => {
  const lea = await garden.customer('Effacée', { email: 'effacee@exemple.test' });
  const given = await recordGift(garden.marie, { ...typed({ cents: 1100 }), customer: lea }, today);
  const own = { ...garden.own, customerId: lea };
  expect((await giveOwn(own, { key: 'mensuel-effacee', choice: 'autre', other: '5', how: 'monthly' }, '/', today)).ok).toBe(true);
  await inGarden(garden.marie, async (tx) => {
    await sql`select forget_giving(${lea}, ${today}), forget_customer(${lea})`.execute(tx);
  });
  expect(await giftPage(garden.marie, given.ok ? given.value.id : 0, today)).toMatchObject({ name: 'Donateur effacé', cents: 1100 });
  const left = await garden.rows<{ ends_on: Date }>(
    'select r.ends_on from regular_gift r join donor d on d.id = r.donor_id where d.customer_id = $1 and r.ends_on is null',
    [lea],
  );
  expect(left).toEqual([]);
});

test('the ledger is whole, and what gifts say is what it holds', booksAgree);
