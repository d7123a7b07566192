import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../kernel/day.ts';
import { type AgreedNow, atAgreedPrice, takenAlong } from './agreed.ts';
import { schedule, type Terms } from './schedule.ts';

const now = (more: Partial<AgreedNow> = {}): AgreedNow => ({
  ...{ startsOn: '2026-01-01', endsOn: '2026-06-30', cents: 250, basisPoints: 3000, goesOn: false, covers: true, freeFrom: '2026-04-01' },
  ...more,
});
const spring = { startsOn: '2026-04-08', endsOn: '2026-12-31' };

describe('a subscription made by hand for who has an agreed price', () => {
  test.each([
    [
      'along, and it stops with it',
      now(),
      spring,
      { kind: 'along', period: { ...spring, endsOn: '2026-06-30' }, from: '2026-04-08', until: null },
    ],
    [
      'along, then the price of all',
      now({ goesOn: true }),
      spring,
      { kind: 'along', period: spring, from: '2026-04-08', until: '2026-06-30' },
    ],
    ['along for as long as it lasts', now({ endsOn: null }), spring, { kind: 'along', period: spring, from: '2026-04-08', until: null }],
    [
      'after the other one that has it',
      now({ freeFrom: '2026-05-01' }),
      spring,
      { kind: 'along', period: { ...spring, endsOn: '2026-06-30' }, from: '2026-05-01', until: null },
    ],
    ['the other one has it until it ends', now({ freeFrom: '2026-07-01' }), spring, { kind: 'left', why: 'busy' }],
    ['the other one has it until this one ends', now({ freeFrom: '2027-01-01', endsOn: null }), spring, { kind: 'left', why: 'busy' }],
    ['over before', now({ endsOn: '2026-04-07' }), spring, { kind: 'left', why: 'over' }],
    ['another plan', now({ covers: false }), spring, { kind: 'left', why: 'plan' }],
  ] as const)('%s', (_, agreed, period, taken) => expect(takenAlong(agreed, period)).toEqual(taken));

  const days = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2026-01-01', n));
  test('it holds within what was agreed and within the subscription, never with another one; nobody goes on who did not agree to', () => {
    fc.assert(
      fc.property(days, fc.option(days), days, days, days, fc.boolean(), (startsOn, last, freeFrom, one, other, goesOn) => {
        const endsOn = last !== null && last < startsOn ? startsOn : last;
        const agreed = now({ startsOn, endsOn, freeFrom, goesOn });
        const period = one < other ? { startsOn: one, endsOn: other } : { startsOn: other, endsOn: one };
        const taken = takenAlong(agreed, period);
        const latest = endsOn === null || endsOn > period.endsOn ? period.endsOn : endsOn;
        const first = [startsOn, freeFrom, period.startsOn].toSorted().at(-1)!;
        // It goes along exactly when there is a day for it.
        expect(taken.kind === 'along').toBe(first <= latest);
        if (taken.kind !== 'along') return;
        expect(taken.from).toBe(first);
        expect(taken.until ?? taken.period.endsOn).toBe(latest);
        expect(taken.period.startsOn).toBe(period.startsOn);
        if (!goesOn) expect(taken.until).toBeNull();
      }),
    );
  });

  const baskets = fc
    .uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 })
    .chain((weeks) =>
      fc
        .array(fc.integer({ min: 1, max: 3 }), { minLength: weeks.length, maxLength: weeks.length })
        .map((quantities) =>
          weeks.toSorted((a, b) => a - b).map((week, index) => ({ date: addDays('2026-01-07', 7 * week), quantity: quantities[index]! })),
        ),
    );
  test('payments add up to what is owed of each basket on its day, whatever the way they are made', () => {
    const modes = fc.record({
      mode: fc.constantFrom('arrears', 'prepaid', 'pack', 'instalments'),
      count: fc.option(fc.integer({ min: 1, max: 12 })),
      rhythm: fc.constantFrom('delivery', 'month', 'quarter'),
    });
    fc.assert(
      fc.property(baskets, modes, days, (some, terms, last) => {
        const payments = schedule({ baskets: some, priceCents: 1380, depositCents: 0, feeCents: 0 }, terms as Terms);
        const owedOn = (day: string) => (day <= last ? 250 : 1380);
        const agreed = atAgreedPrice(payments, some, owedOn);
        expect(agreed.reduce((sum, { cents }) => sum + cents, 0)).toBe(some.reduce((sum, one) => sum + one.quantity * owedOn(one.date), 0));
        expect(agreed.map(({ cents, ...one }) => one)).toEqual(payments.map(({ cents, ...one }) => one));
        // At the price of all, nothing changes.
        expect(atAgreedPrice(payments, some, () => 1380)).toEqual(payments);
      }),
    );
  });
});
