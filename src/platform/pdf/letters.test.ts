import { expect, test } from 'vitest';
import { printable, runsOf } from './letters.ts';

test('French is written as it is', () => {
  const text = 'Cœur de Noël, l’Île – « 24h/24 » : 3,50 € Ça ÀÉÈÊËÎÏÔÙÛÜŸ';
  expect(printable(text)).toBe(text);
  expect(runsOf('Cœur – € …')).toEqual([{ text: 'Cœur – € …', extended: false }]);
});

test('accents typed in two signs are composed', () => {
  expect(printable('Noe\u0308l')).toBe('Noël');
});

test('other European letters come from the other file', () => {
  expect(runsOf('Łukasz Šimić')).toEqual([
    { text: 'Ł', extended: true },
    { text: 'ukasz ', extended: false },
    { text: 'Š', extended: true },
    { text: 'imi', extended: false },
    { text: 'ć', extended: true },
  ]);
});

test('what the fonts lack is replaced, what cannot be seen is dropped', () => {
  expect(printable('16\u202fh')).toBe('16 h');
  expect(printable('ligne\nsuivante\t!')).toBe('ligne suivante !');
  expect(printable('Nguyễn')).toBe('Nguyen');
  expect(printable('co\u00adopérative\u200b')).toBe('coopérative');
  expect(printable('Иван')).toBe('????');
  expect(printable('🥕 carotte')).toBe('? carotte');
});
