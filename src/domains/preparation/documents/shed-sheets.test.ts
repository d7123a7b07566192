import { describe, expect, test } from 'vitest';
import { canReadBack, pagesOf, untidy, wordsOf } from '#platform/pdf/read-back.ts';
import { total } from './counts.ts';
import { drawDepotLists } from './depot-lists.ts';
import { inventedDay } from './invented-day.ts';
import { drawLabels } from './label-sheet.ts';
import { type Label, type LabelsSheet, labelFormats } from './labels-model.ts';
import { drawPreparationSheet } from './preparation-sheet.ts';
import { depotsTable, labelsTable, preparationTable, routeTable } from './tables.ts';

const produce = ['Carottes', 'Pommes de terre', 'Oignons jaunes', 'Salade batavia', 'Potimarron', 'Persil plat'];
const day = inventedDay({ stops: [6, 3], customersPerStop: 20, seed: 3, perCrate: 6, produce });
const labels = (count: number): Label[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ tourCode: 'ME1', stopOrder: 3, depotName: 'Pharmacie des Halles – Saint-Cœur-sur-Orge', name: `Königsberg-Lefèvre Maëlle ${at}` },
    ...{ what: 'Grand panier', part: at % 2 ? '1/2' : '', code: `1234-567-${8000 + at}` },
  }));
const sheetOf = (format: keyof typeof labelFormats, code: LabelsSheet['code'], list: Label[]): LabelsSheet => ({
  ...{ garden: day.garden, date: day.date, editedOn: day.editedOn, format: labelFormats[format], code, labels: list },
});

describe.skipIf(!canReadBack)('read back with pdftotext (skipped when it is not installed)', () => {
  test('preparation: crates beneath their baskets, what carries them, what baskets hold and how much it takes', async () => {
    const pdf = await drawPreparationSheet(day);
    const pages = pagesOf(pdf);
    expect(untidy(wordsOf(pdf))).toEqual([]);
    const [first] = day.tours;
    const simple = first!.stops[0]!.counts[0]!;
    expect(pages[0]).toContain(`${Math.floor(simple / 6)} c.`);
    expect(pages[0]).toMatch(/\d+ caisses · \d+ palettes? · \d+ rolls?.* · \d+ sangles/);
    const contents = pages.find((page) => page.includes('Dans un panier'))!;
    // Pommes de terre: 500 g × Simple and so on, all tours' quantities times their baskets.
    const line = first!.contents.find((one) => one.produce === 'Pommes de terre')!;
    const grams = line.quantities.reduce((sum, quantity, at) => sum + quantity * total(first!.stops.map((stop) => stop.counts[at]!)), 0);
    expect(contents).toContain(`${(grams / 1000).toLocaleString('fr-FR')} kg`);
    expect(pages.at(-1)).toContain('Produits de la journée');
  });

  test('depot lists: one depot on its pages, everybody once, no telephone, no code of a door, a page number', async () => {
    const pdf = await drawDepotLists(day);
    const pages = pagesOf(pdf);
    expect(untidy(wordsOf(pdf))).toEqual([]);
    expect(pages).toHaveLength(9);
    for (const [at, page] of pages.entries()) expect(page).toContain(`page ${at + 1} / 9`);
    const [first] = day.tours[0]!.stops;
    expect(pages[0]).toContain(`${first!.depotName} Paniers du mercredi 22 octobre 2025`);
    expect(pages[0]!.split('Signature')[1]!.match(/\d+ (Simple|Familial|Fruité)/g)!.length).toBeGreaterThanOrEqual(first!.customers.length);
    const text = pages.join(' ').replaceAll(day.phone, '');
    expect(text).not.toMatch(/\b0\d \d\d \d\d \d\d \d\d\b|4512B|portail/);
  });

  test('a depot of many customers continues, each page with the depot, the day and its number', async () => {
    const many = inventedDay({ stops: [1], customersPerStop: 60 });
    const pages = pagesOf(await drawDepotLists(many));
    expect(pages.length).toBeGreaterThan(1);
    for (const [at, page] of pages.entries()) {
      expect(page).toContain(`page ${at + 1}/${pages.length}`);
      expect(page).toContain(many.tours[0]!.stops[0]!.depotName);
      expect(page).toContain('mercredi 22 octobre 2025');
    }
  });

  test.each(['3x8', '3x7', '2x7', '2x4'] as const)(
    'labels %s: as many as asked, each inside its own, none over another',
    async (format) => {
      const { columns, rows, width, height, left, top, gapX } = labelFormats[format];
      for (const code of ['code128', 'qr', 'none'] as const) {
        const pages = wordsOf(await drawLabels(sheetOf(format, code, labels(columns * rows + 1))));
        expect(pages).toHaveLength(2);
        expect(pages[0]!.words.filter((word) => word.text === 'ME1')).toHaveLength(columns * rows);
        const point = 72 / 25.4;
        for (const word of pages[0]!.words) {
          const column = Math.floor((word.left / point - left) / (width + gapX));
          const edge = left + column * (width + gapX) + width;
          expect(word.right / point, word.text).toBeLessThan(edge - 2);
          const row = Math.floor((word.top / point - top) / height);
          expect(word.bottom / point, word.text).toBeLessThan(top + (row + 1) * height);
        }
      }
    },
  );

  test('a day without baskets says so', async () => {
    const none = inventedDay({ stops: [], customersPerStop: 0 });
    expect(pagesOf(await drawDepotLists(none))[0]).toContain('Aucun panier');
    expect(pagesOf(await drawLabels(sheetOf('3x8', 'qr', [])))[0]).toContain('Aucun panier');
  });
});

describe('workbooks', () => {
  test('the preparation table counts what the sheet counts', () => {
    const { headers, rows } = preparationTable(day);
    expect(rows).toHaveLength(9);
    const at = headers.indexOf('Total');
    expect(rows.reduce((sum, row) => sum + Number(row[at]), 0)).toBe(
      total(day.tours.flatMap((tour) => tour.stops.map((stop) => total(stop.counts)))),
    );
    expect(headers).toContain('Caisses Simple');
  });
  test('the route table has every customer; the depots’ one has no telephone', () => {
    expect(routeTable(day).rows).toHaveLength(180);
    expect(routeTable(day).headers).toContain('Téléphone');
    expect(JSON.stringify(depotsTable(day))).not.toMatch(/\b06 \d\d/);
  });
  test('the labels’ table says the code only when labels carry one', () => {
    expect(labelsTable(sheetOf('3x8', 'qr', labels(2))).rows.map((row) => row.at(-1))).toEqual(['1234-567-8000', '1234-567-8001']);
    expect(labelsTable(sheetOf('3x8', 'none', labels(1))).rows[0]!.at(-1)).toBeNull();
  });
});
