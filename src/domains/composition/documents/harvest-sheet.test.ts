import { describe, expect, test } from 'vitest';
import { canReadBack, fontsOf, pagesOf, untidy, wordsOf } from '#platform/pdf/read-back.ts';
import type { CrewList, HarvestLine } from '../rules/lists.ts';
import { purchase } from '../rules/purchases.ts';
import { drawHarvestSheet, drawPurchaseSheet } from './harvest-sheet.ts';

const about = { garden: 'Jardin des Mille Feuilles', day: '2025-10-22', editedOn: '2025-10-21' };
const products = new Map([
  [1, 'Simple'],
  [2, 'Familial'],
]);
const line = (at: number, tail = ''): HarvestLine => ({
  ...{ produceId: at, name: `Légume n${at}${tail}`, emoji: '🥕', unit: 'kg', quantity: 218_900 + at * 10, grams: null, missing: 0 },
  parts: [
    { productId: 1, baskets: 345, each: 500 },
    { productId: 2, baskets: 58, each: 800 },
  ],
});
const crew = (name: string | null, count: number, tail = ''): CrewList => ({
  ...{ crew: name, grams: 1_234_000 },
  lines: Array.from({ length: count }, (_, at) => line(at, tail)),
});

describe.skipIf(!canReadBack)('read back with pdftotext (skipped when it is not installed)', () => {
  test.each([
    ['one row', [crew('Serres', 1)]],
    ['two crews and none', [crew('Plein champ', 9), crew('Serres', 4), crew(null, 2)]],
    ['more than a page', [crew('Plein champ', 31)]],
    [
      'long names',
      [
        crew(
          'Chantier d’insertion des Hautes-Vallées et du Piémont réunis',
          14,
          ' de conservation, variété ancienne des maraîchers de la vallée',
        ),
      ],
    ],
  ])('%s: every row once, with its quantity and what it is for', async (_, lists) => {
    const pdf = await drawHarvestSheet(about, lists, products);
    const pages = pagesOf(pdf);
    const text = pages.join(' ').replaceAll('\u00a0', ' ');
    expect([...text.matchAll(/\bn(\d+)\b/g)]).toHaveLength(lists.flatMap(({ lines }) => lines).length);
    expect(text.match(/345 × 500 g Simple \+ 58 × 800 g Familial/g)).toHaveLength(lists.flatMap(({ lines }) => lines).length);
    expect(text).toContain('À récolter pour les paniers du mercredi 22 octobre 2025');
    for (const [index, page] of pages.entries()) expect(page).toContain(`page ${index + 1} / ${pages.length}`);
    // No page holds one row alone, unless its crew has but one.
    for (const page of pages)
      expect(page.match(/\bn\d+\b/g)!.length).toBeGreaterThanOrEqual(Math.min(2, ...lists.map(({ lines }) => lines.length)));
    expect(untidy(wordsOf(pdf))).toEqual([]);
    expect(fontsOf(pdf).every((font) => font.embedded && font.unicode)).toBe(true);
  });

  test('what is bought: containers, what is there, what will be left over', async () => {
    const kiwi = {
      produceId: 1,
      name: 'Kiwi',
      unit: 'piece' as const,
      need: 345_000,
      there: 20_000,
      container: 'colis de 100',
      containerQuantity: 100_000,
    };
    const supplier = { name: 'Verger des Hauts', contact: 'Paul Marin', phone: '03 29 11 22 33', email: '' };
    const lines = [purchase(kiwi), purchase({ ...kiwi, name: 'Pomme', unit: 'kg', need: 40_500, there: 0, containerQuantity: null })];
    const [page] = pagesOf(await drawPurchaseSheet(about, [{ supplier, lines }])).map((one) => one.replaceAll('\u00a0', ' '));
    expect(page).toContain('Paul Marin · 03 29 11 22 33');
    for (const said of ['4 ×', 'colis de 100 (400 pièces)', 'déjà là : 20 pièces', 'il en restera : 75 pièces', '40,5 kg'])
      expect(page).toContain(said);
  });
});
