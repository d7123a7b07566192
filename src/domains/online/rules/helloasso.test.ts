import { expect, test } from 'vitest';
import { foundInIntent, namesFor } from './helloasso.ts';

const payment = (state: string, amount = 4200, more = {}) => ({ id: 15222, state, amount, ...more });

test('an intent without an order is not paid; with one, its payments tell', () => {
  expect(foundInIntent(undefined)).toMatchObject({ state: 'open', cents: 0 });
  expect(foundInIntent({})).toMatchObject({ state: 'open' });
  expect(foundInIntent({ payments: [payment('Authorized')] })).toEqual({ state: 'paid', cents: 4200, payment: '15222' });
  expect(foundInIntent({ payments: [payment('WaitingBankValidation')] })).toMatchObject({ state: 'open', cents: 0 });
  expect(foundInIntent({ payments: [payment('Refused')] })).toMatchObject({ state: 'failed', cents: 0 });
  expect(foundInIntent({ payments: [payment('Refused'), payment('Authorized')] })).toMatchObject({ state: 'paid', cents: 4200 });
  expect(foundInIntent({ payments: [payment('Refunded')] })).toMatchObject({ state: 'refunded', cents: 4200, payment: '15222' });
});

test('what was left to HelloAsso is not the garden’s', () => {
  expect(foundInIntent({ payments: [payment('Authorized', 4500, { items: [{ shareAmount: 4200 }] })] }).cents).toBe(4200);
  expect(foundInIntent({ payments: [payment('Authorized', 4500, { items: [{}] })] }).cents).toBe(4500);
});

test.each([
  ['Jeanne', 'Vautrin', true],
  ['Anne-Laure', 'D’Arc', true],
  ['Éloïse', 'Müller', true],
  ['', 'Association des 4 vents', false],
  ['J', 'Vautrin', false],
  ['Jeaaanne', 'Vautrin', false],
  ['Vautrin', 'vautrin', false],
  ['Test', 'Vautrin', false],
  ['Jrm', 'Vautrin', false],
  ['Жанна', 'Vautrin', false],
])('%s %s', (firstName, lastName, kept) => {
  expect(namesFor({ firstName, lastName })).toEqual(kept ? { firstName, lastName } : {});
});
