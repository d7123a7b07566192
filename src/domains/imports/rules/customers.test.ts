import { describe, expect, test } from 'vitest';
import { readCustomers } from './customers.ts';
import { sample } from './sample.ts';

const marie = {
  number: '1001',
  civility: 'Mme',
  lastName: 'Barré',
  firstName: 'Marie',
  address: '86 rue de la Gare',
  postcode: '88150',
  city: 'Thaon-les-Vosges',
  phone: '+33 6 40 97 25 46',
  email: 'marie@exemple.test',
  category: 'Particulier',
  membershipStart: '01/01/2025',
  membershipEnd: '31/12/2025',
  membershipAmount: '30,00',
  volunteer: 'pourquoi pas',
  balance: '-13,80',
  paymentMethod: 'Prélèvement',
  iban: 'fr76 3000 6000 0112 3456 7890 189',
  bic: 'agrifrpp888',
  mandateReference: ' ++Coc 001-3 ',
  mandateSignedOn: '19/07/2020',
};
const read = (...rows: Record<string, string>[]) => readCustomers(...sample('customers', ...rows.map((row) => ({ ...marie, ...row }))));
const value = (row: Record<string, string>) => {
  const { lines, rejected } = read(row);
  expect(rejected).toEqual([]);
  return lines[0]!.value;
};
const reason = (row: Record<string, string>) => {
  const { lines, rejected } = read(row);
  expect(lines).toEqual([]);
  return rejected[0]!.reason;
};

test('a whole line', () => {
  expect(read({}).lines).toEqual([
    {
      line: 2,
      value: {
        number: '1001',
        civility: 'Mme',
        lastName: 'Barré',
        firstName: 'Marie',
        kind: 'person',
        address: '86 rue de la Gare',
        postcode: '88150',
        city: 'Thaon-les-Vosges',
        phone: '06 40 97 25 46',
        email: 'marie@exemple.test',
        category: 'Particulier',
        membership: { startsOn: '2025-01-01', endsOn: '2025-12-31', amountCents: 3000 },
        volunteer: 'maybe',
        balanceCents: -1380,
        paymentMethod: 'direct_debit',
        // The reference is not even trimmed.
        mandate: { iban: 'FR7630006000011234567890189', bic: 'AGRIFRPP888', reference: ' ++Coc 001-3 ', signedOn: '2020-07-19' },
      },
    },
  ]);
});

test('what may be left out', () => {
  const bare = Object.fromEntries(
    Object.keys(marie).map((key) => [key, ['number', 'lastName'].includes(key) ? marie[key as 'number'] : '  ']),
  );
  expect(value(bare)).toMatchObject({
    firstName: '',
    postcode: '',
    phone: '',
    email: '',
    membership: null,
    volunteer: null,
    balanceCents: 0,
    paymentMethod: null,
    mandate: null,
    kind: 'person',
  });
  expect(value({ membershipAmount: '' }).membership?.amountCents).toBe(0);
  expect(value({ bic: '' }).mandate?.bic).toBe('');
});

test.each([
  ['Prélèvement automatique', 'direct_debit'],
  ['PRLV', 'direct_debit'],
  ['Chèque', 'cheque'],
  ['Chèques vacances', 'voucher'],
  ['virement permanent', 'transfer'],
  ['Espèces', 'cash'],
  ['CB', 'card'],
])('pays by %s', (text, code) => expect(value({ paymentMethod: text }).paymentMethod).toBe(code));

test.each([
  ['Mme et M.', 'Particulier', 'person'],
  ['M.', 'Salarié', 'person'],
  ['', 'Restauration collective', 'organisation'],
  ['Association', '', 'organisation'],
])('%s, %s is a %s', (civility, category, kind) => expect(value({ civility, category }).kind).toBe(kind));

describe('each fault names the column, the value and what is expected', () => {
  test.each<[Record<string, string>, string]>([
    [{ number: '' }, 'N° : valeur manquante.'],
    [{ lastName: ' ' }, 'Nom : valeur manquante.'],
    [{ email: 'pas d adresse' }, 'E-mail « pas d adresse » : ce n’est pas une adresse de courriel.'],
    [{ postcode: '8815' }, 'Code postal « 8815 » : cinq chiffres attendus.'],
    [{ phone: '06 40' }, 'Téléphone « 06 40 » : dix chiffres attendus.'],
    [{ membershipStart: '31/02/2025' }, 'Adhésion du « 31/02/2025 » : ce jour n’existe pas.'],
    [{ membershipStart: 'janvier' }, 'Adhésion du « janvier » : date attendue sous la forme JJ/MM/AAAA.'],
    [{ membershipStart: '' }, 'Adhésion du : date manquante.'],
    [{ membershipEnd: '' }, 'Adhésion au : date manquante.'],
    [{ membershipEnd: '31/12/2024' }, 'Adhésion au « 31/12/2024 » : la fin vient avant le début (01/01/2025).'],
    [{ membershipAmount: 'cinq euros' }, 'Montant adhésion « cinq euros » : montant en euros attendu, par exemple 13,80.'],
    [{ membershipAmount: '-5' }, 'Montant adhésion « -5 » : le montant ne peut pas être négatif.'],
    [{ balance: '12,345' }, 'Solde « 12,345 » : montant en euros attendu, par exemple 13,80.'],
    [{ volunteer: 'bof' }, 'Bénévole « bof » : oui, non ou pourquoi pas attendu.'],
    [{ paymentMethod: 'troc' }, 'Mode de règlement « troc » : prélèvement, chèque, virement, espèces, carte ou bon attendu.'],
    [
      { iban: 'FR76 3000 6000 0112 3456 7890 188' },
      'IBAN « FR76 3000 6000 0112 3456 7890 188 » : les chiffres de contrôle sont faux, vérifiez-le sur le RIB.',
    ],
    [{ iban: 'FR76 3000' }, 'IBAN « FR76 3000 » : ce n’est pas un IBAN, recopiez-le du RIB.'],
    [{ iban: '' }, 'IBAN : valeur manquante pour un mandat de prélèvement.'],
    [{ bic: 'AGRI' }, 'BIC « AGRI » : ce n’est pas un BIC (8 ou 11 lettres et chiffres).'],
    [{ mandateReference: '' }, 'RUM : valeur manquante pour un mandat de prélèvement.'],
    [{ mandateReference: 'x'.repeat(36) }, `RUM « ${'x'.repeat(36)} » : 35 signes au plus.`],
    [{ mandateSignedOn: '30/02/2020' }, 'Mandat signé le « 30/02/2020 » : ce jour n’existe pas.'],
    [{ mandateSignedOn: '' }, 'Mandat signé le : valeur manquante pour un mandat de prélèvement.'],
  ])('%j', (row, expected) => expect(reason(row)).toBe(expected));

  test('several faults are told together', () => {
    expect(reason({ lastName: '', postcode: '8815', email: 'x' })).toBe(
      'Nom : valeur manquante. Code postal « 8815 » : cinq chiffres attendus. E-mail « x » : ce n’est pas une adresse de courriel.',
    );
  });

  test('a line with a cell too many', () => {
    const [table, mapping] = sample('customers', marie);
    table.rows[0]!.cells.push('de trop');
    expect(readCustomers(table, mapping).rejected[0]!.reason).toBe(
      'La ligne a 21 cellules pour 20 colonnes : un séparateur « ; » est de trop.',
    );
  });
});

describe('a number met twice', () => {
  test.each<[Record<string, string>, string]>([
    [{}, 'Le client n° 1001 est déjà à la ligne 2, ligne identique.'],
    [{ lastName: 'Autre-Nom' }, 'Le client n° 1001 est déjà à la ligne 2, sous un autre nom (Barré).'],
    [{ phone: '' }, 'Le client n° 1001 est déjà à la ligne 2, avec d’autres valeurs.'],
  ])('%j', (second, expected) => {
    const { lines, rejected } = read({}, second);
    expect(lines.map(({ line }) => line)).toEqual([2]);
    expect(rejected).toEqual([{ line: 3, reason: expected }]);
  });

  test('a first line that is refused takes nobody’s place', () => {
    const { lines, rejected } = read({ postcode: 'x' }, {});
    expect(lines.map(({ line }) => line)).toEqual([3]);
    expect(rejected.map(({ line }) => line)).toEqual([2]);
  });
});
