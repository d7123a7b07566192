import { expect, test } from 'vitest';
import { dayOfWeek } from '#kernel/day.ts';
import { explain } from './explain.ts';
import type { PlannedRequest, PlannedSubscription } from './plan.ts';

const subscription: PlannedSubscription = {
  slotId: 1,
  productId: 1,
  frequency: 'weekly',
  quantity: 1,
  priceCents: 1380,
  startsOn: '2025-01-01',
  endsOn: '2025-12-31',
};
const week = (number: number, change: object = {}) => {
  const usualDate = dayOfWeek({ year: 2025, week: number }, 4);
  return { id: number, year: 2025, week: number, usualDate, date: usualDate, closed: false, ...change };
};
const request = (id: number, from: number, to?: number): PlannedRequest => ({
  id,
  kind: to ? 'postpone' : 'cancel',
  year: 2025,
  week: from,
  toYear: to ? 2025 : null,
  toWeek: to ?? null,
});
const told = (...given: Parameters<typeof explain>) =>
  explain(...given).lines.map(({ delivery, usual, quantity, reasons }) => [
    delivery.id,
    usual,
    quantity,
    reasons.map((reason) => reason.kind),
  ]);

test('without requests, each week is as usual', () => {
  expect(told(subscription, [week(19), week(20)], [])).toEqual([
    [19, 1, 1, []],
    [20, 1, 1, []],
  ]);
});

test('a cancellation, and a postponement on both sides', () => {
  expect(told(subscription, [week(43), week(44), week(45)], [request(1, 43, 44), request(2, 45)])).toEqual([
    [43, 1, 0, ['postponed_to']],
    [44, 1, 2, ['postponed_from']],
    [45, 1, 0, ['cancelled']],
  ]);
});

test('a basket postponed to a week that is not its own', () => {
  expect(told({ ...subscription, frequency: 'odd_weeks' }, [week(43), week(44)], [request(1, 43, 44)])).toEqual([
    [43, 1, 0, ['postponed_to']],
    [44, 0, 1, ['postponed_from']],
  ]);
});

test('a delivery that moves says so; a closed week is told only when it was its own', () => {
  const may = week(19, { date: '2025-05-07' });
  expect(explain(subscription, [may], []).lines[0]?.reasons).toEqual([{ kind: 'moved', usualDate: '2025-05-08', date: '2025-05-07' }]);
  expect(told({ ...subscription, frequency: 'even_weeks' }, [week(52, { closed: true }), week(51, { closed: true })], [])).toEqual([
    [52, 0, 0, ['closed']],
  ]);
});

test('a request that cannot be carried out explains nothing', () => {
  const { lines, problems } = explain(subscription, [week(43), week(44, { closed: true })], [request(7, 43, 44)]);
  expect(problems).toEqual([{ requestId: 7, problem: 'no_delivery' }]);
  expect(lines.map((line) => [line.quantity, line.reasons.map((reason) => reason.kind)])).toEqual([
    [1, []],
    [0, ['closed']],
  ]);
});
