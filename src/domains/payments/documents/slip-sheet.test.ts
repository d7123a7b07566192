import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canReadBack, pagesOf } from '#platform/pdf/read-back.ts';
import { drawSlip, type SlipSheet, spread } from './slip-sheet.ts';

const slip = (count: number, more: Partial<SlipSheet> = {}): SlipSheet => ({
  garden: 'Jardins d’essai',
  number: 12,
  day: '2025-11-20',
  kind: 'cheque',
  method: 'Chèque',
  account: null,
  lines: Array.from({ length: count }, (_, at) => ({
    payer: `Martin ${at + 1}`,
    reference: `00${at}`,
    bank: 'BNP',
    amount: 1000 + at,
    day: '2025-11-19',
  })),
  editedOn: '2025-11-20',
  ...more,
});

describe('pages of a slip', () => {
  test('law: every row stands once, in order, and the total has its room under the last', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 12, max: 30 }),
        fc.integer({ min: 4, max: 11 }),
        (count, first, end) => {
          const pages = spread(count, first, first + 2, end);
          expect(pages[0]![0]).toBe(0);
          expect(pages.at(-1)![1]).toBe(count);
          for (const [at, [from, until]] of pages.entries()) {
            const holds = at === 0 ? first : first + 2;
            expect(until - from).toBeLessThanOrEqual(at === pages.length - 1 ? holds - end : holds);
            if (at > 0) expect(from).toBe(pages[at - 1]![1]);
          }
        },
      ),
    ));
});

describe.skipIf(!canReadBack)('on paper, read back by pdftotext', () => {
  test('each cheque with its number and its bank, and the total', async () => {
    const text = pagesOf(await drawSlip(slip(3))).join('\n');
    for (const word of ['Remise de chèques n° 12', 'Martin 1', '002', 'BNP', '3 chèques']) expect(text).toContain(word);
    expect(text).toMatch(/30,03\s€/);
  });

  test('many cheques go over pages, cash has its grid', async () => {
    expect(pagesOf(await drawSlip(slip(80))).length).toBe(3);
    const text = pagesOf(await drawSlip(slip(1, { kind: 'cash', method: 'Espèces' }))).join('\n');
    expect(text).toContain('Billets');
  });
});
