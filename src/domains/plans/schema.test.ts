import { describe, expect, test } from 'vitest';
import { newPlanForm, planIn } from './schema.ts';

/** A form filled with as little as one can. */
const typed = (more: Record<string, unknown> = {}) =>
  newPlanForm.parse({
    name: 'Simple',
    productId: 1,
    seasonId: '',
    frequencies: ['weekly'],
    priceCents: '13,80',
    allowed: ['cancel'],
    ...more,
  });

describe('the form', () => {
  test('reads what people type', () => {
    const form = typed({
      basketCounts: '24, 12',
      weeks: '18 à 20',
      depositCents: '15 €',
      maxQuantity: '3',
      cutoffHours: '72',
      limit1From: '1/7',
      limit1Until: '31/08',
      limit1Max: '3',
      membershipRequired: 'on',
      paymentMethods: ['cheque'],
    });
    expect(planIn(form)).toMatchObject({
      basketCounts: [12, 24],
      weeks: [18, 19, 20],
      depositCents: 1500,
      containerFeeCents: 0,
      minQuantity: 1,
      maxQuantity: 3,
      membershipRequired: true,
      tacitRenewal: false,
      seasonId: null,
      noticeDays: 30,
      flexibility: {
        allowed: ['cancel'],
        cutoffHours: 72,
        limits: [{ from: '07-01', until: '08-31', kinds: ['cancel', 'postpone'], max: 3 }],
      },
    });
    expect(Object.keys(planIn(form)).filter((key) => /^limit|version|priceCents/.test(key))).toEqual([]);
  });

  test('says what is wrong, field by field', () => {
    const wrong = newPlanForm.safeParse({
      ...{ name: ' ', productId: '', frequencies: [], priceCents: '', weeks: 'été', basketCounts: 'douze', noticeDays: 'x' },
      ...{ limit1From: '31/02', limit2From: '01/07' },
    });
    const fields = wrong.error?.issues.map((issue) => issue.path[0]) ?? [];
    expect(fields).toEqual(
      expect.arrayContaining(['name', 'productId', 'frequencies', 'priceCents', 'weeks', 'basketCounts', 'noticeDays', 'limit1From']),
    );
    const limits = newPlanForm.safeParse({
      ...typed(),
      priceCents: '1',
      depositCents: '',
      containerFeeCents: '',
      trialBaskets: '',
      basketCounts: '',
      weeks: '',
      billingCount: '',
      noticeDays: '1',
      cutoffHours: '',
      postponeWeeks: '',
      minQuantity: '4',
      maxQuantity: '2',
      position: '1',
      limit1Max: '',
      limit2From: '01/07',
      limit2Until: '',
      limit2Max: '',
      limit3Max: '',
    });
    expect(limits.error?.issues.map((issue) => issue.path[0])).toEqual(expect.arrayContaining(['limit2Until', 'limit2Max', 'maxQuantity']));
  });
});
