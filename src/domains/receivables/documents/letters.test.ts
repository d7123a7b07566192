import { describe, expect, test } from 'vitest';
import { canReadBack, pagesOf, untidy, wordsOf } from '#platform/pdf/read-back.ts';
import { drawLetters, type Letter } from './letters.ts';

const sender = {
  name: 'Jardin d’essai',
  address: '2 rue Haute',
  postcode: '57000',
  city: 'Metz',
  phone: '03 87 00 00 00',
  email: 'jardin@exemple.test',
};
const letter = (more: Partial<Letter> = {}): Letter => ({
  ...{ name: 'Mme Claire Martin', address: '3 rue des Lilas\n57000 Metz', number: '12', subject: 'Règlement en attente' },
  body: 'Bonjour Claire Martin,\n\nIl reste 55,20 € à régler.\n\nJardin d’essai',
  ...more,
});

describe.skipIf(!canReadBack)('letters (pdftotext is needed to read them back)', () => {
  test('a page each, with who writes, to whom, when, and the text; the address where the window of an envelope is', async () => {
    const pdf = await drawLetters(sender, [letter(), letter({ name: 'M. Paul Noël' })], '2025-10-22');
    const [first, second] = pagesOf(pdf);
    expect(first).toMatch(/Jardin d’essai 2 rue Haute 57000 Metz/);
    expect(first).toMatch(/Mme Claire Martin 3 rue des Lilas 57000 Metz/);
    expect(first).toMatch(/Metz, le mercredi 22 octobre 2025/);
    expect(first).toMatch(/Règlement en attente Bonjour Claire Martin, Il reste 55,20 € à régler\./);
    expect(second).toMatch(/M\. Paul Noël/);
    expect(second).not.toMatch(/ 1 \/|2 \/ 2/);
    const name = wordsOf(pdf)[0]!.words.find(({ text }) => text === 'Mme')!;
    expect(name.left).toBeGreaterThan(290);
    expect(name.top).toBeGreaterThan(130);
    expect(name.bottom).toBeLessThan(200);
    expect(untidy(wordsOf(pdf))).toEqual([]);
  });

  test('a long one goes on over the page, every line of it, and counts its own pages', async () => {
    const body = Array.from({ length: 90 }, (_, at) => `Ligne ${at} de la lettre`).join('\n');
    const pdf = await drawLetters(sender, [letter({ body })], '2025-10-22');
    const pages = pagesOf(pdf);
    expect(pages).toHaveLength(3);
    expect(pages.join(' ').match(/Ligne \d+ de la lettre/g)).toHaveLength(90);
    expect(pages[2]).toMatch(/3 \/ 3/);
    expect(untidy(wordsOf(pdf))).toEqual([]);
  });
});
