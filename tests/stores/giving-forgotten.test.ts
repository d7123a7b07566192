import { expect, test } from 'vitest';
import {
  cancelReceipt,
  forgetOldDonors,
  makeReceipt,
  markReceiptPrinted,
  receiptPage,
  receiptPdf,
  receiptsPage,
  receiptsPdf,
} from '../../src/domains/giving/index.server.ts';
import { addDays, addMonths } from '../../src/kernel/day.ts';
import { garden, record, state, today, useGiving } from './giving.garden.ts';

/** Receipts say nobody any more once the time is over that they are kept for: six years from the day they were made. */

useGiving();
/** The last day of the six years, and the next. */
const last = addMonths(today, 72);
const after = addDays(last, 1);

const receiptOf = async (gift: number) => {
  const made = await makeReceipt(garden.marie, gift, today);
  if (!made.ok) throw new Error(made.reason);
  return made.value.id;
};
/** All that the database says of receipts and where they went. */
const saidOf = async () =>
  JSON.stringify(
    await garden.rows(`select to_jsonb(r) as a from receipt r union all select to_jsonb(c) from receipt_cancellation c
      union all select to_jsonb(s) from receipt_sending s
      union all select to_jsonb(a) from audit_entry a where a.table_name = 'receipt_sending'`),
  );

test('six years after: its number, day and amounts stay, nobody is said; the following one is as it was', async () => {
  await state();
  const [first, second] = [await record({ lastName: 'Zéphyrine', cents: 4200 }), await record({ lastName: 'Zéphyrine', cents: 1800 })];
  const old = await receiptOf(first);
  const other = await receiptOf(second);
  await garden.rows("insert into receipt_sending (garden_id, receipt_id, way, address) values ($1, $2, 'mail', 'zephyrine@exemple.test')", [
    garden.gardenId,
    old,
  ]);
  const cancelled = await cancelReceipt(garden.marie, other, { reason: 'Mme Zéphyrine Durand habite ailleurs', again: true }, today);
  const third = cancelled.ok ? cancelled.value.again! : 0;
  const declared = (await receiptsPage(garden.marie, 2025, today)).declared;
  expect(declared.person).toEqual({ receipts: 2, cents: 6000 });
  expect(await saidOf()).toMatch(/Zéphyrine/);

  // One day too soon, nothing of it goes; the donor, of whom nothing was heard for three years, does.
  expect(await forgetOldDonors(garden.marie, last)).toEqual({ promises: 0, donors: 2, receipts: 0 });
  expect((await receiptPage(garden.marie, old))!.content!.donor.lastName).toBe('Zéphyrine');
  expect(await forgetOldDonors(garden.marie, after)).toEqual({ promises: 0, donors: 0, receipts: 3 });
  expect(await forgetOldDonors(garden.marie, after)).toEqual({ promises: 0, donors: 0, receipts: 0 });

  const page = await receiptsPage(garden.marie, 2025, after);
  expect(page.rows.map(({ number, day, cents, name, forgotten }) => [number, day, cents, name, forgotten])).toEqual([
    ['RF2025-00003', today, 1800, 'Donateur effacé', after],
    ['RF2025-00002', today, 1800, 'Donateur effacé', after],
    ['RF2025-00001', today, 4200, 'Donateur effacé', after],
  ]);
  // What was declared of the year is what it was.
  expect(page.declared).toEqual(declared);
  expect(await saidOf()).not.toMatch(/Zéphyrine|zephyrine|verger|Odile/i);
  expect(await receiptPage(garden.marie, old)).toMatchObject({ content: null, number: 'RF2025-00001', donor: null });
  expect(await receiptPage(garden.marie, other)).toMatchObject({ cancelled: today, reason: 'Motif effacé', replacedBy: { id: third } });

  // It is not drawn, handed over, cancelled any more; its gift has no second one.
  expect(await receiptPdf(garden.marie, old)).toBeNull();
  expect(await receiptsPdf(garden.marie, 2025)).toBeNull();
  expect(await markReceiptPrinted(garden.marie, third, 0)).toMatchObject({ ok: false });
  expect(await cancelReceipt(garden.marie, third, { reason: 'Trop tard', again: true }, after)).toMatchObject({ ok: false });
  expect(await receiptOf(first)).toBe(old);
});

test('the database lets nothing else through: not too soon, not another change, not twice', async () => {
  const gift = await record({ lastName: 'Trop tôt', cents: 900 });
  const id = await receiptOf(gift);
  /** As the one function that may does it. */
  const update = async (set: string) => {
    await garden.rows('begin');
    try {
      await garden.rows("select set_config('app.forgetting', 'yes', true)");
      await garden.rows(`update receipt set ${set} where id = ${id}`);
      await garden.rows('commit');
    } catch (error) {
      await garden.rows('rollback');
      throw error;
    }
  };
  const forget = (on: string, more = '') => update(`donor_id = null, content = '{"gifts": []}', forgotten_on = '${on}'${more}`);
  await expect(garden.rows(`update receipt set forgotten_on = '${last}' where id = ${id}`)).rejects.toThrow(/append-only/);
  await expect(forget(addDays(last, -1))).rejects.toThrow(/append-only/);
  await expect(forget(last, ', cents = 1')).rejects.toThrow(/append-only/);
  await expect(forget(last, ", number = 'RF2025-99999'")).rejects.toThrow(/append-only/);
  await expect(update(`forgotten_on = '${last}', donor_id = null`)).rejects.toThrow(/append-only/);
  await forget(last);
  await expect(forget(after)).rejects.toThrow(/append-only/);
  await expect(garden.rows(`delete from receipt where id = ${id}`)).rejects.toThrow(/append-only/);
});
