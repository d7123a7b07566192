import { expect, test } from 'vitest';
import type { OwnLine } from '#domains/subscriptions/rules/own.ts';
import { cardsOf } from './baskets-cards.ts';

const place = (slotId: number) => ({
  slotId,
  depot: 'Gare',
  name: '',
  address: '',
  postcode: '',
  city: '',
  pickup: '',
  mention: '',
  weekday: 3 as const,
});
const line = (more: Partial<OwnLine>): OwnLine => ({
  ...{ subscriptionId: 1, year: 2025, week: 44, date: '2025-10-29', product: 'Simple', depot: 'Gare', quantity: 1, reasons: [], note: '' },
  ...{ frozen: false, canChange: true, outcomes: [], place: place(1), tourId: 1, productId: 1, until: '2025-10-26', told: null },
  ...more,
});

test('one card for a day and a place; what is not received stands after what is', () => {
  const cards = cardsOf([
    line({ date: '2025-11-05', week: 45 }),
    line({ subscriptionId: 3, quantity: 0, place: null }),
    line({}),
    line({ subscriptionId: 2, product: 'Pain', quantity: 2 }),
    line({ subscriptionId: 4, place: place(2) }),
  ]);
  expect(cards.map((card) => [card.date, card.place?.slotId ?? null, card.quantity, card.lines.map((one) => one.subscriptionId)])).toEqual([
    ['2025-10-29', 1, 3, [1, 2]],
    ['2025-10-29', 2, 1, [4]],
    ['2025-10-29', null, 0, [3]],
    ['2025-11-05', 1, 1, [1]],
  ]);
});

test('asking goes through the first line that still changes, up to the latest day of all', () => {
  const [card] = cardsOf([
    line({ until: null, frozen: true }),
    line({ subscriptionId: 2, until: '2025-10-25' }),
    line({ subscriptionId: 5, until: '2025-10-26' }),
  ]);
  expect([card!.first?.subscriptionId, card!.until, card!.frozen]).toEqual([2, '2025-10-26', false]);
  expect(cardsOf([line({ until: null, frozen: true })])[0]).toMatchObject({ first: null, until: null, frozen: true });
  expect(cardsOf([])).toEqual([]);
});
