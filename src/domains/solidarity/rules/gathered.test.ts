import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnOf, gathered, type ToldEnvelope } from './gathered.ts';

const gift = (id: number, cents: number, more: Partial<ToldEnvelope> = {}): ToldEnvelope => ({
  ...{ id, funderId: 6, funder: 'Dons', startsOn: `2026-01-0${id}`, endsOn: null, cents, baskets: null, usedCents: 0, usedBaskets: 0 },
  ...{ note: 'Dons « Serre »', ofGift: true, ...more },
});

test('gifts of one campaign are one purse, since the first of them', () => {
  expect(
    gathered([gift(3, 3000, { usedCents: 1000, usedBaskets: 1 }), gift(1, 6000), gift(2, 500, { note: 'Dons « Autre »' })]),
  ).toMatchObject([
    { id: 3, many: 2, startsOn: '2026-01-01', cents: 9000, usedCents: 1000, usedBaskets: 1 },
    { id: 2, many: 1, cents: 500 },
  ]);
});

test('what somebody wrote by hand stands as it was written', () => {
  const written = [gift(1, 1000, { ofGift: false }), gift(2, 1000, { ofGift: false })];
  expect(gathered(written).map(({ id, many }) => [id, many])).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

test('law: nothing given or used is lost', () => {
  const some = fc.array(
    fc
      .record({
        id: fc.integer({ min: 1, max: 9 }),
        cents: fc.nat(5000),
        usedCents: fc.nat(900),
        ofGift: fc.boolean(),
        funderId: fc.integer({ min: 1, max: 3 }),
      })
      .map(({ id, cents, ...more }) => gift(id, cents, more)),
    { maxLength: 8 },
  );
  const sum = (all: readonly ToldEnvelope[], key: 'cents' | 'usedCents') => all.reduce((total, one) => total + one[key]!, 0);
  fc.assert(
    fc.property(
      some.map((all) => all.map((one, at) => ({ ...one, id: at + 1 }))),
      (all) => {
        for (const key of ['cents', 'usedCents'] as const) expect(sum(gathered(all), key)).toBe(sum(all, key));
      },
    ),
  );
});

test('what is drawn: of euros or of baskets, whichever is further; nothing left of nothing', () => {
  const limits = { cents: 1000, usedCents: 250, baskets: 10, usedBaskets: 9 };
  expect(drawnOf(limits)).toBe(0.9);
  expect(drawnOf({ ...limits, baskets: null })).toBe(0.25);
  expect(drawnOf({ ...limits, cents: 0, usedCents: 0, baskets: null })).toBe(1);
  expect(drawnOf({ ...limits, cents: null, baskets: null })).toBe(0);
});
