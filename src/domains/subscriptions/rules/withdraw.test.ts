import { describe, expect, test } from 'vitest';
import { counter } from './counter.ts';
import { asked, invented, judgedOn, seasonOf, yearOf } from './invented.ts';
import type { StandingRequest } from './requests.ts';
import { judgeWithdrawal } from './withdraw.ts';

const states = { 39: 'frozen', 40: 'frozen' } as const;
const season = seasonOf(yearOf(2025, 3, [45]), yearOf(2025, 5, [], 2));
const standing = (...requests: StandingRequest[]) => judgedOn(invented(), season, { states, requests });
const withdraw = (request: StandingRequest, ...others: StandingRequest[]) => judgeWithdrawal(request, standing(request, ...others));
const postponed = (from: number, toWeek: number) => asked('postpone', from, { toWeek });

describe('withdrawing', () => {
  test('is free while both weeks are open', () => expect(withdraw(postponed(43, 44))).toEqual({ how: 'whole' }));
  test('is stopped by either week', () => {
    expect(withdraw(postponed(43, 40))).toEqual({ why: 'frozen', date: '2025-10-01' });
    expect(withdraw(postponed(39, 44))).toEqual({ why: 'frozen', date: '2025-09-24' });
  });
  test('is always possible for a request without effect', () => expect(withdraw(postponed(39, 45))).toEqual({ how: 'whole' }));
  test('customers have the time that their plan leaves them', () => {
    const request = asked('cancel', 43);
    expect(judgeWithdrawal(request, standing(request), ({ week }) => week === 43)).toMatchObject({ why: 'frozen' });
  });
  test('a change of depot that has begun stops after its last frozen week', () => {
    const move = asked('move', 39, { untilWeek: 44, place: { slotId: 2, tourId: 2 } });
    expect(withdraw(move)).toEqual({ how: 'shortened', until: { year: 2025, week: 40 } });
    expect(withdraw({ ...move, untilWeek: 40 })).toMatchObject({ why: 'frozen' });
    expect(withdraw({ ...move, week: 41 })).toEqual({ how: 'whole' });
  });
  test('a cancelled basket that was made up stays cancelled', () => {
    const cancelled = asked('cancel', 46, { quantity: 1 });
    const owed: StandingRequest = { ...cancelled, remedy: 'make_up' };
    const madeUp = asked('make_up', 48, { quantity: 1 });
    expect(withdraw(owed, madeUp)).toEqual({ why: 'made_up' });
    expect(withdraw(owed)).toEqual({ how: 'whole' });
    expect(withdraw(madeUp, owed)).toEqual({ how: 'whole' });
  });
});

describe('what is owed', () => {
  const owed = (week: number, said: Partial<StandingRequest> = {}): StandingRequest => ({
    ...asked('cancel', week, { id: week }),
    remedy: 'make_up',
    ...said,
  });
  const count = (...requests: StandingRequest[]) => counter(standing(...requests)).owed;
  test('is what was cancelled to be made up, less what was made up', () => {
    expect(count(owed(43), owed(46, { quantity: 2 }), asked('make_up', 47, { quantity: 1 }))).toBe(2);
    expect(count(asked('cancel', 43), { ...asked('cancel', 44), remedy: 'credit' })).toBe(0);
    expect(counter(standing()).until).toBe('2025-12-31');
  });
  test('holds what the garden closed, frozen weeks and seasons gone by included', () => {
    expect(count(owed(45, { quantity: 2, source: 'garden' }))).toBe(2);
    expect(count(owed(39), owed(40))).toBe(2);
    expect(count(owed(20, { year: 2023, quantity: 1 }))).toBe(1);
  });
  test('leaves out what had no effect: nothing was lost', () => expect(count(owed(45, { quantity: null }))).toBe(0));
});
