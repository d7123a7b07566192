import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mostOfPerson, type PersonRule, personPart, rulesFor, type ShareRule, split, whyNotShares } from './shares.ts';

const everybody = { affiliation: '', place: '' } as const;
const rest = (funder: number, more: Partial<ShareRule> = {}): ShareRule => ({
  ...{ funder, kind: 'remainder', cents: null, basisPoints: null, ...everybody, ...more },
});
const amount = (funder: number, cents: number): ShareRule => ({ ...rest(funder), kind: 'amount', cents });
const percent = (funder: number, basisPoints: number): ShareRule => ({ ...rest(funder), kind: 'percent', basisPoints });
const pays = (cents: number): PersonRule => ({ cents, basisPoints: mostOfPerson });

describe('agreements as gardens have them', () => {
  test('a third, a third, a third: three who take what is left', () => {
    expect(split(1000, pays(0), [rest(1), rest(2), rest(3)])).toEqual({
      ...{ person: 0, left: 0 },
      parts: [
        { funder: 1, cents: 334 },
        { funder: 2, cents: 333 },
        { funder: 3, cents: 333 },
      ],
    });
  });
  test('3 € of 10 €, the rest from one', () => {
    expect(split(1000, pays(300), [rest(7)])).toEqual({ person: 300, parts: [{ funder: 7, cents: 700 }], left: 0 });
  });
  test('1,60 € of 16 €, the rest from CAF or MSA', () => {
    const rules = [rest(1, { affiliation: 'caf' }), rest(2, { affiliation: 'msa' })];
    const of = (affiliation: 'caf' | 'msa') => split(1600, pays(160), rulesFor(rules, { affiliation, place: '' })).parts;
    expect(of('caf')).toEqual([{ funder: 1, cents: 1440 }]);
    expect(of('msa')).toEqual([{ funder: 2, cents: 1440 }]);
    expect(whyNotShares(pays(160), rules, [1600])?.reason).toContain('sans caisse connue');
    const withOthers = [...rules, rest(3)];
    expect(whyNotShares(pays(160), withOthers, [1600])).toBeNull();
    // Who pays for everybody pays for those whom no fund knows, and for nobody else.
    expect(split(1600, pays(160), rulesFor(withOthers, { affiliation: 'caf', place: '' })).parts).toEqual([{ funder: 1, cents: 1440 }]);
    expect(split(1600, pays(160), rulesFor(withOthers, everybody)).parts).toEqual([{ funder: 3, cents: 1440 }]);
  });
  test('2,50 € of 13,80 €: so much from the national programme, half of it from the commune, the garden pays what is left', () => {
    expect(split(1380, pays(250), [amount(1, 400), percent(2, 5000), rest(3)])).toEqual({
      ...{ person: 250, left: 0 },
      parts: [
        { funder: 1, cents: 400 },
        { funder: 2, cents: 690 },
        { funder: 3, cents: 40 },
      ],
    });
  });
  test('more than 30 % is refused, of each basket', () => {
    expect(whyNotShares(pays(300), [rest(1)], [1000])).toBeNull();
    expect(whyNotShares(pays(300), [rest(1)], [1000, 999])?.field).toBe('person');
    // What it says can be acted upon: which price, and how much at most.
    expect(whyNotShares(pays(300), [rest(1)], [660, 1000, 999])?.reason).toMatch(/6,60\s€.* 1,98\s€ au plus/);
    expect(whyNotShares({ cents: null, basisPoints: 3334 }, [rest(1)], [1000])?.field).toBe('person');
  });
  test('a place is known whatever its accents and capitals', () => {
    expect(rulesFor([rest(1, { place: 'Épinal' })], { affiliation: '', place: ' epinal' })).toHaveLength(1);
  });
});

const rule = fc.record({
  funder: fc.integer({ min: 1, max: 5 }),
  kind: fc.constantFrom('amount' as const, 'percent' as const, 'remainder' as const),
  cents: fc.integer({ min: 0, max: 3000 }),
  basisPoints: fc.integer({ min: 0, max: 10_000 }),
  affiliation: fc.constantFrom('' as const, 'caf' as const, 'msa' as const),
  place: fc.constantFrom('', 'Metz', 'Thionville'),
});
const person = fc.record({ cents: fc.option(fc.integer({ min: 0, max: 3000 })), basisPoints: fc.integer({ min: 0, max: mostOfPerson }) });
const price = fc.integer({ min: 0, max: 6000 });

describe('laws', () => {
  test('shares add up to the price, and none is below zero', () => {
    fc.assert(
      fc.property(price, person, fc.array(rule, { maxLength: 6 }), (cents, own, rules) => {
        const { person: paid, parts, left } = split(cents, own, rules);
        expect(paid + left + parts.reduce((sum, part) => sum + part.cents, 0)).toBe(cents);
        expect(Math.min(paid, left, ...parts.map((part) => part.cents))).toBeGreaterThanOrEqual(0);
        expect(new Set(parts.map(({ funder }) => funder)).size).toBe(parts.length);
      }),
    );
  });
  test('nobody pays more than 30 %', () => {
    fc.assert(fc.property(price, person, (cents, own) => personPart(cents, own) * 10_000 <= cents * mostOfPerson));
  });
  test('in a programme that is accepted, nothing is left to pay, whoever comes', () => {
    const facts = fc.record({ affiliation: rule.map((one) => one.affiliation), place: rule.map((one) => one.place) });
    fc.assert(
      fc.property(
        fc.array(price, { minLength: 1, maxLength: 3 }),
        person,
        fc.array(rule, { maxLength: 5 }),
        facts,
        (prices, own, rules, who) => {
          if (whyNotShares(own, rules, prices)) return;
          for (const cents of prices) expect(split(cents, own, rulesFor(rules, who)).left).toBe(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
