import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Standing } from '#domains/subscriptions/rules/capacity.ts';
import { answersMap } from './map.ts';
import { networkTextsOf, ownNetworkTexts } from './network-texts.ts';
import { placeState, sayDistance, sayPickup, sayTimes } from './places.ts';

const standing = (state: Standing['state'], left: number | null): Standing => ({ state, left, of: 8, fullOn: state === 'full' ? 8 : 0 });

test('a place stands as the best of its slots does', () => {
  expect(placeState(false, [standing('full', 0), standing('free', null)])).toBe('open');
  expect(placeState(false, [standing('full', 0), standing('partly', 0)])).toBe('few');
  expect(placeState(false, [standing('free', 3)])).toBe('few');
  expect(placeState(false, [standing('free', 4)])).toBe('open');
  expect(placeState(false, [standing('full', 0), standing('full', 0)])).toBe('full');
  // Out of season nothing speaks against it.
  expect(placeState(false, [undefined])).toBe('open');
  expect(placeState(false, [undefined, standing('full', 0)])).toBe('full');
  expect(placeState(true, [standing('full', 0)])).toBe('reserved');
});

const standings = fc.array(
  fc.option(
    fc
      .record({ of: fc.integer({ min: 1, max: 8 }), fullOn: fc.nat(8), left: fc.option(fc.nat(20)) })
      .filter(({ of, fullOn, left }) => fullOn <= of && (fullOn === 0 ? left !== 0 : left === 0))
      .map(({ of, fullOn, left }): Standing => ({ of, fullOn, left, state: fullOn === 0 ? 'free' : fullOn === of ? 'full' : 'partly' })),
    { nil: undefined },
  ),
);
const rank = { open: 2, few: 1, full: 0, reserved: -1 };

test('one more slot never closes a place, but for one alone that is known', () => {
  fc.assert(
    fc.property(standings, standings, (some, more) => {
      fc.pre(some.some((one) => one !== undefined));
      return rank[placeState(false, [...some, ...more])] >= rank[placeState(false, some)];
    }),
  );
});

test('when people come', () => {
  expect(sayPickup({ weekday: 3, pickup: '16h-19h', name: '' })).toBe('Mercredi 16h-19h');
  expect(sayPickup({ weekday: 5, pickup: '', name: 'armoire B' })).toBe('Vendredi (armoire B)');
  expect(
    sayTimes([
      { weekday: 3, pickup: '16h-19h', name: 'A' },
      { weekday: 3, pickup: '16h-19h', name: 'B' },
      { weekday: 5, pickup: '9h-12h', name: '' },
    ]),
  ).toBe('Mercredi 16h-19h, vendredi 9h-12h');
  expect(sayTimes([])).toBe('');
});

test.each([
  [0, '50 m'],
  [840, '850 m'],
  [950, '950 m'],
  [951, '1 km'],
  [980, '1 km'],
  [3240, '3,3 km'],
  [48_600, '49 km'],
])('%d metres', (metres, said) => {
  expect(sayDistance(metres).replace(/\u00a0/g, ' ')).toBe(said);
});

test('a distance is never said shorter than it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (metres) => {
      const [, number, unit] = /^([\d,]+)\u00a0(k?m)$/.exec(sayDistance(metres).replace(/\u202f/g, ''))!;
      return Number(number!.replace(',', '.')) * (unit === 'km' ? 1000 : 1) + 1e-6 >= metres;
    }),
  );
});

test('filters of the map add up', () => {
  const garden = { activities: ['baskets', 'shop'] as const, solidarity: true, openPlaces: 0 };
  expect(answersMap(garden, { activite: [], solidaire: false, places: false })).toBe(true);
  expect(answersMap(garden, { activite: ['shop'], solidaire: true, places: false })).toBe(true);
  expect(answersMap(garden, { activite: ['shop', 'eggs'], solidaire: false, places: false })).toBe(false);
  expect(answersMap(garden, { activite: [], solidaire: false, places: true })).toBe(false);
  expect(answersMap({ ...garden, solidarity: false }, { activite: [], solidaire: true, places: false })).toBe(false);
});

test('texts of the network: its own where it wrote some, and never a copy of those of the house', () => {
  const house = networkTextsOf({});
  expect(networkTextsOf({ title: 'Chez nous', lead: '' })).toEqual({ ...house, title: 'Chez nous' });
  expect(ownNetworkTexts(house)).toEqual({});
  expect(ownNetworkTexts({ ...house, title: 'Chez nous', how: '' })).toEqual({ title: 'Chez nous' });
});
