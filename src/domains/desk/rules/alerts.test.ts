import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alertsOf, type Counts } from './alerts.ts';

const none: Counts = {
  ...{ signups: null, exceptions: null, requests: null, waiting: null, fullSlots: null },
  ...{
    failedMessages: null,
    onlineToRecord: null,
    rejected: null,
    late: null,
    referrals: null,
    undecided: null,
    lowEnvelopes: null,
    lateClaims: null,
  },
};

test('nothing to say when nothing is known or nothing is there', () => {
  expect(alertsOf(none)).toEqual([]);
  expect(alertsOf({ ...none, signups: 0, late: { customers: 0, cents: 0 } })).toEqual([]);
});

test('one, several, with a sum', () => {
  expect(alertsOf({ ...none, signups: 1 })[0]).toMatchObject({ text: '1 inscription à traiter', path: '/inscriptions' });
  expect(alertsOf({ ...none, signups: 3, late: { customers: 2, cents: 12_345 } }).map(({ text }) => text)).toEqual([
    '3 inscriptions à traiter',
    '2 clients en retard, 123,45\u00a0€',
  ]);
});

test('people who wait for an answer come first, and each count is said once', () => {
  const count = fc.option(fc.nat({ max: 50 }));
  fc.assert(
    fc.property(
      fc.record({
        signups: count,
        exceptions: count,
        waiting: count,
        referrals: count,
        undecided: count,
        lowEnvelopes: count,
        rejected: count,
        fullSlots: count,
      }),
      (some) => {
        const alerts = alertsOf({ ...none, ...some });
        expect(alerts.length).toBe(Object.values(some).filter((one) => one !== null && one > 0).length);
        const order = ['signups', 'exceptions', 'referrals', 'undecided', 'lowEnvelopes', 'rejected', 'waiting', 'fullSlots'];
        expect(alerts.map(({ key }) => key)).toEqual(order.filter((key) => alerts.some((one) => one.key === key)));
      },
    ),
  );
});
