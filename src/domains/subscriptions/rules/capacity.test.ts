import { describe, expect, test } from 'vitest';
import { overflows, type SlotLoad, sayOverflows, sayStanding, standing } from './capacity.ts';

const load = (more: Partial<SlotLoad> = {}): SlotLoad => ({
  slotId: 1,
  deliveryId: 10,
  year: 2025,
  week: 49,
  date: '2025-12-03',
  open: true,
  capacity: 40,
  baskets: 38,
  awaiting: 0,
  reserved: 0,
  ...more,
});
const bring = (quantity: number, deliveryId = 10) => ({ slotId: 1, deliveryId, quantity });

describe('what overflows', () => {
  test('the last place is given, the next one is not', () => {
    expect(overflows([load()], [bring(2)])).toEqual([]);
    expect(overflows([load()], [bring(3)])).toHaveLength(1);
    expect(overflows([load()], [bring(1), bring(2)])).toHaveLength(1);
  });

  test('places kept for others are taken: not started yet, or offered to somebody who waits', () => {
    expect(overflows([load({ awaiting: 1 })], [bring(2)])).toHaveLength(1);
    expect(overflows([load({ reserved: 1 })], [bring(2)])).toHaveLength(1);
  });

  test('without limit, or once frozen, nothing is counted; no place at all is a limit', () => {
    expect(overflows([load({ capacity: null })], [bring(500)])).toEqual([]);
    expect(overflows([load({ open: false })], [bring(3)])).toEqual([]);
    expect(overflows([load({ capacity: 0, baskets: 0 })], [bring(1)])).toHaveLength(1);
  });

  test('who keeps their place, or gives some back, is not stopped by others who are too many', () => {
    const crowded = load({ baskets: 45 });
    expect(overflows([crowded], [bring(2)], [bring(2)])).toEqual([]);
    expect(overflows([crowded], [bring(1)], [bring(2)])).toEqual([]);
    expect(overflows([crowded], [bring(3)], [bring(2)])).toHaveLength(1);
  });

  test('told with its first date, and how many follow', () => {
    const later = load({ deliveryId: 11, date: '2025-12-10', baskets: 40 });
    const last = load({ deliveryId: 12, date: '2025-12-17', baskets: 40 });
    const full = load({ baskets: 40 });
    expect(sayOverflows(overflows([full], [bring(1)]))).toBe('Complet : 40 paniers sur 40 le mercredi 3 décembre.');
    expect(sayOverflows(overflows([later, full], [bring(1), bring(1, 11)]))).toBe(
      'Complet : 40 paniers sur 40 le mercredi 3 décembre, puis le mercredi 10 décembre.',
    );
    expect(sayOverflows(overflows([full, later, last], [bring(1), bring(1, 11), bring(1, 12)]))).toContain('puis 2 autres fois');
    expect(sayOverflows(overflows([load()], [bring(5)]))).toBe(
      'Pas assez de place : 38 paniers sur 40 déjà le mercredi 3 décembre, et 5 à ajouter.',
    );
    expect(sayOverflows([])).toBeNull();
  });
});

describe('how a slot stands', () => {
  const say = (...loads: SlotLoad[]) => sayStanding(standing(loads));
  test('by its fullest delivery', () => {
    expect(say(load(), load({ baskets: 39 }))).toBe('1 place');
    expect(say(load(), load({ baskets: 40 }))).toBe('Complet 1 fois sur 2');
    expect(say(load({ baskets: 41 }), load({ baskets: 40 }))).toBe('Complet');
    expect(say(load({ capacity: null }))).toBe('sans limite');
    expect(say()).toBe('sans limite');
  });
  test('a frozen delivery does not tell of those to come', () => {
    expect(say(load({ baskets: 40, open: false }), load())).toBe('2 places');
    expect(say(load({ baskets: 40, open: false }))).toBe('Complet');
  });
});
