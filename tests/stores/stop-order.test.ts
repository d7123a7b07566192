import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { importDirectory } from '../../src/domains/imports/index.server.ts';
import { changeTour, reorderStops, tour } from '../../src/domains/logistics/index.server.ts';
import { acceptedOrderForm, tourForm } from '../../src/domains/logistics/schema.ts';
import { acceptOrder, type ProposedOrder, proposedOrder, tourBoard } from '../../src/domains/preparation/index.server.ts';
import { listOperations, undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import { done, refuse } from '../../src/kernel/outcome.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { csv, newGarden } from './imports.garden.ts';
import { only } from './logistics.garden.ts';

const today = '2025-10-20';

/**
 * A road that goes north from the garden (48,0): stops at 48,3 then 48,1 then one without coordinates then 48,2. A degree of latitude is 111.195 km, so
 * that a tenth of it, on the road (× 1.3), is 14.455 km. 12, 7, 1 and 20 baskets, the first of them every week, the last in even weeks.
 */
async function roadGarden(slug: string): Promise<Actor> {
  const actor = await newGarden(slug);
  const files = [
    csv('tournees.csv', 'Code;Libellé;Jour de préparation;Jour de livraison;Couleur', 'ME1;Mercredi;mardi;mercredi;#2e7d32'),
    csv(
      'points-de-depot.csv',
      'N°;Nom;Tournée;Ordre;Heure de livraison;Retrait;Latitude;Longitude',
      '1;Loin;ME1;1;08h00;16h-19h;48,3;6,0',
      '2;Près;ME1;2;08h20;16h-19h;48,1;6,0',
      '3;Ailleurs;ME1;3;08h40;;;',
      '4;Milieu;ME1;4;09h00;10h-19h;48,2;6,0',
    ),
    csv('formules.csv', 'Panier;Prix TTC;TVA;Prix cible départ;Marge souhaitée', 'Simple;13,80;5,5 %;9,86;40 %'),
    csv('adherents.csv', 'N°;Civilité;Nom;Prénom;Catégorie', '1001;M.;Émond;Émile;Particulier'),
    csv(
      'abonnements.csv',
      'N° adhérent;Panier;Fréquence;Quantité;N° dépôt;Début;Fin;Prix TTC;Règlement',
      '1001;Simple;hebdomadaire;12;1;01/01/2025;31/12/2025;13,80;à terme échu',
      '1001;Simple;hebdomadaire;7;2;01/01/2025;31/12/2025;13,80;à terme échu',
      '1001;Simple;hebdomadaire;1;3;01/01/2025;31/12/2025;13,80;à terme échu',
      '1001;Simple;semaine paire;20;4;01/01/2025;31/12/2025;13,80;à terme échu',
    ),
  ];
  const imported = await importDirectory(actor, { files, year: 2025 }, { today: '2024-12-20' });
  if (!imported.ok) throw new Error(imported.reason);
  if (imported.value.report.rejected.length) throw new Error(JSON.stringify(imported.value.report.rejected));
  await inGarden(actor, (tx) =>
    sql`update garden set settings = settings || '{"startLatitude": 48, "startLongitude": 6, "stopMinutes": 10, "roadSpeed": 60}'`.execute(
      tx,
    ),
  );
  return actor;
}

useDatabase();
let actor: Actor;
let other: Actor;
let tourId: number;
beforeAll(async () => {
  actor = await roadGarden('route');
  other = await roadGarden('voisine');
  tourId = (await tourBoard(actor, today))[0]!.id;
});

const asked = async () => (await proposedOrder(actor, tourId, today, null))!;
const names = (told: ProposedOrder['present']) => told.stops.map(({ name }) => name);
/** What the page sends back when the proposal is accepted. */
const form = ({ tour: { version }, proposed }: ProposedOrder, more: Record<string, unknown> = {}) =>
  acceptedOrderForm.parse({
    version,
    order: proposed.stops.map(({ slotId }) => String(slotId)),
    arrivals: proposed.stops.map(({ at }) => at ?? ''),
    ...more,
  });
const stored = async () =>
  (await tourBoard(actor, today))[0]!.stops.map(({ depotName, arrival, order }) => `${order} ${depotName} ${arrival?.slice(0, 5)}`);

test('the present order and a better one, with kilometres, hours and baskets; one query', async () => {
  const { result, queries } = await countingQueries(() => proposedOrder(actor, tourId, today, null));
  expect(queries).toHaveLength(1);
  const order = result!;
  // 3 + 2 + 1 + 2 tenths of a degree and the way there and back are 6 out and home.
  const tenth = 14.455;
  expect(order.present.metres / 1000).toBeCloseTo((3 + 2 + 1 + 2) * tenth, 1);
  expect(order.proposed.metres / 1000).toBeCloseTo(6 * tenth, 1);
  expect(names(order.proposed).indexOf('Ailleurs')).toBe(2);
  expect(order).toMatchObject({ same: false, start: { from: 'garden', latitude: 48 }, distances: { from: 'estimate', failed: null } });
  // Nobody said when it leaves: 43.4 km at 60 km/h before 8:00 at the first stop.
  expect(order.departure).toEqual({ at: '07:16', from: 'first_stop' });
  // Week 44 has all of them: 12 + 7 + 1 + 20.
  expect(order.fullest).toEqual({ date: '2025-10-29', baskets: 40 });
});

test('a tour says when it leaves and what its vehicle takes; two people are told of each other', async () => {
  const before = (await tour(actor, tourId))!;
  expect(before).toMatchObject({ leavesAt: null, vehicleBaskets: null });
  const typed = (more: Record<string, unknown>) => tourForm.parse({ ...before, ...more });
  expect(await changeTour(actor, tourId, typed({ leavesAt: '9h', vehicleBaskets: '25' }), today)).toMatchObject({ ok: true });
  const second = await changeTour(actor, tourId, typed({ leavesAt: '10h', vehicleBaskets: '25' }), today);
  expect(second).toMatchObject({ ok: false, fields: { leavesAt: 'Maintenant enregistré : « 09h00 ».' } });
  // A form that does not ask these two leaves them as they are.
  const { leavesAt: _, vehicleBaskets: __, ...others } = (await tour(actor, tourId))!;
  expect(await changeTour(actor, tourId, tourForm.parse({ ...others, name: 'Mercredi matin' }), today)).toMatchObject({ ok: true });
  expect(await tour(actor, tourId)).toMatchObject({ name: 'Mercredi matin', leavesAt: '09:00', vehicleBaskets: 25 });
  expect(tourForm.safeParse({ ...before, vehicleBaskets: '0' }).success).toBe(false);

  // 40 baskets, 25 at a time: two trips at least. « Près » at 9:00 + 14.5 minutes when it is first.
  const order = await asked();
  expect(order.departure).toEqual({ at: '09:00', from: 'tour' });
  expect(order.proposed.trips).toBeGreaterThan(1);
  for (const told of [order.present, order.proposed])
    for (let trip = 1; trip <= told.trips; trip++)
      expect(told.stops.filter((stop) => stop.trip === trip).reduce((sum, { baskets }) => sum + baskets, 0)).toBeLessThanOrEqual(25);
  expect(order.tooBig).toEqual([]);
  // « Milieu » opens at 10:00.
  expect(order.proposed.stops.find(({ name }) => name === 'Milieu')!.late).toBeLessThanOrEqual(
    order.present.stops.find(({ name }) => name === 'Milieu')!.late,
  );
});

test('the road service is asked once for all the places, and its refusal is told', async () => {
  const places: number[] = [];
  const flat = Array.from({ length: 4 }, (_, from) => Array.from({ length: 4 }, (_, to) => (from === to ? 0 : 1000)));
  const roads = {
    table: async (all: readonly unknown[]) => {
      places.push(all.length);
      return done({ metres: flat, seconds: flat });
    },
  };
  expect((await proposedOrder(actor, tourId, today, roads))!).toMatchObject({ distances: { from: 'roads', failed: null } });
  expect(places).toEqual([4]);
  const none = { table: async () => refuse('il ne répond pas') };
  expect((await proposedOrder(actor, tourId, today, none))!).toMatchObject({ distances: { from: 'estimate', failed: 'il ne répond pas' } });
});

test('an accepted order is an operation: hours with it when asked, once, and it can be taken back', async () => {
  const larger = { ...(await tour(actor, tourId))!, vehicleBaskets: 60 };
  expect(await changeTour(actor, tourId, tourForm.parse(larger), today)).toMatchObject({ ok: true });
  const before = await stored();
  const order = await asked();
  expect(await acceptOrder(actor, tourId, form(order), today)).toEqual({ ok: true, value: null });
  expect((await stored()).map((line) => line.split(' ')[1])).toEqual(names(order.proposed));
  // Each stop keeps its hour as long as nobody asks otherwise.
  expect((await stored()).map((line) => line.slice(2)).sort()).toEqual(before.map((line) => line.slice(2)).sort());
  expect(await acceptOrder(actor, tourId, form(order), today)).toEqual({ ok: true, value: null });
  let { rows } = await listOperations(actor);
  expect(rows.map(({ kind, name }) => [kind, name])).toEqual([['stops', 'Ordre des arrêts de ME1']]);

  const again = await asked();
  expect(again.same).toBe(true);
  expect(await acceptOrder(actor, tourId, form(again, { times: 'on' }), today)).toEqual({ ok: true, value: null });
  const hours = (await stored()).map((line) => line.split(' ').slice(1).join(' '));
  expect(hours).toEqual(again.proposed.stops.map(({ name, at }) => `${name} ${at ?? '08:40'}`));
  ({ rows } = await listOperations(actor));
  expect(rows).toHaveLength(2);
  for (const { id } of rows) expect(await undoBatch(actor, id, today)).toMatchObject({ ok: true });
  expect(await stored()).toEqual(before);
});

test('what was proposed before somebody else changed the tour is refused', async () => {
  const order = await asked();
  const present = order.present.stops.map(({ slotId }) => slotId);
  await reorderStops(actor, tourId, order.tour.version, [present[1]!, present[0]!, ...present.slice(2)]);
  expect(await acceptOrder(actor, tourId, form(order), today)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('Quelqu’un d’autre'),
  });
  const now = await asked();
  const mixed = { ...form(now), order: form(now).order.slice(1), arrivals: [] };
  expect(await acceptOrder(actor, tourId, mixed, today)).toMatchObject({ ok: false });
  await reorderStops(actor, tourId, now.tour.version, present);
});

test('a garden that has not said where it is leaves from the middle of its depots; without coordinates, nothing is moved', async () => {
  const theirs = (await tourBoard(other, today))[0]!.id;
  await inGarden(other, (tx) => sql`update garden set settings = settings - 'startLatitude'`.execute(tx));
  expect((await proposedOrder(other, theirs, today, null))!.start).toEqual({
    latitude: expect.closeTo(48.2, 6),
    longitude: 6,
    from: 'middle',
  });
  await inGarden(other, (tx) => sql`update depot set latitude = null, longitude = null`.execute(tx));
  expect(await proposedOrder(other, theirs, today, null)).toMatchObject({
    start: null,
    same: true,
    present: { metres: 0 },
    departure: null,
  });
});

test('only for whom may change tours, and in their garden', async () => {
  expect(await proposedOrder(other, tourId, today, null)).toBeNull();
  expect(await acceptOrder(other, tourId, form(await asked()), today)).toMatchObject({ ok: false });
  const reader = only(actor, 'logistics:read');
  await expect(proposedOrder(reader, tourId, today, null)).rejects.toThrow(AccessDenied);
  await expect(acceptOrder(reader, tourId, form(await asked()), today)).rejects.toThrow(AccessDenied);
});
