import { expect, test } from 'vitest';
import { pickupTimes } from './pickup-times.ts';

const at = (hour: number, minutes = 0) => (hour * 60 + minutes) * 60;

test.each([
  ['16h-19h', at(16), at(19)],
  ['16h30 - 18h45', at(16, 30), at(18, 45)],
  ['9h-12h / 14h-18h30', at(9), at(18, 30)],
  ['de 17:00 à 20:00', at(17), at(20)],
  ['à partir de 16h30', at(16, 30), null],
  ['jusqu’à 19h', null, at(19)],
])('%s is a time to collect', (text, from, until) => expect(pickupTimes(text)).toEqual({ from, until }));

test.each(['24h/24 (casiers)', '24/24', '', 'sur demande', 'toute la journée', 'le 12, casier 3', '25h-30h', '19h-16h', 'code 1234h'])(
  '%s says no hour that may be counted on',
  (text) => expect(pickupTimes(text)).toEqual({ from: null, until: null }),
);
