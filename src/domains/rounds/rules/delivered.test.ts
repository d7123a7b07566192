import { expect, test } from 'vitest';
import { settle, whyNotYet } from './delivered.ts';

test('142 baskets, 2 missing (one credit, one to make up), 1 refused, 3 not collected: 139 delivered', () => {
  const settled = settle(142, [
    { kind: 'missing', quantity: 1, remedy: 'credit' },
    { kind: 'missing', quantity: 1, remedy: 'make_up' },
    { kind: 'refused', quantity: 1, remedy: null },
    { kind: 'unclaimed', quantity: 3, remedy: 'credit' },
  ]);
  // 142 − 2 − 1 = 139; the three that wait at the depot were delivered.
  expect(settled).toEqual({
    ...{ baskets: 142, delivered: 139, credits: 4, makeUps: 1 },
    byKind: [
      { kind: 'missing', quantity: 2 },
      { kind: 'refused', quantity: 1 },
      { kind: 'unclaimed', quantity: 3 },
    ],
  });
  expect(settle(10, [])).toEqual({ baskets: 10, delivered: 10, byKind: [], credits: 0, makeUps: 0 });
});

test('done on its day or after; never before, never when closed or taken over', () => {
  const delivery = { date: '2025-10-22', closed: false, takenOver: false };
  expect(whyNotYet(delivery, '2025-10-22')).toBeNull();
  expect(whyNotYet(delivery, '2025-10-30')).toBeNull();
  expect(whyNotYet(delivery, '2025-10-21')).toContain('mercredi 22 octobre');
  expect(whyNotYet({ ...delivery, closed: true }, '2025-10-22')).toContain('n’a pas lieu');
  expect(whyNotYet({ ...delivery, takenOver: true }, '2025-10-22')).toContain('changement d’outil');
});
