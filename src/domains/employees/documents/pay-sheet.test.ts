import { describe, expect, test } from 'vitest';
import { canReadBack, pagesOf, untidy, wordsOf } from '#platform/pdf/read-back.ts';
import { drawPaySheet } from './pay-sheet.ts';

describe.skipIf(!canReadBack)('the list for payroll (pdftotext is needed to read it back)', () => {
  const sheet = (count: number, closed = true) => ({
    ...{ garden: 'Jardin d’essai', month: '2026-11-01', closed, editedOn: '2026-11-30' },
    lines: Array.from({ length: count }, (_, at) => ({ name: `Personne-${at}`, employeeNumber: `M${at}`, cents: 4550 })),
  });

  test('who, how much, the total; a draft says so', async () => {
    const pdf = await drawPaySheet(sheet(2, false));
    const [page] = pagesOf(pdf);
    expect(page).toMatch(/Retenues sur salaire, novembre 2026/);
    expect(page).toMatch(/Brouillon/);
    expect(page).toMatch(/M0 Personne-0 45,50/);
    expect(page).toMatch(/2 personnes/);
    expect(page).toMatch(/Total : 91,00/);
    expect(untidy(wordsOf(pdf))).toEqual([]);
  });

  test('a long one goes on, everybody once, one total', async () => {
    const pages = pagesOf(await drawPaySheet(sheet(70)));
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(pages.join(' ').match(/Personne-\d+/g)).size).toBe(70);
    expect(pages.filter((page) => page.includes('Total'))).toHaveLength(1);
    expect(pages.join(' ')).not.toMatch(/Brouillon/);
  });
});
