import { describe, expect, test } from 'vitest';
import { canReadBack, pagesOf, untidy, wordsOf } from '#platform/pdf/read-back.ts';
import { drawEvidence, type EvidenceSheet } from './evidence-sheet.ts';

const sheet = (more: Partial<EvidenceSheet> = {}): EvidenceSheet => ({
  ...{
    garden: 'Jardin d’essai',
    legal: '',
    title: 'demande de subvention S2026-0004',
    funder: 'CAF',
    asks: 'both',
    from: '2026-08-19',
    until: '2026-11-18',
  },
  ...{ cents: 65_250, baskets: 58, corrections: 0, people: 6, households: [{ name: '1 personne', count: null }] },
  weeks: [34, 35, 36].map((week) => ({ year: 2026, week, baskets: week === 36 ? 5 : null })),
  workshops: [{ title: 'Conserves de tomates', day: '2026-09-19', present: '7', cents: -15_000 }],
  editedOn: '2026-11-23',
  ...more,
});

describe.skipIf(!canReadBack)('the evidence of a claim (pdftotext is needed to read it back)', () => {
  test('baskets and workshops: what may be shown, and that something is not', async () => {
    const pdf = await drawEvidence(sheet());
    const [page, ...others] = pagesOf(pdf);
    expect(others).toEqual([]);
    expect(page).toMatch(/Justificatif de paniers solidaires et d’ateliers/);
    expect(page).toMatch(/Aucun groupe n’est assez grand pour être montré/);
    expect(page).toMatch(/Semaine 36 de 2026 5 2 autres semaines non montrées/);
    expect(page).not.toMatch(/Semaine 34|1 personne/);
    expect(page).toMatch(/Conserves de tomates, le 19\/09\/2026, demandé avant et/);
    expect(untidy(wordsOf(pdf))).toEqual([]);
  });

  test('workshops alone, as many as there are: over the page, each once', async () => {
    const workshops = Array.from({ length: 60 }, (_, at) => ({
      title: `Atelier-${at}`,
      day: '2026-09-19',
      present: 'moins de 5',
      cents: 1000,
    }));
    const pdf = await drawEvidence(sheet({ asks: 'workshops', workshops, weeks: [], households: [] }));
    const pages = pagesOf(pdf);
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(pages.join(' ').match(/Atelier-\d+/g)).size).toBe(60);
    expect(pages.join(' ')).not.toMatch(/Foyers|Paniers livrés/);
    expect(untidy(wordsOf(pdf))).toEqual([]);
  });
});
