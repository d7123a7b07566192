import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { kindOfJournal, type Movement, periodsOf, usualStatement, withoutKeys } from './statement.ts';

const move = (day: string, cents: number, kind: Movement['kind']): Movement => ({
  ...{ entry: 1, day, kind, label: 'x', reference: 'x', document: null, cents },
});

test('month by month: what was received, billed and paid, and what remains', () => {
  const periods = periodsOf(
    { from: '2025-09-15', until: '2025-11-20', opening: 500 },
    [{ day: '2025-09-17', product: 'Simple', quantity: 1, cents: 1380 }],
    [move('2025-09-30', 1380, 'billed'), move('2025-11-05', -1880, 'paid')],
  );
  expect(periods.map(({ from, until, totals, balance }) => ({ from, until, ...totals, balance }))).toEqual([
    { from: '2025-09-15', until: '2025-09-30', received: 1380, billed: 1380, paid: 0, other: 0, balance: 1880 },
    { from: '2025-11-01', until: '2025-11-20', received: 0, billed: 0, paid: 1880, other: 0, balance: 0 },
  ]);
});

test('whatever happened and however it is called, what remains is the opening balance plus every movement', () => {
  const movement = fc.record({
    days: fc.integer({ min: 0, max: 500 }),
    cents: fc.integer({ min: -99_999, max: 99_999 }),
    journal: fc.constantFrom('AN', 'VE', 'BQ', 'CA', 'OD', 'XX'),
  });
  fc.assert(
    fc.property(fc.array(movement), fc.integer({ min: -9999, max: 9999 }), (told, opening) => {
      const movements = told.map(({ days, cents, journal }) => move(addDays('2024-01-15', days), cents, kindOfJournal(journal)));
      const periods = periodsOf({ from: '2024-01-15', until: addDays('2024-01-15', 500), opening }, [], movements);
      expect(periods.at(-1)?.balance ?? opening).toBe(opening + movements.reduce((sum, { cents }) => sum + cents, 0));
      expect(periods.flatMap((period) => period.movements)).toHaveLength(movements.length);
      for (const { totals, movements: some } of periods)
        expect(totals.billed - totals.paid + totals.other).toBe(some.reduce((sum, { cents }) => sum + cents, 0));
    }),
  );
});

test('a year at most, and not before the garden changed tools', () => {
  expect(usualStatement('2025-11-22', null)).toEqual({ from: '2024-12-01', until: '2025-11-22' });
  expect(usualStatement('2025-12-05', null).from).toBe('2025-01-01');
  expect(usualStatement('2025-11-22', '2025-10-20').from).toBe('2025-10-20');
});

test('what machines call a payment is left out, what people wrote is not', () => {
  expect(withoutKeys('Carte en ligne pi_3Nx7Lk2eZvKYlo2C')).toBe('Carte en ligne');
  for (const label of ['Chèque 0012345', 'Virement de novembre', 'Prélèvement FRST-2026-11', 'Espèces'])
    expect(withoutKeys(label)).toBe(label);
});
