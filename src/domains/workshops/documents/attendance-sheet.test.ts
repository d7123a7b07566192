import { describe, expect, test } from 'vitest';
import { canReadBack, pagesOf, untidy, wordsOf } from '#platform/pdf/read-back.ts';
import { type AttendanceSheet, drawAttendance } from './attendance-sheet.ts';

const party = (name: string, seats: number, agreed: boolean | null = null) => ({ name, phone: '06 39 98 21 07', seats, agreed });
const sheet = (more: Partial<AttendanceSheet> = {}): AttendanceSheet => ({
  ...{
    garden: 'Jardin d’essai',
    title: 'Cuisiner les courges',
    day: '2026-11-28',
    from: '14:00',
    until: '16:30',
    place: 'Salle du jardin',
    seats: 12,
  },
  ...{ parties: [party('Martin Claire', 2, true), party('Noël Paul', 1, false)], editedOn: '2026-11-27' },
  ...more,
});

describe.skipIf(!canReadBack)('the attendance sheet (pdftotext is needed to read it back)', () => {
  test('says when and where, who is expected, who agrees to be shown, and the total', async () => {
    const pdf = await drawAttendance(sheet());
    const [first, ...others] = pagesOf(pdf);
    expect(others).toEqual([]);
    expect(first).toMatch(/Cuisiner les courges samedi 28 novembre 2026, de 14 h à 16 h 30 · Salle du jardin/);
    expect(first).toMatch(/Martin Claire 06 39 98 21 07 2 oui/);
    expect(first).toMatch(/Noël Paul 06 39 98 21 07 1 non/);
    expect(first).toMatch(/3 personnes attendues pour 12 places/);
    expect(untidy(wordsOf(pdf))).toEqual([]);
  });

  test('goes on over the page, everybody once, the total at the end', async () => {
    const parties = Array.from({ length: 55 }, (_, at) => party(`Personne-${at} de la très longue liste qui ne tient pas`, 1));
    const pdf = await drawAttendance(sheet({ parties }));
    const pages = pagesOf(pdf);
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(pages.join(' ').match(/Personne-\d+/g)).size).toBe(55);
    expect(pages.filter((page) => page.includes('55 personnes attendues'))).toHaveLength(1);
    expect(untidy(wordsOf(pdf))).toEqual([]);
  });

  test('nobody yet: a sheet with empty lines all the same', async () => {
    expect(pagesOf(await drawAttendance(sheet({ parties: [] })))[0]).toMatch(/0 personne attendue/);
  });
});
