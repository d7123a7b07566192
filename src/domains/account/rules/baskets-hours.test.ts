import { expect, test } from 'vitest';
import { hoursIn } from './baskets-hours.ts';

test.each([
  ['de 16 h à 19 h', { from: 960, until: 1140 }],
  ['16h30-19h15', { from: 990, until: 1155 }],
  ['10:00 - 12:30', { from: 600, until: 750 }],
  ['à partir de 17 h', { from: 1020, until: 1200 }],
  ['dès 14h', { from: 840, until: 1200 }],
  // Said otherwise: nothing is made up.
  ['aux heures d’ouverture', null],
  ['', null],
  ['jusqu’à 19 h', null],
  ['de 10 h à 12 h et de 14 h à 19 h', null],
  ['19 h à 16 h', null],
  ['99 h', null],
])('« %s »', (pickup, hours) => {
  expect(hoursIn(pickup)).toEqual(hours);
});
