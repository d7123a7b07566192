import { describe, expect, test } from 'vitest';
import type { DeliveryState } from '#domains/logistics/rules/cutoff.ts';
import { asked, invented, seasonOf, yearOf } from './invented.ts';
import type { PlannedRequest } from './plan.ts';
import { type Ask, frozenBy, judgeAsk, type Standing } from './requests.ts';

const wednesday = (number: number, change: object = {}) => ({ ...yearOf(2025)[number - 1]!, ...change });
const states: Record<number, DeliveryState> = { 37: 'taken_over', 39: 'frozen', 40: 'frozen' };
const standing = (requests: PlannedRequest[] = []): Standing => ({
  subscription: invented({ frequency: 'odd_weeks' }),
  season: seasonOf([37, 39, 40, 43, 44, 45, 46, 47].map((number) => wednesday(number, { closed: number === 45 }))),
  stateOf: ({ week }) => states[week] ?? 'open',
  requests,
});
const in2025 = (number: number) => ({ year: 2025, week: number });
const cancel = (from: number): Ask => ({ kind: 'cancel', from: in2025(from), to: null });
const postpone = (from: number, to: number | null): Ask => ({ kind: 'postpone', from: in2025(from), to: to === null ? null : in2025(to) });
const stands = (from: number, to: number | null) => asked(to ? 'postpone' : 'cancel', from, { id: 9, toWeek: to });
const judge = (ask: Ask, requests: PlannedRequest[] = []) => judgeAsk(ask, standing(requests));

describe('asking', () => {
  test('the usual basket of an open week may be cancelled or postponed, earlier or later', () => {
    expect(judge(cancel(43))).toBeNull();
    expect(judge(postpone(43, 44))).toBeNull();
    expect(judge(postpone(47, 46))).toBeNull();
  });
  test('not when the delivery is frozen, or from before the garden changed tools', () => {
    expect(judge(cancel(39))).toEqual({ why: 'frozen', date: '2025-09-24' });
    expect(judge(cancel(37))).toMatchObject({ why: 'frozen' });
  });
  test('not when there is no basket that week', () => {
    expect(judge(cancel(44))).toEqual({ why: 'no_basket', postponedFrom: null });
    expect(judge(cancel(44), [stands(43, 44)])).toEqual({ why: 'no_basket', postponedFrom: in2025(43) });
    expect(judge(cancel(45))).toEqual({ why: 'closed_week' });
    expect(judge(cancel(3))).toMatchObject({ why: 'no_basket' });
  });
  test('not to a week that cannot take it', () => {
    expect(judge(postpone(43, 43))).toEqual({ why: 'same_week' });
    expect(judge(postpone(43, 45))).toEqual({ why: 'target_closed' });
    expect(judge(postpone(43, 40))).toEqual({ why: 'target_frozen', date: '2025-10-01' });
    expect(judge(postpone(43, 3))).toEqual({ why: 'no_target' });
    expect(judge(postpone(43, null))).toEqual({ why: 'no_target' });
  });
  test('once: the same again is no refusal, another one is', () => {
    expect(judge(postpone(43, 44), [stands(43, 44)])).toBe('again');
    expect(judge(cancel(43), [stands(43, null)])).toBe('again');
    expect(judge(cancel(43), [stands(43, 44)])).toMatchObject({ why: 'already_asked' });
    expect(judge(postpone(43, 46), [stands(43, 44)])).toMatchObject({ why: 'already_asked' });
  });
});

describe('withdrawing', () => {
  test('is free while both weeks are open', () => expect(frozenBy(stands(43, 44), standing(), true)).toBeNull());
  test('is stopped by either week', () => {
    expect(frozenBy(stands(43, 40), standing(), true)?.week).toBe(40);
    expect(frozenBy(stands(39, 44), standing(), true)?.week).toBe(39);
  });
  test('is always possible for a request without effect', () => expect(frozenBy(stands(39, 45), standing(), false)).toBeNull());
});
