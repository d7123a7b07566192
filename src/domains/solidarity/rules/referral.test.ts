import { expect, test } from 'vitest';
import { endsSoon, mayRenew, progressOf } from './referral.ts';

const stay = { startsOn: '2026-03-01', endsOn: '2026-08-31', ended: false };

test.each([
  ['sent', null, '2026-02-01', 'received'],
  ['waiting', null, '2026-02-01', 'waiting'],
  ['accepted', stay, '2026-02-28', 'accepted'],
  ['accepted', stay, '2026-03-01', 'began'],
  ['accepted', stay, '2026-08-31', 'began'],
  ['accepted', stay, '2026-09-01', 'ended'],
  ['refused', null, '2026-02-01', 'refused'],
  ['withdrawn', null, '2026-02-01', 'withdrawn'],
] as const)('%s %o on %s: %s', (state, days, today, said) => {
  expect(progressOf(state, days, today)).toBe(said);
});

test('going on is asked from six weeks before the end to a month after', () => {
  expect(['2026-07-16', '2026-07-17', '2026-08-31', '2026-09-30', '2026-10-01'].map((today) => mayRenew(stay, today))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  // A stay shorter than that: once it has begun.
  expect(mayRenew({ startsOn: '2026-03-01', endsOn: '2026-03-20', ended: false }, '2026-02-20')).toBe(false);
});

test('a term is told from six weeks before, to its day', () => {
  expect(['2026-07-16', '2026-07-17', '2026-08-31', '2026-09-01'].map((today) => endsSoon(stay, today))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('ended before its term, it is told no more and nobody is invited to go on', () => {
  const ended = { ...stay, endsOn: '2026-07-20', ended: true };
  for (const today of ['2026-07-01', '2026-07-17', '2026-07-20', '2026-07-25', '2026-08-19']) {
    expect(endsSoon(ended, today)).toBe(false);
    expect(mayRenew(ended, today)).toBe(false);
    expect(mayRenew({ ...ended, ended: false }, today)).toBe(true);
  }
});
