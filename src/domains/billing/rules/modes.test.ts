import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BillingRhythm, billingRhythms, firstOfMonth, lastOfMonth } from '#domains/plans/rules/rhythm.ts';
import { type BillingMode, schedule } from '#domains/subscriptions/rules/schedule.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { lineAmounts } from './draft.ts';
import { type Billed, type BilledProduct, nothingBilled, type SubscriptionToBill, subscriptionLines } from './lines.ts';
import { itemsOf, owedToDate, worthOf } from './modes.ts';

const modes: BillingMode[] = ['arrears', 'instalments', 'prepaid', 'pack'];
const start = '2025-01-01';
const products = new Map<number, BilledProduct>(
  [1, 2].map((id) => [id, { name: 'Simple', basket: true, vatBasisPoints: 550, account: '701000', activity: 'MAR' }]),
);

/** A season: a basket on some of its Wednesdays, one or two at once, now and then of another product at another price. */
const seasonOf = (maxBaskets = 52) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 51 }), { minLength: 1, maxLength: maxBaskets })
    .chain((weeks) =>
      fc.tuple(
        fc.constant(weeks.toSorted((a, b) => a - b)),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: weeks.length, maxLength: weeks.length }),
        fc.array(fc.constantFrom(1380, 1380, 1380, 2370), { minLength: weeks.length, maxLength: weeks.length }),
      ),
    )
    .map(([weeks, quantities, prices]) =>
      weeks.map((week, at) => ({
        ...{
          date: addDays('2025-01-01', week * 7),
          product: prices[at] === 1380 ? 1 : 2,
          quantity: quantities[at]!,
          price: prices[at]!,
          fee: 0,
        },
      })),
    );
const rhythm = fc.constantFrom(...billingRhythms);
const count = fc.option(fc.integer({ min: 1, max: 15 }), { nil: null });

type Season = SubscriptionToBill['baskets'];
const plain = (
  mode: BillingMode,
  baskets: Season,
  terms: { count: number | null; rhythm: BillingRhythm },
  more: Partial<SubscriptionToBill> = {},
): SubscriptionToBill => ({
  ...{ id: 1, mode, ...terms, startsOn: start, endsOn: '2025-12-31', basketCount: null, awaiting: false, before: 0 },
  ...{ usual: { product: 1, quantity: 1, price: 1380 }, baskets, billed: nothingBilled },
  instalments: schedule({ baskets, priceCents: 1, depositCents: 0, feeCents: 0 }, { mode: 'instalments', ...terms }).map(({ dueOn }) => ({
    dueOn,
    amount: 1000,
  })),
  ...more,
});

/** Bills what is to bill on a day, as issue() keeps it, and answers what was billed. */
function bill(one: SubscriptionToBill, until: Day): { one: SubscriptionToBill; gross: number } {
  const lines = subscriptionLines(one, until, products);
  const gross = lines.reduce((total, line) => total + lineAmounts(line).gross, 0);
  const own = lines.filter(({ kind }) => kind !== 'delivery_fee');
  const billed: Billed = {
    items: itemsOf([
      ...one.billed.items,
      ...own
        .filter(({ product }) => product)
        .map((line) => ({ product: line.product!, price: line.unitPrice, quantity: line.quantity / 1000 })),
    ]),
    amount: one.billed.amount + own.filter(({ product }) => !product).reduce((total, { unitPrice }) => total + unitPrice, 0),
    fees: [
      ...one.billed.fees,
      ...lines
        .filter(({ kind }) => kind === 'delivery_fee')
        .map(({ unitPrice, quantity }) => ({ price: unitPrice, quantity: quantity / 1000 })),
    ],
  };
  return { one: { ...one, billed }, gross };
}

const days = fc
  .uniqueArray(fc.integer({ min: 0, max: 380 }), { maxLength: 14 })
  .map((some) => some.toSorted((a, b) => a - b).map((day) => addDays(start, day)));

describe('laws', () => {
  test('in arrears, what was billed is what was delivered at its price, on the last day of any period', () => {
    fc.assert(
      fc.property(seasonOf(), days, fc.integer({ min: 1, max: 12 }), (baskets, runs, month) => {
        const end = lastOfMonth(`2025-${String(month).padStart(2, '0')}-01`);
        let state = plain('arrears', baskets, { count: null, rhythm: 'month' });
        let gross = 0;
        for (const until of [...runs.filter((day) => day <= end), end]) {
          const done = bill(state, until);
          [state, gross] = [done.one, gross + done.gross];
        }
        expect(gross).toBe(worthOf(baskets.filter(({ date }) => date <= end)));
      }),
    );
  });

  test('whatever the mode, the rhythm and the days of the runs, all are billed the same in the end: what was delivered', () => {
    fc.assert(
      fc.property(seasonOf(), rhythm, count, days, (baskets, rhythm, count, runs) => {
        const billed = modes.map((mode) => {
          let [state, gross] = [plain(mode, baskets, { count, rhythm }), 0];
          for (const until of [...runs, '2026-02-01']) {
            const done = bill(state, until);
            [state, gross] = [done.one, gross + done.gross];
          }
          return gross;
        });
        expect(billed).toEqual(modes.map(() => worthOf(baskets)));
      }),
    );
  });

  test('… also when baskets go missing, are added or change their price after they were billed', () => {
    fc.assert(
      fc.property(seasonOf(), seasonOf(), rhythm, count, days, (planned, received, rhythm, count, runs) => {
        for (const mode of modes) {
          let [state, gross] = [plain(mode, planned, { count, rhythm }), 0];
          for (const until of runs) {
            const done = bill(state, until);
            [state, gross] = [done.one, gross + done.gross];
          }
          gross += bill({ ...state, baskets: received }, '2026-02-01').gross;
          expect(gross).toBe(worthOf(received));
        }
      }),
    );
  });

  test('billed twice on a day, the second time there is nothing to bill; credited whole, all is to bill again', () => {
    fc.assert(
      fc.property(seasonOf(), rhythm, count, days, fc.constantFrom(...modes), (baskets, rhythm, count, runs, mode) => {
        let state = plain(mode, baskets, { count, rhythm });
        for (const until of runs) {
          const before = state;
          const done = bill(state, until);
          expect(subscriptionLines(done.one, until, products)).toEqual([]);
          // Credit notes give back what stood before: the same lines are to bill.
          expect(bill(before, until).gross).toBe(done.gross);
          state = done.one;
        }
      }),
    );
  });

  test('the schedule that is shown is what is billed, month after month, as long as nothing changes', () => {
    fc.assert(
      fc.property(seasonOf(), rhythm, count, fc.constantFrom(...modes), (given, rhythm, count, mode) => {
        // One price, as it is signed.
        const baskets = given.map((basket) => ({ ...basket, product: 1, price: 1380 }));
        const terms = { mode, count, rhythm };
        const shown = schedule({ baskets, priceCents: 1380, depositCents: 0, feeCents: 0, startsOn: start }, terms);
        const instalments = shown.map(({ dueOn, cents }) => ({ dueOn, amount: cents }));
        const one = plain(mode, baskets, terms, { instalments: mode === 'instalments' ? instalments : [] });
        const over = baskets.at(-1)!.date;
        for (let month = start; month <= '2025-12-01'; month = firstOfMonth(month, 1)) {
          const end = lastOfMonth(month);
          // What is settled in the end is shown with the last delivery, and billed once the subscription is over.
          if (end >= over && end < one.endsOn) continue;
          const { items, amount } = owedToDate(one, end);
          // In arrears, a payment is asked for once its period is over.
          const due = shown.filter(
            ({ dueOn }) => dueOn <= end && (mode !== 'arrears' || end >= one.endsOn || periodIsOver(rhythm, dueOn, end)),
          );
          expect(worthOf(items) + amount).toBe(due.reduce((total, { cents }) => total + cents, 0));
        }
      }),
    );
  });
});

/** Whether the period of a delivery is over on a day. */
function periodIsOver(rhythm: BillingRhythm, day: Day, on: Day): boolean {
  if (rhythm === 'delivery') return day <= on;
  const months = { month: 1, quarter: 3, half_year: 6, year: 12, once: 1200 }[rhythm];
  const at = (one: Day) => Math.floor((Number(one.slice(0, 4)) * 12 + Number(one.slice(5, 7)) - 1) / months);
  return at(addDays(on, 1)) > at(day);
}
