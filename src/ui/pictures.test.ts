import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pictured } from './cell.ts';
import { drawn, pictureOf } from './pictures.ts';

const file = readFileSync(new URL('./pictures.svg', import.meta.url), 'utf8');

test('the list of pictures is what the file holds', () => {
  expect([...file.matchAll(/<symbol id="([^"]+)"/g)].map(([, code]) => code)).toEqual([...drawn]);
  expect(file.length).toBeLessThan(60_000);
});

test('an emoji is drawn when there is a picture, with or without its variant; else it is written', () => {
  expect(pictureOf('🥕')).toMatch(/#1f955$/);
  expect(pictureOf('🌶️')).toBe(pictureOf('🌶'));
  expect(pictureOf('🦄')).toBeNull();
  expect(pictureOf('')).toBeNull();
  expect(pictured('🥕', 'Carotte').html).toMatch(/<svg class="?picture"? aria-hidden="?true"?><use href="[^"]+#1f955"\/><\/svg> Carotte/);
  expect(pictured('🦄', '<b>').html).toBe('<span aria-hidden="true">🦄</span> &lt;b&gt;');
  expect(pictured('', 'Rien').html).toBe('Rien');
});
