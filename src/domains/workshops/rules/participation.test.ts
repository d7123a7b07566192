import { expect, test } from 'vitest';
import { billedSeats } from './participation.ts';

const day = '2026-11-28';
const workshop = { fee: 500, feeBilled: 'enrolled', day, cancelled: false } as const;
const party = { customerId: 3, seats: 2, state: 'enrolled', came: null, withdrawnOn: null } as const;

test('who is put down owes her seats, even when she does not come; more who came are counted', () => {
  expect(billedSeats(workshop, party)).toBe(2);
  expect(billedSeats(workshop, { ...party, came: 0 })).toBe(2);
  expect(billedSeats(workshop, { ...party, came: 3 })).toBe(3);
});
test('withdrawn on the eve at the latest, she owes nothing; on the day, her seats', () => {
  expect(billedSeats(workshop, { ...party, state: 'withdrawn', withdrawnOn: '2026-11-27' })).toBe(0);
  expect(billedSeats(workshop, { ...party, state: 'withdrawn', withdrawnOn: day })).toBe(2);
  expect(billedSeats(workshop, { ...party, state: 'withdrawn', withdrawnOn: null })).toBe(0);
});
test('billed by presence: those who came, once it is said', () => {
  const attended = { ...workshop, feeBilled: 'attended' } as const;
  expect(billedSeats(attended, party)).toBe(0);
  expect(billedSeats(attended, { ...party, came: 1 })).toBe(1);
  expect(billedSeats(attended, { ...party, state: 'withdrawn', withdrawnOn: day, came: 1 })).toBe(0);
});
test('nobody for a free or cancelled workshop, one that is paid there, somebody who waits, a guest', () => {
  for (const [of, who] of [
    [{ ...workshop, cancelled: true }, party],
    [{ ...workshop, fee: 0 }, party],
    [{ ...workshop, feeBilled: 'on_spot' as const }, party],
    [workshop, { ...party, state: 'waiting' as const }],
    [workshop, { ...party, customerId: null }],
  ] as const)
    expect(billedSeats(of, who)).toBe(0);
});
