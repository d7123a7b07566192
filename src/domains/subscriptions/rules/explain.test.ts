import { expect, test } from 'vitest';
import { explain } from './explain.ts';
import { asked, invented, seasonOf, withClosings, yearOf } from './invented.ts';
import type { PlannedDelivery, PlannedRequest } from './plan.ts';

const week = (number: number, change: object = {}) => ({ ...yearOf(2025, 4)[number - 1]!, ...change });
const request = (id: number, from: number, to?: number) => asked(to ? 'postpone' : 'cancel', from, { id, toWeek: to ?? null });
const lines = (said: Parameters<typeof invented>[0], deliveries: PlannedDelivery[], requests: PlannedRequest[]) =>
  explain(invented(said), seasonOf(deliveries), requests).lines;
const told = (...given: Parameters<typeof lines>) =>
  lines(...given).map(({ week, usual, quantity, reasons }) => [week, usual, quantity, reasons.map((reason) => reason.kind)]);

test('without requests, each week is as usual', () => {
  expect(told({}, [week(19), week(20)], [])).toEqual([
    [19, 1, 1, []],
    [20, 1, 1, []],
  ]);
});

test('a cancellation, and a postponement on both sides', () => {
  expect(told({}, [week(43), week(44), week(45)], [request(1, 43, 44), request(2, 45)])).toEqual([
    [43, 1, 0, ['postponed_to']],
    [44, 1, 2, ['postponed_from']],
    [45, 1, 0, ['cancelled']],
  ]);
});

test('a basket postponed to a week that is not its own', () => {
  expect(told({ frequency: 'odd_weeks' }, [week(43), week(44)], [request(1, 43, 44)])).toEqual([
    [43, 1, 0, ['postponed_to']],
    [44, 0, 1, ['postponed_from']],
  ]);
});

test('a delivery that moves says so; a closed week is told only when it was its own', () => {
  const may = week(19, { date: '2025-05-07' });
  expect(lines({}, [may], [])[0]?.reasons).toEqual([{ kind: 'moved', usualDate: '2025-05-08', date: '2025-05-07' }]);
  expect(told({ frequency: 'even_weeks' }, [week(52, { closed: true }), week(51, { closed: true })], [])).toEqual([[52, 0, 0, ['closed']]]);
});

test('a request that cannot be carried out explains nothing', () => {
  const { lines, problems } = explain(invented(), seasonOf([week(43), week(44, { closed: true })]), [request(7, 43, 44)]);
  expect(problems).toEqual([{ requestId: 7, problem: 'no_delivery' }]);
  expect(lines.map((line) => [line.quantity, line.reasons.map((reason) => reason.kind)])).toEqual([
    [1, []],
    [0, ['closed']],
  ]);
});

test('every other reason is told', () => {
  const place = { slotId: 1, tourId: 1 };
  const deliveries = [43, 44, 45, 46, 47].map((number) => week(number));
  const requests = [
    asked('gift', 43),
    asked('double', 44),
    asked('move', 45, { place }),
    asked('manual', 46, { quantity: 3 }),
    asked('make_up', 47),
  ];
  expect(told({}, deliveries, requests)).toEqual([
    [43, 1, 0, ['given']],
    [44, 1, 2, ['doubled']],
    [45, 1, 1, ['elsewhere']],
    [46, 1, 3, ['by_hand']],
    [47, 1, 2, ['made_up']],
  ]);
  expect(told({ basketCount: 1 }, deliveries.slice(0, 2), [])).toEqual([
    [43, 1, 1, []],
    [44, 1, 0, ['used_up']],
  ]);
  expect(told({ awaiting: true }, deliveries.slice(0, 1), [])).toEqual([[43, 1, 0, ['awaiting']]]);
  const closed = withClosings(seasonOf(deliveries.slice(0, 1)), {
    slotId: 1,
    fromOn: '2025-01-01',
    untilOn: '2025-12-31',
    replacement: null,
  });
  expect(explain(invented(), closed, []).lines).toMatchObject([
    { quantity: 0, reasons: [{ kind: 'slot_closed', slotId: 1, replaced: false }] },
  ]);
});
