import { expect, test } from 'vitest';
import { bytesOf } from './page-text.ts';

test.each(['', 'Été', '13,80\u202f€ – œuf – 🥕', 'une moitié de carotte, \ud83e', 'Été, '.repeat(30_000)])(
  '« %s » becomes the bytes that Buffer.from makes',
  (text) => {
    expect(bytesOf(text).equals(Buffer.from(text))).toBe(true);
  },
);

test('a short page after a long one holds nothing of it', () => {
  bytesOf('Vraiment ? '.repeat(200));
  expect(bytesOf('<p>Voilà !</p>').toString()).toBe('<p>Voilà\u00a0!</p>');
});

test('pages that are made keep their bytes when the next one is', () => {
  const first = bytesOf('<p>Un</p>');
  bytesOf('<p>Deux</p>');
  expect(first.toString()).toBe('<p>Un</p>');
});
