import { describe, expect, test } from 'vitest';
import { groupPhone, phoneLink } from './phone.ts';

test.each([
  ['0612345678', '06 12 34 56 78'],
  ['06.12.34.56.78', '06 12 34 56 78'],
  [' 06 12 34 5678 ', '06 12 34 56 78'],
  ['+33 6 12 34 56 78', '+33 6 12 34 56 78'],
  ['061234567', '061234567'],
  ['06 12 34 56 78 / 03 29 11 22 33', '06 12 34 56 78 / 03 29 11 22 33'],
  ['', ''],
])('%s is written %s', (typed, written) => expect(groupPhone(typed)).toBe(written));

describe('the link of a phone', () => {
  test.each([
    ['06 12 34 56 78', '0612345678'],
    ['+33 6 12 34 56 78', '+33612345678'],
    ['06 12 34 56 78 / 03 29 11 22 33', '0612345678'],
    ['06 12 34 56 78 03 29 11 22 33', '0612345678'],
    ['demander à Paul', null],
    ['', null],
  ])('%s', (phone, link) => expect(phoneLink(phone)).toBe(link));
});
