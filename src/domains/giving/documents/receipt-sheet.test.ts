import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canReadBack, pagesOf } from '#platform/pdf/read-back.ts';
import { amountInWords } from '../rules/words.ts';
import type { ReceiptSheet } from './model.ts';
import { drawReceipt } from './receipt-sheet.ts';

const person: ReceiptSheet = {
  ...{ number: 'RF2026-00012', day: '2027-01-12', form: '11580*05', kind: 'person', articles: ['200', '978'] },
  ...{ duplicate: false, cancelled: null, replaces: null, cents: 12_345, words: amountInWords(12_345) },
  garden: {
    ...{ name: 'Jardins de la Moselle', legalForm: 'Association loi 1901', siren: '784671695', rna: 'W882001234' },
    ...{ address: '12 chemin des Champs', postcode: '88130', city: 'Charmes', accent: '#2f6b2f' },
    ...{ body: 'Organisme d’intérêt général, atelier ou chantier d’insertion (article L. 5132-15 du code du travail)' },
    ...{ object: 'Insertion par le maraîchage biologique', ruling: 'Rescrit du 12/03/2024' },
  },
  donor: {
    lastName: 'Durand',
    firstName: 'Marie',
    legalForm: '',
    siren: '',
    address: '3 rue du Verger',
    postcode: '88130',
    city: 'Charmes',
  },
  gifts: [
    { id: 1, day: '2026-03-02', cents: 10_000, nature: 'money', means: 'cheque', label: '', valuation: '' },
    { id: 2, day: '2026-10-14', cents: 2345, nature: 'money', means: 'transfer', label: '', valuation: '' },
  ],
  ...{ signer: 'Odile Grandjean', signerTitle: 'Présidente' },
};
const company: ReceiptSheet = {
  ...person,
  ...{
    number: 'RF2026-00013',
    kind: 'company',
    form: '16216*02',
    articles: ['238 bis'],
    cents: 45_000,
    words: amountInWords(45_000),
    replaces: 'RF2026-00004',
  },
  donor: { ...person.donor, lastName: 'Pépinières du Saintois', firstName: '', legalForm: 'SARL', siren: '784671695' },
  gifts: [
    {
      ...{ id: 3, day: '2026-05-04', cents: 45_000, nature: 'goods', means: null, label: '600 plants de tomates et de courges' },
      valuation: 'Coût de revient, facture de semences et main-d’œuvre jointes',
    },
  ],
};

describe.skipIf(!canReadBack)('a receipt on paper, read back by pdftotext', () => {
  const text = async (sheet: ReceiptSheet) => {
    const pdf = await drawReceipt(sheet);
    if (process.env.COCAGNE_KEEP) writeFileSync(`${process.env.COCAGNE_KEEP}/${sheet.number}${sheet.duplicate ? '-d' : ''}.pdf`, pdf);
    return pagesOf(pdf);
  };

  test('a person’s: every mention of the model', async () => {
    const pages = await text(person);
    expect(pages).toHaveLength(1);
    for (const said of [
      ...[
        '11580*05',
        'Numéro d’ordre du reçu : RF2026-00012',
        'Jardins de la Moselle',
        'SIREN 784 671 695',
        'RNA W882001234',
        'Insertion par le maraîchage',
      ],
      ...[
        'Durand',
        'Marie',
        '3 rue du Verger, 88130 Charmes',
        '123,45',
        'cent vingt-trois euros et quarante-cinq centimes',
        '02/03/2026',
        '14/10/2026',
      ],
      ...[
        'Déclaration de don manuel',
        'Numéraire',
        'Chèque ; Virement, prélèvement, carte bancaire',
        'aux articles 200 et 978',
        '12 janvier 2027',
        'Odile Grandjean',
      ],
    ])
      expect(pages[0]).toContain(said);
    expect(pages[0]).not.toContain('DUPLICATA');
  });

  test('a company’s, in kind: what it is, and its own valuation', async () => {
    const [page] = await text(company);
    for (const said of [
      ...[
        '16216*02',
        'à l’article 238 bis',
        'Pépinières du Saintois',
        'SARL',
        '600 plants de tomates',
        'Valeur déterminée par le donateur : Coût de revient',
      ],
      ...['des biens d’une valeur de', 'quatre cent cinquante euros', 'Annule et remplace le reçu RF2026-00004', 'Don en nature'],
    ])
      expect(page).toContain(said);
    expect(page).not.toContain('Mode de versement');
  });

  test('a duplicate and a cancelled one say so', async () => {
    expect((await text({ ...person, duplicate: true }))[0]).toContain('DUPLICATA');
    const cancelled = { ...person, cancelled: { day: '2027-02-01', by: 'RF2027-00002' } };
    expect((await text({ ...cancelled, number: 'RF2026-00014' }))[0]).toMatch(
      /ANNULÉ.*Annulé le 01\/02\/2027, remplacé par le reçu RF2027-00002/,
    );
  });

  test('sixty gifts go over pages, none is lost', async () => {
    const gifts = Array.from({ length: 60 }, (_, at) => ({ ...person.gifts[0]!, id: at, cents: 1000 + at }));
    const pages = await text({ ...person, number: 'RF2026-00015', gifts });
    expect(pages.length).toBe(3);
    for (const { cents } of gifts) expect(pages.join(' ')).toContain((cents / 100).toFixed(2).replace('.', ','));
  });
});

test('the same receipt is always the same file', async () => {
  expect((await drawReceipt(person)).equals(await drawReceipt(person))).toBe(true);
});
