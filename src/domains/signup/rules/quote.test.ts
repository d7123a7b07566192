import fc from 'fast-check';
import { expect, test } from 'vitest';
import { schedule } from '#domains/subscriptions/rules/schedule.ts';
import { addDays } from '#kernel/day.ts';
import { type Asked, markOf, quoteOf } from './quote.ts';

const cents = fc.integer({ min: 0, max: 20_000 });
const asks = fc
  .record({
    count: fc.integer({ min: 1, max: 52 }),
    quantity: fc.integer({ min: 1, max: 4 }),
    priceCents: fc.integer({ min: 1, max: 5000 }),
    depotFeeCents: cents,
    topUpCents: cents,
    depositCents: cents,
    feeCents: cents,
    membershipCents: fc.option(cents),
    containerCents: fc.option(cents),
    mode: fc.constantFrom('arrears' as const, 'instalments' as const, 'prepaid' as const, 'pack' as const),
  })
  .map(({ count, quantity, membershipCents, containerCents, depositCents, feeCents, mode, ...rest }): Asked => {
    const baskets = Array.from({ length: count }, (_, week) => ({ date: addDays('2026-01-07', 7 * week), quantity }));
    return {
      ...rest,
      baskets: count * quantity,
      deliveries: count,
      membership:
        membershipCents === null ? null : { name: 'Adhésion', startsOn: '2026-01-01', endsOn: '2026-12-31', amountCents: membershipCents },
      container: containerCents === null ? null : { name: 'Sac', depositCents: containerCents },
      payments: schedule({ baskets, priceCents: rest.priceCents, depositCents, feeCents }, { mode, count: 10, rhythm: 'month' }),
    };
  });

test('lines add up to the total, and so do payments with what goes along with deliveries', () => {
  fc.assert(
    fc.property(asks, (asked) => {
      const { lines, totalCents, payments, alongCents } = quoteOf(asked);
      expect(lines.reduce((sum, line) => sum + line.cents, 0)).toBe(totalCents);
      expect(payments.reduce((sum, one) => sum + one.cents, alongCents)).toBe(totalCents);
      expect(lines[0]!.cents).toBe(asked.baskets * asked.priceCents);
    }),
  );
});

test('what costs nothing is not told; what is taken once comes with the first payment', () => {
  const { lines, payments } = quoteOf({
    ...{ priceCents: 1380, baskets: 2, deliveries: 2, depotFeeCents: 0, topUpCents: 50, container: null },
    membership: { name: 'Adhésion', startsOn: '2026-01-01', endsOn: '2026-12-31', amountCents: 1500 },
    payments: [
      { dueOn: '2026-01-07', baskets: 1, cents: 1380, depositCents: 2000, feeCents: 0 },
      { dueOn: '2026-02-04', baskets: 1, cents: 1380, depositCents: 0, feeCents: 0 },
    ],
  });
  expect(lines.map(({ label, cents: amount }) => [label, amount])).toEqual([
    ['2 paniers', 2760],
    ['Adhésion', 1500],
    ['Caution', 2000],
    ['Arrondi solidaire', 100],
  ]);
  expect(payments.map(({ cents: amount, what }) => [amount, what])).toEqual([
    [4880, '1 panier, adhésion, caution'],
    [1380, '1 panier'],
  ]);
});

test('the mark of an offer tells a cent, and a day', () => {
  fc.assert(
    fc.property(asks, fc.constantFrom('price', 'day', 'none'), (asked, change) => {
      const one = { quote: quoteOf(asked), dates: ['2026-01-07'], startsOn: '2026-01-07', endsOn: '2026-12-31' };
      const other = {
        ...one,
        quote: quoteOf({ ...asked, topUpCents: asked.topUpCents + (change === 'price' ? 1 : 0) }),
        dates: [change === 'day' ? '2026-01-08' : '2026-01-07'],
      };
      expect(markOf(one) === markOf(other)).toBe(change === 'none');
    }),
  );
});
