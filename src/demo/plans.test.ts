import { expect, test } from 'vitest';
import { judgeOffer, offeredAs } from '#domains/plans/rules/offer.ts';
import { priceOn } from '#domains/plans/rules/price.ts';
import type { Day } from '#kernel/day.ts';
import { inventGarden } from './garden.ts';
import type { DemoOther } from './plans.ts';
import { fortnightly, large, networkProfiles, small } from './profiles.ts';

const days: Day[] = ['2025-03-10', '2026-11-22'];

test.each(days)('every subscription of %s is one that its plan offers, at a price it had', (today) => {
  for (const profile of [large, small, fortnightly, networkProfiles()[3]!]) {
    const { plans, subscriptions, others, products } = inventGarden(profile, today);
    const byName = new Map(plans.map((plan) => [plan.name, plan]));
    expect(byName.size).toBe(plans.length);
    expect(plans.filter(({ product }) => !products.some(({ name }) => name === product))).toEqual([]);
    for (const one of [...subscriptions, ...others]) {
      const plan = byName.get(one.plan)!;
      expect(plan.product).toBe(one.product);
      const offer = { ...plan, basketCounts: plan.basket_counts, minQuantity: 1, maxQuantity: plan.max_quantity, archived: false };
      const basketCount = (one as Partial<DemoOther>).basket_count ?? null;
      expect(judgeOffer(offer, { category: null, frequency: one.frequency, quantity: one.quantity, basketCount })).toBeNull();
    }
    for (const plan of plans) {
      const prices = plan.prices.map(({ starts_on, price_cents }) => ({ startsOn: starts_on, priceCents: price_cents }));
      expect(priceOn(prices, today)).not.toBeNull();
    }
  }
});

test('gardens of the demonstration show what plans can say', () => {
  const { plans, others } = inventGarden(large, '2026-11-22');
  expect(plans.some(({ weeks }) => weeks?.[0] === 18 && weeks.at(-1) === 44)).toBe(true);
  expect(plans.some(({ basket_counts }) => basket_counts.includes(24))).toBe(true);
  expect(plans.some(({ categories }) => categories.length > 0)).toBe(true);
  expect(new Set(plans.flatMap(({ frequencies }) => frequencies))).toEqual(new Set(['weekly', 'fortnightly', 'monthly']));
  expect(new Set(others.map(({ plan }) => plan)).size).toBe(4);
  expect(inventGarden(networkProfiles()[3]!, '2026-11-22').others).toEqual([]);
  for (const one of others) expect(offeredAs(one.frequency)).toBeTruthy();
});
