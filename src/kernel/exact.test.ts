import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dividedBy, exact, minus, plus, times, toDecimal, toNumber } from './exact.ts';

test('decimals that a machine cannot hold are held', () => {
  expect(toDecimal(plus(exact(1, 10), exact(2, 10)))).toBe('0.3');
  expect(toNumber(plus(exact(1, 10), exact(2, 10)))).toBe(0.3);
  expect(toDecimal(exact(-5, 100))).toBe('-0.05');
  expect(toDecimal(exact(0, 100))).toBe('0');
  expect(toDecimal(exact(7, -2))).toBe('-3.5');
  expect(toDecimal(exact(1, 3))).toBe(`0.${'3'.repeat(30)}`);
  expect(() => exact(1, 0)).toThrow();
});

const some = fc.tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 8n)).map(([top, over]) => exact(top, over));

test('what is added is taken away again, what is multiplied is divided', () => {
  fc.assert(
    fc.property(some, some, (a, b) => {
      expect(minus(plus(a, b), b)).toEqual(a);
      if (b.top !== 0n) expect(dividedBy(times(a, b), b)).toEqual(a);
    }),
  );
});
