import { describe, expect, test } from 'vitest';
import { canReadBack, fontsOf, pagesOf, untidy, wordsOf } from '#platform/pdf/read-back.ts';
import type { ChangesLine, ChangesSheet } from './changes-model.ts';
import { drawChangesSheet, sayMore } from './changes-sheet.ts';

type Shape = { tours: number; stops: number; lines: number; long?: boolean };
const long = ' de la Communauté de communes des Hautes-Vallées et du Piémont réunis, bâtiment administratif principal';

const line = (at: number, tail: string): ChangesLine => ({
  name: `Lefèvre-Königsberg Émile n${at}${tail}`,
  words: at % 3 ? 'Nouveau' : 'Arrive, Autre panier',
  what: `${1 + (at % 3)} Familial au lieu de 1 Simple, venait de Café du Marché${tail}`,
  more: (at % 5) - 2,
});

/** Invented changes; every person has a number of her own. */
const invented = ({ tours, stops, lines, long: isLong = false }: Shape): ChangesSheet => ({
  ...{ garden: 'Jardin des Mille Feuilles', date: '2025-10-22', editedOn: '2025-10-21' },
  tours: Array.from({ length: tours }, (_, tour) => ({
    ...{ code: `ME${tour + 1}`, name: `Mercredi – Saint-Cœur-sur-Orge${isLong ? long : ''}`, color: '#2e7d32', week: 43 },
    ...{ previous: { date: '2025-10-15', baskets: 120 }, baskets: 118 },
    counts: ['nouveaux', 'fins d’abonnement', 'absents', 'de retour', 'arrivent d’un autre dépôt', 'doublés'].map((what, at) => ({
      count: at + 2,
      what,
    })),
    stops: Array.from({ length: stops }, (_, stop) => ({
      ...{ order: stop + 1, depotName: `École du Centre ${stop + 1}${isLong ? long : ''}`, baskets: 12 },
      lines: Array.from({ length: lines }, (_, at) => line((tour * stops + stop) * lines + at, isLong ? long : '')),
    })),
  })),
});

describe.skipIf(!canReadBack)('read back with pdftotext (skipped when it is not installed)', () => {
  test.each<[string, Shape]>([
    ['one change', { tours: 1, stops: 1, lines: 1 }],
    ['two tours of the usual size', { tours: 2, stops: 8, lines: 3 }],
    ['a stop longer than a page', { tours: 1, stops: 2, lines: 45 }],
    ['long names', { tours: 1, stops: 5, lines: 4, long: true }],
  ])('%s: every change stands once, under its stop, and nothing overlaps', async (_, shape) => {
    const sheet = invented(shape);
    const pdf = await drawChangesSheet(sheet);
    const pages = pagesOf(pdf);
    const text = pages.join(' ');
    for (const tour of sheet.tours) {
      const mine = pages.filter((page) => page.includes(` ${tour.code} · changements du mercredi 22 octobre 2025`));
      expect(mine[0]).toContain('118 paniers au lieu de 120 le mercredi 15 octobre 2025 2 nouveaux 3 fins d’abonnement 4 absents');
      for (const page of mine.slice(1)) expect(page).not.toContain('au lieu de 120');
      // Each stop stands above its own lines, and before the next one.
      const places = tour.stops.map((stop) => mine.join(' ').indexOf(`${stop.order}. École du Centre ${stop.order}`));
      expect(places.every((place, at) => place > (places[at - 1] ?? 0))).toBe(true);
    }
    const numbers = [...text.matchAll(/\bn(\d+)/g)].map((found) => Number(found[1]));
    const all = sheet.tours.flatMap((tour) => tour.stops.flatMap((stop) => stop.lines)).length;
    expect(numbers).toEqual(Array.from({ length: all }, (_, at) => at));
    expect(untidy(wordsOf(pdf))).toEqual([]);
    expect(fontsOf(pdf).every((font) => font.embedded && font.unicode)).toBe(true);
  });

  test('a stop that goes on says so, and is never announced at the foot of a page alone', async () => {
    const pages = pagesOf(await drawChangesSheet(invented({ tours: 1, stops: 2, lines: 45 })));
    expect(pages.length).toBeGreaterThan(3);
    expect(pages[1]).toContain('1. École du Centre 1 (suite) 12 paniers');
    for (const page of pages) expect(page).not.toMatch(/12 paniers édité le/);
  });

  test('a delivery in which nothing changes says so', async () => {
    const sheet = invented({ tours: 1, stops: 0, lines: 0 });
    const [page] = pagesOf(
      await drawChangesSheet({ ...sheet, tours: sheet.tours.map((tour) => ({ ...tour, counts: [], previous: null })) }),
    );
    expect(page).toContain('118 paniers première livraison de la tournée Rien ne change depuis la livraison précédente.');
  });
});

test('more, less, the same', () => {
  expect([2, -1, 0].map(sayMore)).toEqual(['+2', '−1', '=']);
});
