import { describe, expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { archivalFlaws } from '#platform/pdf/archival.ts';
import { canReadBack, pagesOf, untidy, wordsOf } from '#platform/pdf/read-back.ts';
import { mentionsOn } from '../rules/mentions.ts';
import { type Movement, periodsOf } from '../rules/statement.ts';
import { drawStatement, type StatementSheet } from './statement-sheet.ts';

const names = {
  letterhead: {
    ...{
      name: 'Jardins de la Moselle',
      legalForm: 'Association loi 1901',
      address: '12 chemin',
      postcode: '88130',
      city: 'Charmes',
      phone: '',
      email: '',
    },
    ...{
      siret: '73282932000074',
      rna: '',
      vatNumber: '',
      accent: '#2f6b2f',
      footer: '',
      mentions: mentionsOn('2025-10-31', { vatLiable: true, vatReason: '293B' }),
    },
  },
  recipient: {
    number: '1001',
    kind: 'person',
    name: 'Mme Claire Martin',
    address: '3 rue du Moulin',
    postcode: '88000',
    city: 'Épinal',
    email: '',
  },
} as const;

const move = (day: string, kind: Movement['kind'], label: string, cents: number): Movement => ({
  ...{ entry: 1, day, kind, label, cents, reference: kind === 'billed' ? 'F2025-00012' : 'CH12', document: null },
});

/** A year of weekly baskets, billed and paid by the month. */
function sheet(months: number): StatementSheet {
  const from = '2025-01-01';
  const until = addDays(from, months * 30);
  const weeks = Array.from({ length: Math.floor((months * 30) / 7) }, (_, at) => addDays(from, at * 7));
  const received = weeks.map((day) => ({ day, product: 'Panier moyen', quantity: 1, cents: 1380 }));
  const movements = weeks
    .filter((_, at) => at % 4 === 0)
    .flatMap((day) => [
      move(day, 'billed', 'Facture F2025-00012 · Paniers du mois', 5520),
      move(addDays(day, 3), 'paid', 'Prélèvement', -5520),
    ]);
  const periods = periodsOf(
    { from, until, opening: 1250 },
    received,
    movements.sort((a, b) => (a.day < b.day ? -1 : 1)),
  );
  const closing = periods.at(-1)?.balance ?? 1250;
  return { ...names, from, until, opening: 1250, periods, closing, ahead: 2760, editedOn: until };
}

test('the same statement gives the same file, PDF/A-2b as far as can be seen here', async () => {
  const [one, other] = await Promise.all([drawStatement(sheet(2)), drawStatement(sheet(2))]);
  expect(archivalFlaws(one)).toEqual([]);
  expect(one.equals(other)).toBe(true);
});

describe.skipIf(!canReadBack)('read back', () => {
  test('it says what remains, in words, and what each month was made of', async () => {
    const text = pagesOf(await drawStatement(sheet(2)))
      .join(' ')
      .replaceAll('\u00a0', ' ')
      .replaceAll('\u202f', ' ');
    for (const said of [
      'Relevé de compte',
      'Reste à régler',
      '12,50 €',
      '27,60 €',
      'Janvier 2025',
      'Prélèvement',
      'F2025-00012',
      'Client n° 1001',
    ])
      expect(text).toContain(said);
  });

  test.each([0, 1, 3, 12])('nothing goes over the edge, nothing covers anything else, over %i months', async (months) => {
    expect(untidy(wordsOf(await drawStatement(sheet(months))))).toEqual([]);
  });

  test('a page never begins with what remains alone, whatever the number of baskets', async () => {
    for (let count = 20; count < 32; count++) {
      const one = sheet(0);
      const days = Array.from({ length: count }, (_, at) => addDays('2025-01-01', at));
      const received = days.map((day) => ({ day, product: 'Panier moyen', quantity: 1, cents: 1380 }));
      const asked = { from: '2025-01-01', until: '2025-02-01', opening: 0 };
      const periods = periodsOf(asked, received, [move('2025-01-31', 'billed', 'Facture F2025-00012', 5520)]);
      const pages = pagesOf(await drawStatement({ ...one, ...asked, periods, closing: 5520, ahead: 0 }));
      expect(pages.at(-1)).toContain('F2025-00012');
    }
  });

  test('where the account stood the day before is not told of a balance that was brought over', async () => {
    const asked = { from: '2024-12-20', until: '2025-01-31', opening: 0 };
    const periods = periodsOf(asked, [], [move('2024-12-20', 'brought', 'Solde repris de l’ancien outil', 1230)]);
    const text = pagesOf(await drawStatement({ ...sheet(0), ...asked, periods, closing: 1230, ahead: 0 })).join(' ');
    expect(text).toContain('Solde repris');
    expect(text).not.toContain('19 décembre');
  });
});
