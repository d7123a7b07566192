import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentState, dueOf, sayItem } from './money-due.ts';

const today = '2025-10-20';

test('what is to pay, late, in hand, and on its way', () => {
  const open = [
    { dueOn: '2025-10-01', left: 1000 },
    { dueOn: '2025-11-01', left: 2500 },
  ];
  expect(dueOf(open, 0, today)).toEqual({ total: 3500, late: 1000, inHand: 0, onTheWay: 0, toPay: 3500 });
  expect(dueOf(open, 1500, today)).toEqual({ total: 3500, late: 0, inHand: 0, onTheWay: 1500, toPay: 2000 });
  expect(dueOf([{ dueOn: today, left: 1000 }], 0, today).late).toBe(0);
  expect(dueOf([{ dueOn: '2025-10-01', left: -800 }], 0, today)).toEqual({ total: 0, late: 0, inHand: 800, onTheWay: 0, toPay: 0 });
});

test('nobody is asked more than is owed, nor less than nothing', () => {
  const item = fc.record({ dueOn: fc.constantFrom('2025-09-01', '2025-10-20', '2025-12-01'), left: fc.integer({ min: -5000, max: 5000 }) });
  fc.assert(
    fc.property(fc.array(item), fc.integer({ min: -9000, max: 9000 }), (open, onTheWay) => {
      const due = dueOf(open, onTheWay, today);
      expect(due.toPay).toBeGreaterThanOrEqual(0);
      expect(due.toPay + due.onTheWay).toBe(due.total);
      expect(due.late).toBeLessThanOrEqual(due.total);
      expect(due.total - due.inHand).toBe(open.reduce((sum, { left }) => sum + left, 0));
    }),
  );
});

test('where a document stands', () => {
  const invoice = { kind: 'invoice' as const, dueOn: '2025-10-31', grossCents: 2000 };
  expect(documentState(invoice, 0, today)).toBe('paid');
  expect(documentState(invoice, 2000, today)).toBe('to_pay');
  expect(documentState(invoice, 500, today)).toBe('partly');
  expect(documentState({ ...invoice, dueOn: '2025-10-19' }, 500, today)).toBe('late');
  expect(documentState({ ...invoice, kind: 'credit_note' }, -500, today)).toBe('credit');
});

test('what is open is told by its document, or by its words without the customer’s name', () => {
  expect(sayItem({ document: 3, piece: 'F2026-01726', label: 'Facture F2026-01726 Collet Lise' }, 'Lise Collet')).toBe(
    'Facture F2026-01726',
  );
  expect(sayItem({ document: null, piece: 'AN', label: 'Solde repris, Collet Lise' }, 'Lise Collet')).toBe('Solde repris');
  expect(sayItem({ document: null, piece: 'R4', label: 'Règlement rejeté' }, 'Lise Collet')).toBe('Règlement rejeté');
});
