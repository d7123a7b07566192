import { expect, test } from 'vitest';
import { frequencyChoices, isOpenTo, judgeOffer, type Offer, offeredAs } from './offer.ts';

const offer: Offer = {
  frequencies: ['weekly', 'fortnightly'],
  basketCounts: [],
  categories: [],
  minQuantity: 1,
  maxQuantity: 3,
  archived: false,
};
const wanted = { category: 'Particulier', frequency: 'weekly', quantity: 1, basketCount: null } as const;

test('choices of frequency', () => {
  expect(frequencyChoices(['weekly'])).toEqual(['weekly']);
  expect(frequencyChoices(['fortnightly', 'weekly'])).toEqual(['weekly', 'even_weeks', 'odd_weeks']);
  expect(frequencyChoices(['monthly'])).toEqual(['first_of_month', 'second_of_month', 'third_of_month', 'fourth_of_month']);
  expect([offeredAs('weekly'), offeredAs('odd_weeks'), offeredAs('fourth_of_month')]).toEqual(['weekly', 'fortnightly', 'monthly']);
});

test('what is on offer may be taken', () => {
  expect(judgeOffer(offer, wanted)).toBeNull();
  expect(judgeOffer(offer, { ...wanted, frequency: 'odd_weeks', quantity: 3 })).toBeNull();
  expect(judgeOffer({ ...offer, maxQuantity: null }, { ...wanted, quantity: 40 })).toBeNull();
});

test('what is not on offer is refused, with the reason', () => {
  expect(judgeOffer({ ...offer, archived: true }, wanted)).toEqual({ why: 'archived' });
  expect(judgeOffer(offer, { ...wanted, frequency: 'second_of_month' })).toEqual({ why: 'frequency', offered: ['weekly', 'fortnightly'] });
  expect(judgeOffer({ ...offer, minQuantity: 2 }, wanted)).toEqual({ why: 'too_few', min: 2 });
  expect(judgeOffer(offer, { ...wanted, quantity: 4 })).toEqual({ why: 'too_many', max: 3 });
});

test('a plan by count is taken by one of its counts, a plan by period by none', () => {
  const packs = { ...offer, basketCounts: [12, 24] };
  expect(judgeOffer(packs, { ...wanted, basketCount: 24 })).toBeNull();
  expect(judgeOffer(packs, { ...wanted, basketCount: 10 })).toEqual({ why: 'by_count', counts: [12, 24] });
  expect(judgeOffer(packs, wanted)).toEqual({ why: 'by_count', counts: [12, 24] });
  expect(judgeOffer(offer, { ...wanted, basketCount: 12 })).toEqual({ why: 'by_period' });
});

test('a reserved plan opens to its categories, however they are written, and to whom staff gives it', () => {
  const reserved = { ...offer, categories: ['Salarié du jardin', 'Bénévole'] };
  expect(isOpenTo(reserved, ' benevole')).toBe(true);
  expect(judgeOffer(reserved, { ...wanted, category: 'SALARIÉ DU JARDIN' })).toBeNull();
  expect(judgeOffer(reserved, wanted)).toEqual({ why: 'reserved', categories: ['Salarié du jardin', 'Bénévole'] });
  expect(judgeOffer(reserved, { ...wanted, category: '' })).not.toBeNull();
  expect(judgeOffer(reserved, { ...wanted, category: null })).toBeNull();
});
