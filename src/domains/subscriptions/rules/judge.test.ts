import { describe, expect, test } from 'vitest';
import type { Ask, Asking } from './asks.ts';
import { asked, invented, judgedOn, seasonOf, withClosings, yearOf } from './invented.ts';
import { judgeAsk, remedyOf } from './judge.ts';
import type { PlannedRequest } from './plan.ts';
import type { StandingRequest } from './requests.ts';

const wednesday = (number: number, change: object = {}) => ({ ...yearOf(2025)[number - 1]!, ...change });
const states = { 37: 'taken_over', 39: 'frozen', 40: 'frozen' } as const;
const season = seasonOf(
  [37, 39, 40, 43, 44, 45, 46, 47].map((number) => wednesday(number, { closed: number === 45 })),
  yearOf(2025, 5, [], 2),
);
const odd = invented({ frequency: 'odd_weeks' });
const in2025 = (number: number) => ({ year: 2025, week: number });
const cancel = (from: number): Ask => ({ kind: 'cancel', from: in2025(from) });
const postpone = (from: number, to: number | null): Ask => ({ kind: 'postpone', from: in2025(from), to: to === null ? null : in2025(to) });
const stands = (from: number, to: number | null) => asked(to ? 'postpone' : 'cancel', from, { id: 9, toWeek: to });
const judge = (ask: Ask, requests: readonly StandingRequest[] = [], said: object = {}, subscription = odd, asking?: Asking) =>
  judgeAsk(ask, judgedOn(subscription, season, { states, requests, ...said }), asking);

describe('taking a basket away', () => {
  test('the usual basket of an open week may be cancelled, given or postponed, earlier or later', () => {
    expect(judge(cancel(43))).toBeNull();
    expect(judge({ kind: 'gift', from: in2025(43) })).toBeNull();
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
    expect(judge(cancel(43), [], {}, { ...odd, awaiting: true })).toEqual({ why: 'awaiting' });
  });
  test('not to a week that cannot take it', () => {
    expect(judge(postpone(43, 43))).toEqual({ why: 'same_week' });
    expect(judge(postpone(43, 45))).toEqual({ why: 'target_closed' });
    expect(judge(postpone(43, 40))).toEqual({ why: 'target_frozen', date: '2025-10-01' });
    expect(judge(postpone(43, 3))).toEqual({ why: 'no_target' });
    expect(judge(postpone(43, null))).toEqual({ why: 'no_target' });
    const summer = invented({ weeks: [43, 44] });
    expect(judge(postpone(43, 47), [], {}, summer)).toEqual({ why: 'target_off_weeks' });
  });
  test('within the period; by count, also after it', () => {
    const short = invented({ endsOn: '2025-10-31' });
    expect(judge(postpone(43, 46), [], {}, short)).toEqual({ why: 'outside_period', startsOn: '2025-01-01', endsOn: '2025-10-31' });
    expect(judge(postpone(43, 46), [], {}, { ...short, basketCount: 80 })).toBeNull();
  });
  test('once: the same again is no refusal, another one is', () => {
    expect(judge(postpone(43, 44), [stands(43, 44)])).toBe('again');
    expect(judge(cancel(43), [stands(43, null)])).toBe('again');
    expect(judge(cancel(43), [stands(43, 44)])).toMatchObject({ why: 'already_asked' });
    expect(judge(postpone(43, 46), [stands(43, 44)])).toMatchObject({ why: 'already_asked' });
  });
  test('by count, no absence is noted for a basket that would not be received', () => {
    // Two baskets bought: those of weeks 43 and 47 come after frozen ones that gave nothing.
    const served = ({ week }: { week: number }) => (week in states ? 0 : null);
    const standing = { ...judgedOn({ ...odd, basketCount: 1 }, season, { states }), served };
    expect(judgeAsk(cancel(43), standing)).toBeNull();
    expect(judgeAsk(cancel(47), standing)).toEqual({ why: 'used_up' });
  });
  test('a basket that was moved to another tour freezes with that one', () => {
    const friday = asked('move', 43, { id: 3, place: { slotId: 2, tourId: 2 } });
    const standing = judgedOn(odd, season, { requests: [friday] });
    expect(judgeAsk(cancel(43), { ...standing, stateOf: ({ id }) => (id === 2025431 ? 'frozen' : 'open') })).toBeNull();
    expect(judgeAsk(cancel(43), { ...standing, stateOf: ({ id }) => (id === 2025432 ? 'frozen' : 'open') })).toEqual({
      why: 'frozen',
      date: '2025-10-24',
    });
  });
});

describe('the rules of the plan', () => {
  const dispensing: Asking = { source: 'staff', dispensed: true };
  const pretending: Asking = { source: 'customer', dispensed: true };
  const everyWay: [string, object, Ask, object][] = [
    [
      'a kind it does not allow',
      { rules: { allowed: ['cancel'] } },
      { kind: 'gift', from: in2025(43) },
      { why: 'not_allowed', kind: 'gift' },
    ],
    ['its own cut-off', { rules: { cutoffHours: 168 }, pastWeeks: [43] }, cancel(43), { why: 'past_cutoff', hours: 168 }],
    [
      'the cut-off of the other week',
      { rules: { cutoffHours: 168 }, pastWeeks: [44] },
      postpone(43, 44),
      { why: 'past_cutoff', hours: 168 },
    ],
    [
      'so many in a season',
      { rules: { limits: [{ from: '10-01', until: '11-30', kinds: ['cancel', 'postpone'], max: 1 }] }, requests: [stands(47, null)] },
      postpone(43, 44),
      { why: 'limit' },
    ],
    ['not so far', { rules: { postponeWeeks: 2 } }, postpone(43, 46), { why: 'too_far', weeks: 2 }],
    ['never lost', { rules: { remedy: 'make_up_date' } }, cancel(43), { why: 'needs_date' }],
  ];
  test.each(everyWay)('%s: staff may set it aside, customers never', (_, said, ask, refusal) => {
    expect(judge(ask, [], said)).toMatchObject(refusal);
    expect(judge(ask, [], said, odd, pretending)).toMatchObject(refusal);
    expect(judge(ask, [], said, odd, dispensing)).toBeNull();
  });
  test('facts are never set aside', () => {
    expect(judge(cancel(39), [], {}, odd, dispensing)).toMatchObject({ why: 'frozen' });
    expect(judge(postpone(43, 45), [], {}, odd, dispensing)).toMatchObject({ why: 'target_closed' });
  });
  test('what the garden asked, or staff allowed beyond the rules, does not count', () => {
    const rules = { limits: [{ from: '10-01', until: '11-30', kinds: ['cancel'], max: 1 }] };
    expect(judge(cancel(43), [{ ...stands(47, null), dispensed: true }], { rules })).toBeNull();
    expect(judge(cancel(43), [{ ...stands(47, null), source: 'garden' }], { rules })).toBeNull();
  });
  test('what a cancelled basket becomes', () => {
    const remedy = (rules: object, ask: Ask = cancel(43), basketCount: number | null = null) =>
      remedyOf(ask, judgedOn(odd, season, { rules }).rulesIn(in2025(43)), { basketCount });
    expect(remedy({})).toBeNull();
    expect(remedy({ remedy: 'counter' })).toBe('make_up');
    expect(remedy({ remedy: 'credit' })).toBe('credit');
    expect(remedy({ remedy: 'credit' }, { kind: 'cancel', from: in2025(43), remedy: 'none' })).toBeNull();
    expect(remedy({ remedy: 'credit' }, cancel(43), 12), 'by count, it is received later').toBeNull();
  });
});

describe('one more basket', () => {
  const double = (week: number): Ask => ({ kind: 'double', from: in2025(week), quantity: 1 });
  const makeUp = (week: number, quantity = 1): Ask => ({ kind: 'make_up', from: in2025(week), quantity });
  const owed = { ...stands(47, null), remedy: 'make_up' as const, quantity: 1 };
  test('is added to one that is there', () => {
    expect(judge(double(43))).toBeNull();
    expect(judge(double(44))).toMatchObject({ why: 'no_basket' });
    expect(judge(double(47), [stands(47, null)])).toMatchObject({ why: 'no_basket' });
    expect(judge(double(43), [asked('double', 43, { quantity: 1 })])).toBe('again');
    expect(judge(double(43), [asked('double', 43, { quantity: 2 })])).toMatchObject({ why: 'already_asked' });
  });
  test('is made up in any open week, as many as are owed', () => {
    expect(judge(makeUp(44), [owed])).toBeNull();
    expect(judge(makeUp(44))).toEqual({ why: 'nothing_owed' });
    expect(judge(makeUp(44, 2), [owed])).toEqual({ why: 'owed_less', owed: 1 });
    expect(judge(makeUp(43), [owed, asked('make_up', 44, { quantity: 1 })])).toEqual({ why: 'nothing_owed' });
    expect(judge(makeUp(45), [owed])).toEqual({ why: 'closed_week' });
    expect(judge(makeUp(40), [owed])).toMatchObject({ why: 'frozen' });
  });
});

describe('another place', () => {
  const move = (from: number, slotId: number, until: number | null = null): Ask => ({
    kind: 'move',
    from: in2025(from),
    place: { slotId, tourId: slotId },
    until: until === null ? null : in2025(until),
  });
  test('once, or for a while', () => {
    expect(judge(move(43, 2))).toBeNull();
    expect(judge(move(43, 2, 47))).toBeNull();
    expect(judge({ kind: 'move', from: in2025(43), place: null, until: null })).toEqual({ why: 'no_place' });
    expect(judge(move(43, 1))).toEqual({ why: 'same_place' });
    expect(judge(move(44, 2))).toMatchObject({ why: 'no_basket' });
    expect(judge(move(43, 2, 39))).toEqual({ why: 'until_before' });
  });
  test('where its tour goes, while it is open', () => {
    const closed = withClosings(season, { slotId: 2, fromOn: '2025-11-17', untilOn: '2025-11-23', replacement: null });
    expect(judgeAsk(move(43, 2, 47), judgedOn(odd, closed))).toEqual({ why: 'place_not_served', week: in2025(47) });
    expect(judge(move(43, 3))).toEqual({ why: 'place_not_served', week: in2025(43) });
  });
  test('not when either delivery is frozen', () => {
    const standing = judgedOn(odd, season);
    const frozen = (id: number) => ({
      ...standing,
      stateOf: (delivery: { id: number }) => (delivery.id === id ? 'frozen' : 'open') as never,
    });
    expect(judgeAsk(move(43, 2), frozen(2025431))).toMatchObject({ why: 'frozen' });
    expect(judgeAsk(move(43, 2), frozen(2025432))).toMatchObject({ why: 'frozen' });
  });
});

describe('by hand', () => {
  const manual = (from: number, said: object): Ask => ({
    ...{ kind: 'manual', from: in2025(from), quantity: null, productId: null, place: null, priceCents: null },
    ...said,
  });
  test('by staff alone, even where there was no basket, beyond any rule of the plan', () => {
    expect(judge(manual(43, { quantity: 0 }))).toBeNull();
    expect(judge(manual(44, { quantity: 2 }))).toBeNull();
    expect(judge(manual(43, { priceCents: 900 }), [], { rules: { allowed: [] } })).toBeNull();
    expect(judge(manual(43, { quantity: 0 }), [], {}, odd, { source: 'customer', dispensed: true })).toEqual({ why: 'staff_only' });
    expect(judge(manual(43, {}))).toEqual({ why: 'nothing_changed' });
    expect(judge(manual(45, { quantity: 1 }))).toEqual({ why: 'closed_week' });
    expect(judge(manual(39, { quantity: 1 }))).toMatchObject({ why: 'frozen' });
  });
  test('takes the place of the one before, and nothing else is asked over it', () => {
    const before: PlannedRequest[] = [asked('manual', 43, { quantity: 3 })];
    expect(judge(manual(43, { quantity: 3 }), before)).toBe('again');
    expect(judge(manual(43, { quantity: 4 }), before)).toBeNull();
    expect(judge(cancel(43), before)).toMatchObject({ why: 'already_asked' });
  });
});
