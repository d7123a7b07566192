import { isValidIBAN } from 'ibantools';
import { describe, expect, test } from 'vitest';
import { asked, invented, seasonOf } from '#domains/subscriptions/rules/invented.ts';
import { plan } from '#domains/subscriptions/rules/plan.ts';
import { addDays, type Day, weekOf } from '#kernel/day.ts';
import { inventGarden } from './garden.ts';
import { inventIban } from './iban.ts';
import { fortnightly, large, NETWORK_GARDENS, NETWORK_SUBSCRIPTIONS, networkProfiles, shareOut, small } from './profiles.ts';
import { chance } from './random.ts';
import { bankHolidays, easter, seasonsAround } from './season.ts';

const days: Day[] = ['2025-03-10', '2025-12-30', '2026-11-22'];
const profiles = [large, small, fortnightly];

describe('a garden', () => {
  test('is the same for the same day, and another for another', () => {
    for (const profile of profiles) expect(inventGarden(profile, '2025-03-10')).toEqual(inventGarden(profile, '2025-03-10'));
    expect(inventGarden(large, '2025-03-10').customers).not.toEqual(inventGarden({ ...large, seed: 1 }, '2025-03-10').customers);
  });

  test('has the size it says', () => {
    const garden = inventGarden(large, '2025-03-10');
    expect(garden.customers).toHaveLength(950);
    expect(garden.subscriptions.filter((one) => one.season === 2025)).toHaveLength(1070);
    expect(garden.depots).toHaveLength(39);
    expect(garden.tours).toHaveLength(5);
    expect(inventGarden(small, '2025-03-10').depots).toHaveLength(6);
    expect(new Set(inventGarden(fortnightly, '2025-03-10').subscriptions.map((one) => one.frequency))).toEqual(
      new Set(['even_weeks', 'odd_weeks']),
    );
  });

  test('names nobody twice by number, and writes only to addresses that lead nowhere', () => {
    const { customers, depots } = inventGarden(large, '2025-03-10');
    expect(new Set(customers.map((one) => one.number)).size).toBe(customers.length);
    expect(new Set(depots.map((one) => one.number)).size).toBe(depots.length);
    expect(customers.filter((one) => one.email && !/^[a-z-]+\.[a-z-]+\d+@exemple\.test$/.test(one.email))).toEqual([]);
    expect(customers.filter((one) => one.phone && !one.phone.startsWith('06 39 98 '))).toEqual([]);
  });

  test('keeps accounts whose keys are right', () => {
    const luck = chance(3);
    for (let time = 0; time < 500; time++) expect(isValidIBAN(inventIban(luck))).toBe(true);
    const { mandates } = inventGarden(large, '2025-03-10');
    expect(mandates.length).toBeGreaterThan(500);
    expect(mandates.filter((one) => !isValidIBAN(one.iban))).toEqual([]);
  });

  test.each(days)('is alive on %s: open week, absences, a depot that overflows', (today) => {
    for (const profile of profiles) {
      const garden = inventGarden(profile, today);
      const week = weekOf(today);
      const now = garden.deliveries.filter((one) => one.year === week.year && one.week === week.week);
      expect(now).toHaveLength(profile.tours.length);
      expect(now.filter((one) => one.closed)).toEqual([]);
      expect(garden.deliveries.filter((one) => one.closed).length).toBeGreaterThan(0);
      expect(garden.requests.filter((one) => one.year === week.year && one.week === week.week).length).toBeGreaterThan(0);
      expect(garden.requests.every((one) => one.asked_on < today)).toBe(true);
      expect(new Set(garden.requests.map((one) => `${one.subscription}/${one.year}/${one.week}`)).size).toBe(garden.requests.length);
    }
    const { slots } = inventGarden(large, today);
    expect(slots.every((one) => one.capacity !== null && one.capacity > 0)).toBe(true);
  });

  test.each(days)(
    'loses no basket on %s: a postponement moves it, a cancellation or a gift takes it away, a double brings one',
    (today) => {
      for (const profile of profiles) {
        const garden = inventGarden(profile, today);
        for (const [index, subscription] of garden.subscriptions.entries()) {
          const own = garden.requests.filter((one) => one.subscription === index);
          if (own.length === 0) continue;
          const deliveries = garden.deliveries.filter((one) => one.tour === subscription.tour).map((one, id) => ({ ...one, id }));
          const { frequency, quantity, starts_on: startsOn, ends_on: endsOn } = subscription;
          const requests = own.map((one, id) =>
            asked(one.kind, one.week, { id, year: one.year, toYear: one.to_year, toWeek: one.to_week, quantity: one.quantity }),
          );
          const planned = (some: typeof requests) => plan(invented({ frequency, quantity, startsOn, endsOn }), seasonOf(deliveries), some);
          const total = (some: typeof requests) => planned(some).baskets.reduce((sum, one) => sum + one.quantity, 0);
          expect(planned(requests).problems).toEqual([]);
          const of = (...kinds: string[]) => own.filter((one) => kinds.includes(one.kind)).length;
          expect(total(requests)).toBe(total([]) - of('cancel', 'gift') * subscription.quantity + of('double'));
        }
      }
    },
  );
});

describe('the calendar', () => {
  test('Easter and the days that follow from it', () => {
    expect([2024, 2025, 2026, 2027, 2038].map(easter)).toEqual(['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2038-04-25']);
    expect(bankHolidays(2025).get('2025-05-29')).toBe('Ascension');
    expect(bankHolidays(2025).get('2025-06-09')).toBe('lundi de Pentecôte');
  });

  test('a delivery on a bank holiday comes the day before', () => {
    const moved = inventGarden(large, '2025-03-10').deliveries.filter((one) => one.date !== one.usualDate);
    expect(moved.find((one) => one.usualDate === '2025-08-15' && !one.closed)).toBeUndefined();
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.every((one) => one.date === addDays(one.usualDate, -1) && one.note.startsWith('Avancée'))).toBe(true);
  });

  test('the next season is there from November on', () => {
    expect(seasonsAround('2025-10-31')).toEqual({ current: 2025, years: [2024, 2025] });
    expect(seasonsAround('2025-11-01').years).toEqual([2024, 2025, 2026]);
    expect(seasonsAround('2024-12-30')).toEqual({ current: 2025, years: [2024, 2025] });
  });
});

describe('the network', () => {
  test('has 102 gardens of every size, 27,200 subscriptions in all, and no two of one name', () => {
    const network = networkProfiles();
    expect(network).toHaveLength(NETWORK_GARDENS);
    const sizes = network.map((one) => one.subscriptions);
    expect(sizes.reduce((sum, one) => sum + one, 0)).toBe(NETWORK_SUBSCRIPTIONS);
    expect(Math.min(...sizes)).toBeLessThan(100);
    expect(Math.min(...sizes)).toBeGreaterThan(20);
    expect(Math.max(...sizes.slice(1))).toBeGreaterThan(500);
    expect(new Set(network.map((one) => one.name)).size).toBe(NETWORK_GARDENS);
  });

  test('shares are whole and add up', () => {
    expect(shareOut(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(shareOut(0, [2, 5])).toEqual([0, 0]);
  });
});
