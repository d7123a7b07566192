import { describe, expect, test } from 'vitest';
import type { Read } from './model.ts';
import { sample } from './sample.ts';
import { readRequests, readSubscriptions } from './subscriptions.ts';

const only = <T>({ lines, rejected }: Read<T>): T => {
  expect(rejected).toEqual([]);
  return lines[0]!.value;
};
const reason = (read: Read<unknown>): string => {
  expect(read.lines).toEqual([]);
  return read.rejected[0]!.reason;
};

describe('subscriptions', () => {
  const row = {
    customerNumber: '1001',
    productName: 'Simple',
    frequency: 'hebdomadaire',
    quantity: '1',
    depotNumber: '39',
    start: '01/01/2025',
    end: '31/12/2025',
    price: '13,80',
    billing: 'à terme échu',
  };
  const read = (...rows: Record<string, string>[]) =>
    readSubscriptions(...sample('subscriptions', ...rows.map((one) => ({ ...row, ...one }))));

  test('a whole line', () =>
    expect(only(read({}))).toEqual({
      customerNumber: '1001',
      productName: 'Simple',
      frequency: 'weekly',
      quantity: 1,
      depotNumber: '39',
      startsOn: '2025-01-01',
      endsOn: '2025-12-31',
      priceCents: 1380,
      billingMode: 'arrears',
      billingCount: null,
    }));
  test('what may be left out', () =>
    expect(only(read({ quantity: '', price: '', billing: '' }))).toMatchObject({
      quantity: 1,
      priceCents: null,
      billingMode: 'arrears',
      billingCount: null,
    }));

  test.each([
    ['hebdomadaire', 'weekly'],
    ['Toutes les semaines', 'weekly'],
    ['semaines paires', 'even_weeks'],
    ['Sem. impaires', 'odd_weeks'],
    ['tous les 15 jours (semaine paire)', 'even_weeks'],
    ['1re semaine du mois', 'first_of_month'],
    ['1ère semaine du mois', 'first_of_month'],
    ['Première semaine du mois', 'first_of_month'],
    ['mensuel', 'first_of_month'],
  ])('%s → %s', (frequency, code) => expect(only(read({ frequency })).frequency).toBe(code));

  test.each([
    ['à terme échu', 'arrears', null],
    ['mensualités fixes', 'instalments', null],
    ['en 10 fois', 'instalments', 10],
    ['carnet de 12', 'pack', 12],
    ['prépaiement 4 paniers', 'prepaid', 4],
    ['payé d’avance', 'prepaid', null],
  ])('%s → %s, %s', (billing, billingMode, billingCount) => expect(only(read({ billing }))).toMatchObject({ billingMode, billingCount }));

  test.each([
    [{ customerNumber: '' }, 'N° adhérent : valeur manquante.'],
    [{ productName: '' }, 'Panier : valeur manquante.'],
    [{ depotNumber: '' }, 'N° dépôt : valeur manquante.'],
    [
      { frequency: 'tous les 10 jours' },
      'Fréquence « tous les 10 jours » : hebdomadaire, semaines paires, semaines impaires ou 1re semaine du mois attendu.',
    ],
    [{ frequency: 'tous les 15 jours' }, 'Fréquence « tous les 15 jours » : précisez « semaines paires » ou « semaines impaires ».'],
    [{ frequency: '' }, 'Fréquence : valeur manquante.'],
    [{ quantity: '-1' }, 'Quantité « -1 » : nombre entier d’au moins 1 attendu.'],
    [{ quantity: '0' }, 'Quantité « 0 » : nombre entier d’au moins 1 attendu.'],
    [{ quantity: '1,5' }, 'Quantité « 1,5 » : nombre entier d’au moins 1 attendu.'],
    [{ start: '01/06/2025', end: '31/05/2025' }, 'Fin « 31/05/2025 » : la fin vient avant le début (01/06/2025).'],
    [{ end: '' }, 'Fin : valeur manquante.'],
    [{ end: '31/11/2025' }, 'Fin « 31/11/2025 » : ce jour n’existe pas.'],
    [{ price: '-13,80' }, 'Prix TTC « -13,80 » : le montant ne peut pas être négatif.'],
    [{ billing: 'troc' }, 'Règlement « troc » : à terme échu, mensualités fixes, prépaiement ou carnet attendu.'],
  ])('%j', (fault, expected) => expect(reason(read(fault as Record<string, string>))).toBe(expected));

  test('one customer may hold several of the same product; the very same line twice is one too many', () => {
    const { lines, rejected } = read({}, { depotNumber: '3' }, { frequency: 'semaines paires' }, {});
    expect(lines.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(rejected).toEqual([{ line: 5, reason: 'Cet abonnement du client n° 1001 est déjà à la ligne 2, ligne identique.' }]);
  });
});

describe('requests', () => {
  const row = { customerNumber: '1001', productName: 'Simple', week: '43', kind: 'report', toWeek: '44' };
  const read = (...rows: Record<string, string>[]) =>
    readRequests(...sample('requests', ...rows.map((one) => ({ ...row, ...one }))), { year: 2025 });

  test.each([
    [{}, { week: 43, kind: 'postpone', toWeek: 44 }],
    [
      { week: '23', toWeek: '22' },
      { week: 23, kind: 'postpone', toWeek: 22 },
    ],
    [
      { kind: 'Annulation', toWeek: '' },
      { week: 43, kind: 'cancel', toWeek: null },
    ],
    [
      { kind: '', toWeek: '' },
      { week: 43, kind: 'cancel', toWeek: null },
    ],
    [
      { kind: '', toWeek: 'S44' },
      { week: 43, kind: 'postpone', toWeek: 44 },
    ],
  ])('%j', (given, expected) =>
    expect(only(read(given as Record<string, string>))).toEqual({ customerNumber: '1001', productName: 'Simple', ...expected }),
  );

  test.each([
    [{ week: '53' }, 'Semaine « 53 » : l’année 2025 va de la semaine 1 à la semaine 52.'],
    [{ week: '' }, 'Semaine : valeur manquante.'],
    [{ toWeek: '60' }, 'Reporté en semaine « 60 » : l’année 2025 va de la semaine 1 à la semaine 52.'],
    [{ toWeek: '' }, 'Reporté en semaine : valeur manquante pour un report.'],
    [{ toWeek: '43' }, 'Reporté en semaine « 43 » : le report doit aller vers une autre semaine.'],
    [{ kind: 'annulation' }, 'Reporté en semaine « 44 » : doit être vide pour une annulation.'],
    [{ kind: 'doublage' }, 'Demande « doublage » : annulation ou report attendu.'],
  ])('%j', (fault, expected) => expect(reason(read(fault as Record<string, string>))).toBe(expected));

  test('one request at most for a basket and a week', () => {
    expect(read({}, { kind: 'annulation', toWeek: '' }, { week: '42' }).rejected).toEqual([
      { line: 3, reason: 'La demande du client n° 1001 pour « Simple » en semaine 43 est déjà à la ligne 2, avec d’autres valeurs.' },
    ]);
  });
});
