import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Envelope, type Line, type Programme, type Received, settling, type Written } from './settle.ts';
import type { ShareRule } from './shares.ts';

const rule = (funder: number, more: Partial<ShareRule> = {}): ShareRule => ({
  ...{ funder, kind: 'remainder', cents: null, basisPoints: null, affiliation: '', place: '', ...more },
});
const envelope = (id: number, funder: number, more: Partial<Envelope> = {}): Envelope => ({
  ...{ id, programme: 1, funder, startsOn: '2025-01-01', endsOn: null, cents: null, baskets: null, usedCents: 0, usedBaskets: 0, ...more },
});
const basket = (day: string, more: Partial<Received> = {}): Received => ({
  ...{
    subscription: 1,
    day,
    unit: 1,
    path: 1,
    programme: 1,
    person: { affiliation: '', place: '' },
    product: 1,
    price: 1380,
    own: 250,
    ...more,
  },
});
const programme = (whenShort: Programme['whenShort'], ...shares: ShareRule[]): Programme => ({ id: 1, whenShort, shares });
const said = (lines: readonly Line[]) =>
  lines.map(({ day, funder, envelope, cents }) => `${day.slice(8)} ${funder ?? 'elle'} ${envelope ?? '-'} ${cents}`);

/** What stands once lines are written. */
function stored(lines: readonly Line[]): Written[] {
  const units = Map.groupBy(lines, ({ subscription, day, unit, path, product }) =>
    JSON.stringify({ subscription, day, unit, path, product }),
  );
  return [...units].flatMap(([key, some]) => {
    const payers = [...Map.groupBy(some, ({ funder, envelope }) => `${funder} ${envelope}`).values()]
      .map((same) => ({
        funder: same[0]!.funder,
        envelope: same[0]!.envelope,
        cents: same.reduce((sum, { cents }) => sum + cents, 0),
        net: same.reduce((sum, { quantity }) => sum + quantity, 0),
      }))
      .filter(({ cents, net }) => cents !== 0 || net !== 0)
      .map(({ net: _, ...payer }) => payer);
    return payers.length > 0 ? [{ ...JSON.parse(key), payers }] : [];
  });
}
const emptied = (envelopes: readonly Envelope[], lines: readonly Line[]): Envelope[] =>
  envelopes.map((one) => {
    const own = lines.filter(({ envelope }) => envelope === one.id);
    return {
      ...one,
      usedCents: one.usedCents + own.reduce((sum, { cents }) => sum + cents, 0),
      usedBaskets: one.usedBaskets + own.reduce((sum, { quantity }) => sum + quantity, 0),
    };
  });

describe('an envelope that has not enough left', () => {
  const two = [basket('2025-10-01'), basket('2025-10-08')];
  test('stop: the basket waits for somebody to decide, and is told', () => {
    const { lines, waiting, short } = settling(two, [], [programme('stop', rule(5))], [envelope(1, 5, { cents: 2000 })]);
    expect(said(lines)).toEqual(['01 elle - 250', '01 5 1 1130']);
    expect(waiting.map(({ day, funder }) => [day, funder])).toEqual([['2025-10-08', 5]]);
    expect(short).toEqual([{ programme: 1, funder: 5, day: '2025-10-08' }]);
  });
  test('next: it gives what it has, who comes next pays what is missing', () => {
    const shares = [rule(5), rule(6, { kind: 'amount', cents: 0 })];
    const { lines, waiting } = settling(two, [], [programme('next', ...shares)], [envelope(1, 5, { cents: 2000 })]);
    expect(said(lines)).toEqual(['01 elle - 250', '01 5 1 1130', '08 elle - 250', '08 5 1 870', '08 6 - 260']);
    expect(waiting).toEqual([]);
  });
  test('allow: it goes below zero', () => {
    const { lines } = settling(two, [], [programme('allow', rule(5))], [envelope(1, 5, { cents: 2000 })]);
    expect(said(lines).filter((line) => line.includes(' 5 '))).toEqual(['01 5 1 1130', '08 5 1 1130']);
  });
  test('counted in baskets, and by the days it covers; the one that ends first is drawn first', () => {
    const both = [envelope(1, 5, { baskets: 1 }), envelope(2, 5, { startsOn: '2025-10-05', endsOn: '2025-12-31', cents: 5000 })];
    const { lines } = settling(two, [], [programme('stop', rule(5))], both);
    expect(said(lines).filter((line) => line.includes(' 5 '))).toEqual(['01 5 1 1130', '08 5 2 1130']);
  });
});

test('a basket that was not received after all is taken back by its mirror, and its money serves again', () => {
  const first = settling([basket('2025-10-01')], [], [programme('stop', rule(5))], [envelope(1, 5, { cents: 1130 })]).lines;
  const left = emptied([envelope(1, 5, { cents: 1130 })], first);
  const then = settling([basket('2025-10-08')], stored(first), [programme('stop', rule(5))], left);
  expect(said(then.lines)).toEqual(['01 elle - -250', '01 5 1 -1130', '08 elle - 250', '08 5 1 1130']);
  expect(then.waiting).toEqual([]);
});

test('an agreement that changes leaves the past as it is; a price that changes does not', () => {
  const first = settling([basket('2025-10-01')], [], [programme('stop', rule(5))], []).lines;
  expect(settling([basket('2025-10-01')], stored(first), [programme('stop', rule(6))], []).lines).toEqual([]);
  expect(said(settling([basket('2025-10-01', { price: 1000 })], stored(first), [programme('stop', rule(6))], []).lines)).toEqual([
    ...['01 elle - -250', '01 5 - -1130', '01 elle - 250', '01 6 - 750'],
  ]);
});

const days = ['2025-10-01', '2025-10-08', '2025-10-15', '2025-10-22'];
const received = fc.uniqueArray(
  fc
    .record({
      subscription: fc.integer({ min: 1, max: 3 }),
      day: fc.constantFrom(...days),
      unit: fc.integer({ min: 1, max: 2 }),
      price: fc.integer({ min: 1, max: 3000 }),
      part: fc.integer({ min: 0, max: 3000 }),
      affiliation: fc.constantFrom('' as const, 'caf' as const, 'msa' as const),
    })
    .map(({ part, affiliation, ...one }) =>
      basket(one.day, { ...one, path: one.subscription, own: Math.floor((one.price * part) / 10_000), person: { affiliation, place: '' } }),
    ),
  { selector: ({ subscription, day, unit }) => `${subscription} ${day} ${unit}` },
);
const shares = fc.array(
  fc.record({
    funder: fc.integer({ min: 1, max: 4 }),
    kind: fc.constantFrom('amount' as const, 'percent' as const, 'remainder' as const),
    cents: fc.integer({ min: 0, max: 1500 }),
    basisPoints: fc.integer({ min: 0, max: 10_000 }),
    affiliation: fc.constantFrom('' as const, 'caf' as const),
    place: fc.constant(''),
  }),
  { minLength: 1, maxLength: 4 },
);
const some = fc
  .array(
    fc.record({
      funder: fc.integer({ min: 1, max: 4 }),
      startsOn: fc.constantFrom('2025-09-01', '2025-10-08'),
      endsOn: fc.constantFrom(null, '2025-10-15'),
      cents: fc.option(fc.integer({ min: 0, max: 4000 })),
      baskets: fc.option(fc.integer({ min: 0, max: 4 })),
    }),
    { maxLength: 5 },
  )
  .map((all) => all.map(({ funder, ...one }, index) => envelope(index + 1, funder, one)));
const whenShort = fc.constantFrom('stop' as const, 'next' as const, 'allow' as const);

describe('laws', () => {
  test('each basket is paid whole or waits; asked again, nothing is to write; envelopes stay above zero unless it is allowed', () => {
    fc.assert(
      fc.property(received, received, shares, some, whenShort, (before, now, rules, envelopes, when) => {
        const agreed = [programme(when, ...rules)];
        const first = settling(before, [], agreed, envelopes).lines;
        const between = emptied(envelopes, first);
        const { lines, waiting } = settling(now, stored(first), agreed, between);
        const all = stored([...first, ...lines]);
        expect(all.length + waiting.length).toBe(now.length);
        for (const one of all) {
          const wanted = now.find(
            ({ subscription, day, unit }) => subscription === one.subscription && day === one.day && unit === one.unit,
          )!;
          expect(one.payers.reduce((sum, { cents }) => sum + cents, 0)).toBe(wanted.price);
          expect(one.payers.find(({ funder }) => funder === null)?.cents).toBe(wanted.own);
        }
        const left = emptied(between, lines);
        if (when !== 'allow')
          for (const { cents, baskets, usedCents, usedBaskets } of left) {
            expect(usedCents).toBeLessThanOrEqual(cents ?? usedCents);
            expect(usedBaskets).toBeLessThanOrEqual(baskets ?? usedBaskets);
          }
        expect(settling(now, all, agreed, left).lines).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
