import { expect, test } from 'vitest';
import { type ComingTour, sayComing } from './coming-dates.ts';

const on = (date: string, more: Partial<ComingTour> = {}): ComingTour => ({
  tourId: 1,
  code: 'ME1',
  date,
  usualDate: date,
  closed: false,
  ...more,
});

test('the next dates, with what they usually are when they move', () => {
  const coming = [on('2025-11-05'), on('2025-10-29'), on('2025-11-12', { usualDate: '2025-11-11' }), on('2025-11-19')];
  expect(sayComing(coming, [], [1], 3)).toEqual({
    coming: ['Mercredi 29 octobre', 'Mercredi 5 novembre', 'Mercredi 12 novembre au lieu du mardi 11 novembre'],
    closings: [],
  });
});

test('weeks without delivery, up to the last date told', () => {
  const closed = (date: string) => on(date, { closed: true });
  const coming = [on('2025-12-17'), closed('2025-12-24'), closed('2025-12-31'), on('2026-01-07'), closed('2026-02-11')];
  expect(sayComing(coming, [], [1], 2).closings).toEqual(['Pas de livraison les mercredi 24 décembre et mercredi 31 décembre.']);
  expect(sayComing([closed('2025-12-24')], [], [1], 2)).toEqual({ coming: [], closings: ['Pas de livraison le mercredi 24 décembre.'] });
});

test('where tours differ, which one is named; those of other days are left out', () => {
  const coming = [
    on('2025-10-29'),
    on('2025-10-29', { tourId: 2, code: 'ME2', closed: true }),
    on('2025-10-30', { tourId: 3, code: 'JE1' }),
  ];
  expect(sayComing(coming, [], [1, 2], 4)).toEqual({
    coming: ['Mercredi 29 octobre (tournée ME1)'],
    closings: ['Pas de livraison le mercredi 29 octobre (tournée ME2).'],
  });
});

test('places that close, once each, and where their baskets go', () => {
  const place = { tourId: 1, depot: 'Mairie', from: '2025-11-03', until: '2025-11-16', instead: 'Médiathèque' };
  const places = [
    place,
    { ...place, tourId: 2 },
    { ...place, depot: 'Gare', instead: null },
    { ...place, from: '2026-03-01' },
    { ...place, tourId: 9 },
  ];
  expect(sayComing([on('2025-11-05'), on('2025-11-05', { tourId: 2, code: 'ME2' })], places, [1, 2], 4).closings).toEqual([
    'Mairie : fermé du 3 au 16 novembre, paniers à Médiathèque.',
    'Gare : fermé du 3 au 16 novembre, sans livraison.',
  ]);
});
