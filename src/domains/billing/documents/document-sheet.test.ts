import { describe, expect, test } from 'vitest';
import { archivalFlaws } from '#platform/pdf/archival.ts';
import { canReadBack, fontsOf, pagesOf, untidy, wordsOf } from '#platform/pdf/read-back.ts';
import { lineAmounts } from '../rules/draft.ts';
import { mentionsOn } from '../rules/mentions.ts';
import { drawDocument, drawDocuments } from './document-sheet.ts';
import type { DocumentSheet, SheetLine } from './model.ts';

const line = (label: string, quantity: number, unitPrice: number, vatBasisPoints: number, more: Partial<SheetLine> = {}): SheetLine => {
  const one = {
    kind: 'basket' as const,
    label,
    detail: '',
    quantity,
    unitPrice,
    vatBasisPoints,
    vatIncluded: true,
    from: null,
    until: null,
    ...more,
  };
  return { ...one, ...lineAmounts(one) };
};
const sheet = (more: Partial<DocumentSheet> = {}, vatLiable = true): DocumentSheet => ({
  ...{
    kind: 'invoice',
    number: 'F2025-00012',
    day: '2025-10-31',
    dueOn: '2025-11-30',
    title: 'Paniers d’octobre',
    note: '',
    credits: null,
  },
  letterhead: {
    ...{
      name: 'Jardins de l’Œuvre & Cie',
      legalForm: 'Association loi 1901',
      address: '12 chemin',
      postcode: '88130',
      city: 'Charmes',
      phone: '',
      email: '',
    },
    ...{ siret: '73282932000074', rna: 'W882001234', vatNumber: vatLiable ? 'FR44732829320' : '', accent: '', footer: 'Merci !' },
    mentions: mentionsOn('2025-10-31', { vatLiable, vatReason: '293B' }),
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
  lines: [line('Panier simple', 4000, 1380, 550, { from: '2025-10-03', until: '2025-10-31' }), line('Contenant', 1000, 150, 2000)],
  ...more,
});

test('the same document gives the same file, and it is PDF/A-2b as far as can be seen here', async () => {
  const pdf = await drawDocument(sheet());
  expect(await drawDocument(sheet())).toEqual(pdf);
  expect(archivalFlaws(pdf)).toEqual([]);
  expect(
    archivalFlaws(await drawDocuments([sheet(), sheet({ kind: 'credit_note', number: 'A2025-00001', title: 'Œufs & co <bio>' })])),
  ).toEqual([]);
});

describe.skipIf(!canReadBack)('read back with pdftotext (skipped when it is not installed)', () => {
  const text = async (one: DocumentSheet) => pagesOf(await drawDocument(one)).join('\n');

  test('an invoice says who, when, what, how much, and what the law wants', async () => {
    const said = await text(sheet());
    for (const part of [
      ...[
        'N° F2025-00012',
        '31 octobre 2025',
        'À régler au plus tard le 30/11/2025',
        'SIRET 732 829 320 00074',
        'RNA W882001234',
        'TVA FR44732829320',
      ],
      ...[
        'Mme Claire Martin',
        'livraisons du 03/10/2025 au 31/10/2025',
        '13,80 €',
        '52,32 €',
        '55,20 €',
        'Pas d’escompte',
        'Merci !',
        '56,70 €',
      ],
    ])
      expect(said.replaceAll(' ', ' ')).toContain(part);
    expect(said).not.toContain('40 €');
    expect(said).not.toContain('293 B');
  });

  test('days that the detail names are not said twice', async () => {
    const said = await text(
      sheet({
        lines: [line('Œufs', 1000, 240, 550, { detail: 'Reçus du 03/10/2025 au 31/10/2025', from: '2025-10-03', until: '2025-10-31' })],
      }),
    );
    expect(said).toContain('Reçus du 03/10/2025 au 31/10/2025');
    expect(said).not.toContain('livraisons');
  });

  test('an organisation reads prices without VAT and what late payment costs; a garden that charges no VAT says why', async () => {
    const recipient = { ...sheet().recipient, kind: 'organisation' as const };
    const organisation = (await text(sheet({ recipient }))).replaceAll(' ', ' ');
    expect(organisation).toContain('Prix unit. HT');
    expect(organisation).toContain('13,0806 €');
    expect(organisation).toContain('40 €');
    const without = (await text(sheet({ lines: [line('Panier', 1000, 1380, 0)] }, false))).replaceAll(' ', ' ');
    expect(without).toContain('TVA non applicable, art. 293 B du CGI');
    expect(without).not.toContain('Montant HT');
  });

  test('a hundred lines, long names and every accent stay within the margins, and no page says less than it should', async () => {
    const lines = Array.from({ length: 100 }, (_, at) =>
      line(
        `Légumes de la semaine ${at}, livrés à la cuisine centrale de l’établissement avec leurs caisses`,
        -12_500,
        99_999,
        at % 2 ? 550 : 2000,
      ),
    );
    const name = 'Lycée d’enseignement général, technologique et agricole de Mirecourt-Val-d’Arol, restauration';
    const pdf = await drawDocument(sheet({ lines, note: 'Très long. '.repeat(60), recipient: { ...sheet().recipient, name } }));
    expect(untidy(wordsOf(pdf))).toEqual([]);
    const pages = pagesOf(pdf);
    for (const { label } of lines.slice(0, 100)) expect(pages.join(' ')).toContain(label.slice(0, 24));
    expect(pages.at(-1)).toContain('Total TTC');
    for (const font of fontsOf(pdf)) expect(font).toMatchObject({ embedded: true, unicode: true });
  });

  test('any number of lines leaves room for the end', async () => {
    for (const count of [1, 8, 14, 15, 16, 17, 18, 19, 20, 35]) {
      const lines = Array.from({ length: count }, (_, at) => line(`Panier ${at}`, 1000, 1380, at % 3 ? 550 : 2000));
      expect(untidy(wordsOf(await drawDocument(sheet({ lines })))), `${count} lines`).toEqual([]);
    }
  });

  test('many in one file: each begins on its own page', async () => {
    const pages = pagesOf(await drawDocuments([sheet(), sheet({ number: 'F2025-00013' })]));
    expect(pages).toHaveLength(2);
    expect(pages[1]).toContain('F2025-00013');
  });
});
