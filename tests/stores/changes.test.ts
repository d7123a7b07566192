import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayChanges, deliveryChanges } from '../../src/domains/preparation/index.server.ts';
import { planBaskets } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, sowCustomer, sowSubscription } from './places.garden.ts';

const database = useDatabase();
let garden: TestGarden;
let places: Places;

const since = { starts_on: '2025-10-20', ends_on: '2025-12-31' };
/** What somebody asks for a week; weeks of 2025. */
const ask = (subscription_id: number, kind: string, week: number, more: Record<string, unknown> = {}) =>
  sow(garden, 'request', { subscription_id, kind, year: 2025, week, ...more });

beforeAll(async () => {
  garden = await plantGarden(database.ownerUrl());
  places = await plantPlaces(garden);
  const { stationSlot: gare, openSlot: library, tenSlot: thursday } = places;
  const one = async (name: string, slot = gare, more: Record<string, unknown> = {}) =>
    sowSubscription(garden, places, await sowCustomer(garden, name), slot, { ...since, ...more });
  await one('Ordinaire');
  await one('Nouvelle', gare, { starts_on: '2025-11-03' });
  await one('Finie', gare, { ends_on: '2025-10-31' });
  await one('Paire', gare, { frequency: 'even_weeks' });
  await one('Impaire', gare, { frequency: 'odd_weeks' });
  const carnet = await one('Carnet', gare, { basket_count: 2 });
  const moving = await one('Nomade');
  const passing = await one('Passante');
  const away = await one('Absente');
  const put = await one('Reporte');
  const doubled = await one('Double');
  const bigger = await one('Grande');
  const hand = await one('Manuelle');
  const switched = await one('Jeudi');
  const old = await one('Suivie', library, { ends_on: '2025-10-31' });
  const { rows } = await garden.owner.query('select customer_id from subscription where id = $1', [old]);
  await sowSubscription(garden, places, Number(rows[0].customer_id), library, {
    ...since,
    ...{ starts_on: '2025-11-01', quantity: 2, renewed_from: old },
  });
  const change = {
    from_year: 2025,
    from_week: 45,
    product_id: places.simple,
    slot_id: gare,
    frequency: 'weekly',
    quantity: 1,
    price_cents: 1380,
  };
  await sow(garden, 'subscription_change', { ...change, subscription_id: moving, slot_id: library });
  await sow(garden, 'subscription_change', { ...change, subscription_id: bigger, product_id: places.family, quantity: 2 });
  await sow(garden, 'subscription_change', { ...change, subscription_id: switched, slot_id: thursday });
  await ask(passing, 'move', 45, { slot_id: library });
  await ask(away, 'cancel', 45);
  await ask(put, 'postpone', 45, { to_year: 2025, to_week: 47, quantity: 1 });
  await ask(doubled, 'double', 45);
  await ask(hand, 'manual', 45, { quantity: 3, note: 'anniversaire' });
  expect(carnet).toBeGreaterThan(0);
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today: '2025-10-13' }));
});
afterAll(() => garden.owner.end());

const told = async (week: number, of: Places['wednesdays'] = places.wednesdays) => {
  const found = (await deliveryChanges(garden.marie, of.get(week)!))!;
  return Object.fromEntries(
    found.stops.map((stop) => [
      stop.depotName,
      stop.lines.map((line) => `${line.lastName} ${line.kinds.join('+')} ${line.more}: ${line.what}`),
    ]),
  );
};

test('everybody whose basket differs is told, at the stops concerned, and nobody else', async () => {
  expect(await told(45)).toEqual({
    Gare: [
      'Absente absent -1: 1 Simple de moins, annulé',
      'Carnet ended -1: 1 Simple de moins, abonnement terminé',
      'Double doubled 1: 2 Simple au lieu de 1 Simple',
      'Finie ended -1: 1 Simple de moins, abonnement terminé',
      'Grande product+quantity 1: 2 Familial au lieu de 1 Simple',
      'Jeudi left -1: 1 Simple de moins ici, reçoit à Médiathèque',
      'Manuelle quantity+by_hand 2: 3 Simple au lieu de 1 Simple, anniversaire',
      'Nomade left -1: 1 Simple de moins ici, reçoit à Médiathèque',
      'Nouvelle new 1: 1 Simple',
      'Passante left -1: 1 Simple de moins ici, reçoit à Médiathèque, cette semaine seulement',
      'Reporte absent -1: 1 Simple de moins, reporté en semaine 47',
    ],
    Médiathèque: [
      'Nomade depot 1: 1 Simple, venait de Gare',
      'Passante depot 1: 1 Simple, venait de Gare, cette semaine seulement',
      'Suivie quantity 1: 2 Simple au lieu de 1 Simple',
    ],
  });
});

test('the tour that somebody joins tells where she came from', async () => {
  expect(await told(45, places.thursdays)).toEqual({ Médiathèque: ['Jeudi depot 1: 1 Simple, venait de Gare'] });
});

test('the week after, those who were away are back, what lasted a week is over, and what ended is no news', async () => {
  expect(await told(46)).toEqual({
    Gare: [
      'Absente back 1: 1 Simple',
      'Double quantity -1: 1 Simple au lieu de 2 Simple',
      'Manuelle quantity -2: 1 Simple au lieu de 3 Simple',
      'Passante depot 1: 1 Simple, venait de Médiathèque',
      'Reporte back 1: 1 Simple',
    ],
    Médiathèque: ['Passante left -1: 1 Simple de moins ici, reçoit à Gare'],
  });
  expect(await told(47)).toEqual({ Gare: ['Reporte made_up 1: 2 Simple au lieu de 1 Simple, reporté de la semaine 45'] });
});

test('a closed week is skipped: the delivery after it is compared with the one before', async () => {
  await garden.owner.query('update delivery set closed = true where id = $1', [places.wednesdays.get(44)]);
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today: '2025-10-13' }));
  const found = (await deliveryChanges(garden.marie, places.wednesdays.get(45)!))!;
  expect(found.previous).toMatchObject({ id: places.wednesdays.get(43), date: '2025-10-22' });
  // Her pack of two lasts a week longer; the rest is told as it was.
  const names = found.stops.flatMap((stop) => stop.lines.map((line) => line.lastName));
  expect(names).not.toContain('Carnet');
  expect(names).not.toContain('Paire');
  expect(found.counts).toMatchObject({ new: 1, ended: 1, absent: 2, depot: 2, left: 3, product: 1, doubled: 1, by_hand: 1 });
  expect((await deliveryChanges(garden.marie, places.wednesdays.get(44)!))!.stops).toEqual([]);
});

test('a delivery and a day are read in a fixed number of queries, and only by those who prepare', async () => {
  const { queries } = await countingQueries(() => deliveryChanges(garden.marie, places.wednesdays.get(45)!));
  expect(queries.length).toBeLessThanOrEqual(10);
  const { result, queries: ofDay } = await countingQueries(() => dayChanges(garden.marie, '2025-11-05'));
  expect(ofDay.length).toBeLessThanOrEqual(11);
  expect(result).toMatchObject({ garden: 'Jardin d’essai', sheetNames: 'full' });
  expect(result.deliveries.map(({ delivery }) => delivery.tour.code)).toEqual(['ME1']);
  expect((await dayChanges(garden.marie, '2025-11-08')).deliveries).toEqual([]);
  expect(await deliveryChanges(garden.marie, 999_999)).toBeNull();
  expect(() => deliveryChanges(garden.with('logistics:read'), 1)).toThrow(AccessDenied);
});
