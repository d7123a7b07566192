import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../kernel/day.ts';
import { type Agreed, carriedOn, holdsOn, owedOf, sayCarriedPrice } from './agreed.ts';

const agreed = (more: Partial<Agreed> = {}): Agreed => ({
  ...{ startsOn: '2026-10-01', endsOn: '2027-03-31', cents: 300, basisPoints: 3000, goesOn: false },
  ...more,
});
const season = { startsOn: '2027-01-01', endsOn: '2027-12-31' };

test('it is carried along until its last day; where nothing follows, the subscription stops with it', () => {
  expect(carriedOn(agreed(), season)).toEqual({ kind: 'lasts', period: { startsOn: '2027-01-01', endsOn: '2027-03-31' } });
  expect(carriedOn(agreed({ goesOn: true }), season)).toEqual({ kind: 'lasts', period: season });
  expect(carriedOn(agreed({ endsOn: null }), season)).toEqual({ kind: 'lasts', period: season });
});

test('over before: the price of all if that was agreed, else it is asked', () => {
  expect(carriedOn(agreed({ endsOn: '2026-12-31' }), season)).toEqual({ kind: 'asked' });
  expect(carriedOn(agreed({ endsOn: '2026-12-31', goesOn: true }), season)).toEqual({ kind: 'over' });
});

const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays('2026-01-01', days));
test('law: without an agreement for afterwards, no day of what is carried on is owed at the price of all', () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 0, max: 400 }),
      day,
      fc.integer({ min: 0, max: 400 }),
      fc.nat(800),
      (start, long, from, last, at) => {
        const one = agreed({ startsOn: start, endsOn: addDays(start, long) });
        // It holds until the day before: what is carried on follows it.
        fc.pre(one.startsOn <= from);
        const carried = carriedOn(one, { startsOn: from, endsOn: addDays(from, last) });
        if (carried.kind !== 'lasts') return carried.kind === 'asked';
        const { startsOn, endsOn } = carried.period;
        const some = addDays(startsOn, at);
        return startsOn <= endsOn && (some > endsOn || holdsOn(one, some));
      },
    ),
  );
});

test('law: never more than the price, the amount, or the part', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.option(fc.nat(5000)), fc.integer({ min: 0, max: 10_000 }), (price, cents, basisPoints) => {
      const owed = owedOf(price, agreed({ cents, basisPoints }));
      expect(owed).toBeLessThanOrEqual(price);
      expect(owed).toBeLessThanOrEqual(cents ?? price);
      expect(owed * 10_000).toBeLessThanOrEqual(price * basisPoints);
    }),
  );
});

test('it is said with what follows', () => {
  const until = '2027-03-31';
  const said = (...asked: Parameters<typeof sayCarriedPrice>) => sayCarriedPrice(...asked).replaceAll('\u00a0', ' ');
  expect(said(1000, '2027-12-31', null)).toBe('10,00 €');
  expect(said(1000, '2027-03-31', { ownCents: 300, until })).toBe('3,00 €');
  expect(said(1000, '2027-12-31', { ownCents: 300, until })).toBe('3,00 € jusqu’au mercredi 31 mars 2027, puis 10,00 €');
});
