import { expect, test } from 'vitest';
import { canReadBack, pagesOf, untidy, wordsOf } from '#platform/pdf/read-back.ts';
import { attestation } from './attestation.ts';

const given = { garden: 'Les Jardins de la Moselle', legal: '784 671 695 00103', version: '1.2.3', day: '2026-03-31' };

test.skipIf(!canReadBack)('one tidy page: the garden, the version, and what is left to fill (skipped without pdftotext)', async () => {
  const pdf = await attestation(given);
  const pages = pagesOf(pdf);
  expect(pages).toHaveLength(1);
  for (const said of ['286', 'Volet 1', 'Volet 2', '1.2.3', given.garden, given.legal, 'Signature de l’éditeur', '31/03/2026'])
    expect(pages[0]).toContain(said);
  expect(untidy(wordsOf(pdf))).toEqual([]);
});
