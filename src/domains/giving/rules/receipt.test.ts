import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { articlesFor, formOn, type Statement, statementOn, whyNoReceipt } from './eligibility.ts';
import { grouped, receiptNumber } from './receipt.ts';

const statement: Statement = {
  ...{
    startsOn: '2025-01-01',
    eligible: true,
    body: 'insertion',
    articles: ['200', '238 bis', '978'],
    object: 'Insertion par le maraîchage',
  },
  ...{ ruling: '', signer: 'Odile Grandjean', signerTitle: 'Présidente' },
};
const asked = {
  gift: { day: '2026-03-02', nature: 'money', state: 'received', counterpart: false, valuation: '' },
  donor: { kind: 'person', lastName: 'Martin', address: '1 rue du Pré', postcode: '88130', city: 'Charmes', siren: '' },
  garden: { siren: '784671695', rna: '', address: '2 chemin des Champs', city: 'Charmes' },
  statements: [statement],
} as const;
const today = '2026-11-22';

describe('who may have a receipt', () => {
  test('a gift of money to a garden that stated its right', () => {
    expect(whyNoReceipt(asked, today)).toBeNull();
  });

  test.each([
    ['promised', { gift: { ...asked.gift, state: 'promised' } }, /pas encore reçu/],
    ['with a counterpart', { gift: { ...asked.gift, counterpart: true } }, /contrepartie/],
    ['nothing stated', { statements: [] }, /pas déclaré/],
    ['stated later than the gift', { statements: [{ ...statement, startsOn: '2026-06-01' }] }, /le jour de ce don/],
    ['taken back since', { statements: [statement, { ...statement, startsOn: '2026-10-01', eligible: false }] }, /pas déclaré/],
    ['no number of the garden', { garden: { ...asked.garden, siren: '' } }, /SIRET ou RNA/],
    ['no address of the donor', { donor: { ...asked.donor, city: '' } }, /adresse complète/],
    ['a company without SIREN', { donor: { ...asked.donor, kind: 'company' as const } }, /SIREN de l’entreprise/],
    [
      'a company, and article 200 alone',
      { donor: { ...asked.donor, kind: 'company' as const }, statements: [{ ...statement, articles: ['200'] }] },
      /238 bis/,
    ],
    ['goods nobody valued', { gift: { ...asked.gift, nature: 'goods' as const } }, /valeur/],
  ])('none: %s', (_, change, why) => {
    expect(whyNoReceipt({ ...asked, ...change }, today)).toMatch(why);
  });

  test('law: nothing with a counterpart ever has one, whatever else is said', () =>
    fc.assert(
      fc.property(fc.constantFrom('money', 'claim', 'goods'), fc.boolean(), fc.string(), (nature, company, valuation) => {
        const gift = { ...asked.gift, nature: nature as 'money', counterpart: true, valuation };
        const donor = { ...asked.donor, kind: company ? ('company' as const) : ('person' as const), siren: '784671695' };
        return whyNoReceipt({ ...asked, gift, donor }, today) !== null;
      }),
    ));

  test('articles and models by kind and day', () => {
    expect(articlesFor(statement, 'person')).toEqual(['200', '978']);
    expect(articlesFor(statement, 'company')).toEqual(['238 bis']);
    expect([formOn('2023-03-31', 'person'), formOn('2023-04-01', 'person'), formOn(today, 'company')]).toEqual([
      '11580*04',
      '11580*05',
      '16216*02',
    ]);
    expect(() => formOn('2020-01-01', 'person')).toThrow();
  });

  test('the last statement of a same day holds', () => {
    const later = { ...statement, signer: 'Paul Noël' };
    expect(statementOn([statement, later], today)).toBe(later);
    expect(statementOn([later], '2024-12-31')).toBeNull();
  });
});

const gift = fc.record({
  donor: fc.integer({ min: 1, max: 4 }),
  day: fc.constantFrom('2025-12-31', '2026-01-01', '2026-07-14'),
  cents: fc.integer({ min: 1, max: 500_000 }),
});

test('law: every gift stands on one receipt, of its donor and its year, and amounts add up', () =>
  fc.assert(
    fc.property(fc.array(gift, { maxLength: 30 }), fc.boolean(), (given, apart) => {
      const gifts = given.map((one) => ({ ...one, kind: one.donor === 4 ? ('company' as const) : ('person' as const) }));
      const groups = grouped(gifts, apart);
      expect(groups.flatMap((one) => one.gifts).length).toBe(gifts.length);
      expect(new Set(groups.flatMap((one) => one.gifts)).size).toBe(gifts.length);
      for (const group of groups) {
        expect(group.cents).toBe(group.gifts.reduce((sum, { cents }) => sum + cents, 0));
        expect(new Set(group.gifts.map(({ donor, day }) => `${donor} ${day.slice(0, 4)}`)).size).toBe(1);
        if (apart || group.kind === 'company') expect(group.gifts.length).toBe(1);
      }
    }),
  ));

test('numbers are of their year, and sort', () => {
  expect(receiptNumber(2026, 12)).toBe('RF2026-00012');
  expect(receiptNumber(2026, 9) < receiptNumber(2026, 10)).toBe(true);
});
