import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moving, type Standing } from './moving.ts';
import type { Envelope, Line } from './settle.ts';

const [town, garden] = [1, 2];
const basket = (day: string, more: Partial<Standing> = {}): Standing => ({
  ...{ path: 1, programme: 1, subscription: 1, day, unit: 1, product: 1, funder: town, envelope: null, cents: 530, ...more },
});
const envelope = (id: number, funder: number, more: Partial<Envelope> = {}): Envelope => ({
  ...{ id, programme: 1, funder, startsOn: '2025-01-01', endsOn: null, cents: null, baskets: null, usedCents: 0, usedBaskets: 0, ...more },
});
const said = (lines: readonly Line[]) =>
  lines.map(({ funder, envelope: of, quantity, cents }) => `${funder} ${of ?? '-'} ${quantity} ${cents}`);

test('what the one paid is taken back, and the other pays as much, out of its envelopes, those that end first', () => {
  const envelopes = [
    envelope(7, town, { cents: 5000, usedCents: 1060 }),
    envelope(8, garden, { cents: 600, endsOn: '2025-12-31' }),
    envelope(9, garden, { cents: 900 }),
  ];
  const moved = moving(
    [basket('2025-10-22', { envelope: 7 }), basket('2025-10-29', { envelope: 7 })],
    garden,
    [{ id: 1, whenShort: 'stop' }],
    envelopes,
  );
  // 530 of 600, then the 70 that are left and 460 of the next.
  expect('lines' in moved && said(moved.lines)).toEqual(['1 7 -1 -530', '2 8 1 530', '1 7 -1 -530', '2 8 1 70', '2 9 1 460']);
});

test('who has not enough is told how much, unless its envelope may go below zero', () => {
  const baskets = [basket('2025-10-22'), basket('2025-10-29')];
  const little = [envelope(8, garden, { cents: 600 })];
  expect(moving(baskets, garden, [{ id: 1, whenShort: 'next' }], little)).toEqual({ lacks: 460 });
  const allowed = moving(baskets, garden, [{ id: 1, whenShort: 'allow' }], little);
  expect('lines' in allowed && said(allowed.lines)).toEqual(['1 - -1 -530', '2 8 1 530', '1 - -1 -530', '2 8 1 530']);
  expect(moving([], garden, [], [])).toEqual({ lines: [] });
});

const anyBasket = fc.record({
  day: fc.constantFrom('2025-10-22', '2025-10-29', '2026-01-07'),
  cents: fc.integer({ min: 1, max: 1200 }),
  of: fc.constantFrom(null, 7),
});

test('laws: each basket keeps its price, nothing is asked of the one any more, no envelope goes below zero unless allowed', () => {
  fc.assert(
    fc.property(
      fc.array(anyBasket, { maxLength: 12 }),
      fc.constantFrom('stop' as const, 'next' as const, 'allow' as const),
      fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 3 }),
      (some, whenShort, rooms) => {
        const standing = some.map(({ of, ...one }, at) => basket(one.day, { subscription: at + 1, cents: one.cents, envelope: of }));
        const envelopes = [
          envelope(7, town, { cents: 100_000, usedCents: standing.reduce((sum, { cents, envelope: of }) => (of ? sum + cents : sum), 0) }),
          ...rooms.map((cents, at) => envelope(10 + at, garden, { cents, endsOn: at === 0 ? '2025-12-31' : null })),
        ];
        const moved = moving(standing, garden, [{ id: 1, whenShort }], envelopes);
        const asked = standing.reduce((sum, { cents }) => sum + cents, 0);
        if ('lacks' in moved) {
          expect(whenShort).not.toBe('allow');
          expect(moved.lacks).toBeGreaterThan(0);
          expect(moved.lacks).toBeLessThanOrEqual(asked);
          return;
        }
        const sum = (of: (line: Line) => boolean) => moved.lines.filter(of).reduce((all, { cents }) => all + cents, 0);
        for (const { subscription } of standing) expect(sum((line) => line.subscription === subscription)).toBe(0);
        expect(sum(({ funder }) => funder === town)).toBe(0 - asked);
        expect(sum(({ funder }) => funder === garden)).toBe(asked);
        if (whenShort !== 'allow')
          for (const one of envelopes) expect(one.usedCents + sum((line) => line.envelope === one.id)).toBeLessThanOrEqual(one.cents!);
      },
    ),
  );
});
