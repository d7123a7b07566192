import { expect, test } from 'vitest';
import {
  cancelGift,
  cancelReceipt,
  makeReceipt,
  makeYear,
  markReceiptPrinted,
  receiptPage,
  receiptPdf,
  receiptsPage,
} from '../../src/domains/giving/index.server.ts';
import { canReadBack, pagesOf } from '../../src/platform/pdf/read-back.ts';
import { booksAgree, garden, record, state, today, useGiving } from './giving.garden.ts';

useGiving();

test('receipts: only after the garden stated its right, by number without gaps, cancelled by another, duplicates marked', async () => {
  const id = await record({ cents: 12_345, lastName: 'Reçu' });
  expect(await makeReceipt(garden.marie, id, today)).toMatchObject({ ok: false });
  expect(await state({ articles: ['978'], body: 'general_interest' })).toMatchObject({
    ok: false,
    fields: { articles: expect.any(String) },
  });
  expect(await state({ sure: false })).toMatchObject({ ok: false, fields: { sure: expect.any(String) } });
  expect(await state()).toEqual({ ok: true, value: null });
  expect(await state()).toEqual({ ok: true, value: null });
  expect(await garden.rows('select id from giving_statement')).toHaveLength(1);

  const [made, again] = await Promise.all([makeReceipt(garden.marie, id, today), makeReceipt(garden.marie, id, today)]);
  expect(made).toEqual(again);
  const receipt = made.ok ? made.value.id : 0;
  expect(await receiptPage(garden.marie, receipt)).toMatchObject({
    number: 'RF2025-00001',
    cents: 12_345,
    gifts: 1,
    sent: null,
    cancelled: null,
  });
  // What is printed does not change with the donor nor with the garden.
  await garden.rows("update donor set last_name = 'Autre' where last_name = 'Reçu'");
  expect((await receiptPage(garden.marie, receipt))!.content!.donor.lastName).toBe('Reçu');
  expect(await cancelGift(garden.marie, id, 'Erreur', today)).toMatchObject({ ok: false, reason: /annulez d’abord le reçu/ });

  await markReceiptPrinted(garden.marie, receipt, 0);
  await markReceiptPrinted(garden.marie, receipt, 0);
  expect((await receiptPage(garden.marie, receipt))!.sendings).toHaveLength(1);
  if (canReadBack) expect(pagesOf((await receiptPdf(garden.marie, receipt))!.content)[0]).toContain('DUPLICATA');

  const cancelled = await cancelReceipt(garden.marie, receipt, { reason: 'Nom mal écrit', again: true }, today);
  expect(await cancelReceipt(garden.marie, receipt, { reason: 'Nom mal écrit', again: true }, today)).toEqual(cancelled);
  const next = cancelled.ok ? cancelled.value.again! : 0;
  expect(await receiptPage(garden.marie, next)).toMatchObject({
    number: 'RF2025-00002',
    replaces: { number: 'RF2025-00001' },
    content: { donor: { lastName: 'Autre' } },
  });
  expect(await receiptPage(garden.marie, receipt)).toMatchObject({ cancelled: today, replacedBy: { number: 'RF2025-00002' } });
  await expect(garden.rows('update receipt set cents = 1')).rejects.toThrow(/append-only/);
});

test('receipts of a year: one for each person, one for each gift of a company, none with a counterpart, none twice', async () => {
  await record({ lastName: 'Deux', cents: 1000, day: '2025-03-01' });
  const deux = (await garden.rows<{ id: string }>("select id from donor where last_name = 'Deux'"))[0]!.id;
  await record({ donor: Number(deux), cents: 2000, day: '2025-09-01' });
  const company = { kind: 'company', lastName: 'Mécène SA', siren: '784671695' } as const;
  await record({ ...company, cents: 70_000 });
  const mecene = (await garden.rows<{ id: string }>("select id from donor where last_name = 'Mécène SA'"))[0]!.id;
  await record({ donor: Number(mecene), cents: 30_000 });
  await record({ lastName: 'Contrepartie', counterpart: true });
  await record({ lastName: 'Sans adresse', address: '' });
  await record({ lastName: 'Discrète', receipts: 'none' });
  const waiting = (await receiptsPage(garden.marie, 2025, today)).waiting;
  expect(waiting.held.map(({ why }) => why).sort()).toEqual(['Ce don a une contrepartie.', 'Il manque l’adresse complète du donateur.']);
  const [one, two] = await Promise.all([makeYear(garden.marie, 2025, today), makeYear(garden.marie, 2025, today)]);
  const made = [one, two].flatMap((run) => (run.ok ? run.value : []));
  const sums = made.map(({ donor, cents }) => [donor, cents]);
  expect(sums).toContainEqual([Number(deux), 3000]);
  expect(sums.filter(([donor]) => donor === Number(mecene)).map(([, cents]) => cents)).toEqual([70_000, 30_000]);
  expect(await makeYear(garden.marie, 2025, today)).toEqual({ ok: true, value: [] });
  const numbers = await garden.rows<{ sequence: number }>('select sequence from receipt where year = 2025 order by sequence');
  expect(numbers.map(({ sequence }) => sequence)).toEqual(numbers.map((_, at) => at + 1));
  const page = await receiptsPage(garden.marie, 2025, today);
  const standing = page.rows.filter(({ cancelled }) => !cancelled);
  expect(page.declared.person.receipts + page.declared.company.receipts).toBe(standing.length);
  expect(page.declared.person.cents + page.declared.company.cents).toBe(standing.reduce((sum, { cents }) => sum + cents, 0));
  expect(page.declared.company.cents).toBe(100_000);
});

test('the ledger is whole, and what gifts say is what it holds', booksAgree);
