import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admitted, comingIn, type Party } from './seats.ts';

test('in order of arrival, whoever fits', () => {
  const waiting = [4, 2, 1, 3].map((seats, at) => ({ id: at + 1, seats }));
  expect(comingIn(3, waiting)).toEqual([2, 3]);
  expect(comingIn(5, waiting)).toEqual([1, 3]);
  expect(comingIn(0, waiting)).toEqual([]);
  expect(comingIn(-2, waiting)).toEqual([]);
});

const parties = fc.array(fc.integer({ min: 1, max: 6 })).map((all): Party[] => all.map((seats, at) => ({ id: at, seats })));
const sum = (all: readonly Party[]) => all.reduce((total, { seats }) => total + seats, 0);

test('never more seats than there are, and nobody who would fit is left behind', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), parties, (free, waiting) => {
      const ids = new Set(comingIn(free, waiting));
      const [inside, outside] = [waiting.filter(({ id }) => ids.has(id)), waiting.filter(({ id }) => !ids.has(id))];
      expect(sum(inside)).toBeLessThanOrEqual(free);
      for (const party of outside) expect(party.seats).toBeGreaterThan(free - sum(inside));
    }),
  );
});

test('who comes in does not depend on who asked later', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), parties, parties, (free, first, later) => {
      const all = [...first, ...later.map(({ id, seats }) => ({ id: id + first.length, seats }))];
      expect(comingIn(free, all).filter((id) => id < first.length)).toEqual(comingIn(free, first));
    }),
  );
});

test('whatever comes and goes, seats are never exceeded and nobody waits for a seat that is free', () => {
  const move = fc.record({ leaves: fc.nat(30), seats: fc.integer({ min: 1, max: 5 }), goes: fc.boolean() });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(move, { maxLength: 40 }), (seats, moves) => {
      let parties: (Party & { state: 'enrolled' | 'waiting' })[] = [];
      const of = (state: 'enrolled' | 'waiting') => parties.filter((one) => one.state === state);
      for (const [id, { leaves, seats: asked, goes }] of moves.entries()) {
        if (goes) parties = parties.filter((_, at) => at !== leaves);
        else parties.push({ id, seats: asked, state: admitted(asked, seats - sum(of('enrolled'))) });
        const ids = new Set(comingIn(seats - sum(of('enrolled')), of('waiting')));
        parties = parties.map((one) => (ids.has(one.id) ? { ...one, state: 'enrolled' as const } : one));
        expect(sum(of('enrolled'))).toBeLessThanOrEqual(seats);
        for (const one of of('waiting')) expect(one.seats).toBeGreaterThan(seats - sum(of('enrolled')));
      }
    }),
  );
});
