import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Found } from './provider.ts';
import { nextCheck, type onlineStates, settleOnline } from './settle.ts';
import { gardenIn, tokenOf } from './token.ts';

const found = (state: Found['state'], cents = 4200): Found => ({ state, cents, payment: null });
const start = { state: 'open' as const, received: null, returned: false };

test('paid, refused, left, given back', () => {
  expect(settleOnline(start, found('paid'), false)).toEqual({ state: 'paid', receive: 4200, giveBack: null });
  expect(settleOnline(start, found('failed', 0), false)).toEqual({ state: 'failed', receive: null, giveBack: null });
  expect(settleOnline(start, found('expired', 0), false).state).toBe('abandoned');
  expect(settleOnline(start, found('open', 0), false).state).toBe('open');
  expect(settleOnline(start, found('open', 0), true).state).toBe('abandoned');
  // Given back before anybody here knew that it was paid: both are written.
  expect(settleOnline(start, found('refunded'), false)).toEqual({ state: 'refunded', receive: 4200, giveBack: 4200 });
  // Late: it was thought abandoned.
  expect(settleOnline({ ...start, state: 'abandoned' }, found('paid'), true)).toEqual({ state: 'paid', receive: 4200, giveBack: null });
});

const anyFound = fc.constantFrom<Found['state']>('open', 'paid', 'failed', 'expired', 'refunded').map((state) => found(state));

test('whatever is said, in any order and as often as one likes: received once, given back once, never more than received', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyFound, fc.boolean()), { maxLength: 12 }), (said) => {
      let known: { state: (typeof onlineStates)[number]; received: number | null; returned: boolean } = { ...start };
      let received = 0;
      let returned = 0;
      for (const [one, late] of said) {
        const then = settleOnline(known, one, late);
        received += then.receive ?? 0;
        returned += then.giveBack ?? 0;
        if (known.state === 'paid') expect(['paid', 'refunded']).toContain(then.state);
        if (known.state === 'refunded') expect(then.state).toBe('refunded');
        known = { state: then.state, received: known.received ?? then.receive, returned: known.returned || then.giveBack !== null };
      }
      const heard = said.map(([{ state }]) => state);
      expect(received).toBe(heard.includes('paid') || heard.includes('refunded') ? 4200 : 0);
      expect(returned).toBe(heard.includes('refunded') ? 4200 : 0);
    }),
  );
});

test('one asks again, less and less, and stops', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), (minutes) => {
      const wait = nextCheck(minutes);
      if (minutes >= 4320) expect(wait).toBeNull();
      else expect(wait).toBeGreaterThan(0);
    }),
  );
  let minutes = 0;
  let asked = 0;
  for (let wait = nextCheck(0); wait !== null; wait = nextCheck(minutes)) {
    minutes += wait;
    asked++;
  }
  expect(asked).toBeLessThan(20);
});

test('a token says its garden, and nothing else looks like one', () => {
  const secret = 'Zz0_-Zz0_-Zz0_-Zz0_-Zz';
  fc.assert(fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), (garden) => gardenIn(tokenOf(garden, secret)) === garden));
  for (const other of ['', '5', `0-${secret}`, `5-${secret}x`, `5-${secret.slice(1)}`, `5-${secret}/..`, `-${secret}`])
    expect(gardenIn(other)).toBeNull();
});
