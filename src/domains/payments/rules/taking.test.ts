import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Sale, takingLines, vatRates, whyNotTaking } from './taking.ts';

const sale = (grossCents: number, vatBasisPoints = 550): Sale => ({ label: 'Légumes', account: '701000', vatBasisPoints, grossCents });
const receipt = (amount: number, method = 1, account = '530000') => ({ method, account, amount });

test('both sides agree to the cent, or it is said by how much they do not', () => {
  expect(whyNotTaking([sale(1055)], [receipt(1000), receipt(55)])).toBeNull();
  expect(whyNotTaking([sale(1055)], [receipt(1000)])).toMatch(/0,55\s€ d’écart/);
  expect(whyNotTaking([], [])).toBe('Écrivez ce qui a été vendu.');
});

test('sales stand without VAT, VAT apart', () => {
  expect(takingLines([sale(1055)], [receipt(1055)], 3)).toEqual([
    { account: '530000', amount: 1055 },
    { account: '701000', amount: -1000, activity: 3, label: 'Légumes' },
    { account: '445710', amount: -55, label: 'TVA 5,5 %' },
  ]);
});

test('law: whatever is sold and at whatever rate, the entry of a taking whose sides agree sums to zero', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 500_000 }), fc.constantFrom(...vatRates)), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 100 }),
      (sold, part) => {
        const sales = sold.map(([gross, rate]) => sale(gross, rate));
        const total = sales.reduce((sum, { grossCents }) => sum + grossCents, 0);
        const cash = Math.floor((total * part) / 100);
        const receipts = [receipt(cash), receipt(total - cash, 2, '511200')].filter(({ amount }) => amount > 0);
        expect(whyNotTaking(sales, receipts)).toBeNull();
        expect(takingLines(sales, receipts, null).reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
      },
    ),
  ));
