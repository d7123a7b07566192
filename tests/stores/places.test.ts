import { beforeAll, expect, test } from 'vitest';
import {
  addSlot,
  archiveDepot,
  archivedPlaces,
  archiveSlot,
  archiveTour,
  changeDepot,
  changeSlot,
  changeTour,
  createDepot,
  createTour,
  depot,
  depotPhoto,
  depots,
  nextDepotNumber,
  removeDepotPhoto,
  reviveDepot,
  reviveTour,
  setDepotPhoto,
  tour,
} from '../../src/domains/logistics/index.server.ts';
import { depotForm, newDepotForm, newSlotForm, newTourForm, slotForm } from '../../src/domains/logistics/schema.ts';
import { tourBoard } from '../../src/domains/preparation/index.server.ts';
import { daySheet } from '../../src/domains/preparation/server/day-sheet.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { only, smallGarden, today } from './logistics.garden.ts';

useDatabase();
let actor: Actor;
let other: Actor;
beforeAll(async () => {
  actor = await smallGarden('bourg');
  other = await smallGarden('voisin');
});

const monday = newTourForm.parse({ code: 'LU1', name: 'Lundi', preparationWeekday: '5', deliveryWeekday: '1', color: '#AA0000' });
const typedDepot = (more: Record<string, string> = {}) =>
  newDepotForm.parse({
    number: '4',
    name: 'Gare',
    address: '',
    postcode: '',
    city: 'Épinal',
    phone: '',
    contact: '',
    category: 'open',
    mention: '',
    password: '',
    accessCode: '4512B',
    accessNote: 'portail vert',
    fee: '',
    latitude: '',
    longitude: '',
    ...more,
  });
const typedSlot = (tourId: number, more: Record<string, string> = {}) =>
  newSlotForm.parse({ tourId, name: '', order: '', arrival: '8h', pickup: '16h-19h', capacity: '12', ...more });
const idOf = <T extends { id: number }>(outcome: { ok: true; value: T } | { ok: false; reason: string }): number => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value.id;
};
const boardOf = async (code: string) => (await tourBoard(actor, today)).find((one) => one.code === code)!;

test('a tour is made with its deliveries of the open seasons, once however often it is sent', async () => {
  const made = await createTour(actor, monday, today);
  expect(made).toMatchObject({ ok: true, value: { deliveries: 52 } });
  expect(await createTour(actor, monday, today)).toMatchObject({ ok: true, value: { id: idOf(made), deliveries: 0 } });
  const closed = await inGarden(actor, (tx) =>
    tx.selectFrom('delivery').select('week').where('tour_id', '=', idOf(made)).where('closed', '=', true).execute(),
  );
  // Week 1, in which the garden was closed already.
  expect(closed).toEqual([{ week: 1 }]);
  expect(await createTour(actor, { ...monday, name: 'Autre' }, today)).toMatchObject({
    ok: false,
    fields: { code: expect.stringContaining('Lundi') },
  });
  const stored = (await tour(actor, idOf(made)))!;
  const taken = await changeTour(actor, stored.id, { ...monday, code: 'ME1', version: stored.version }, today);
  expect(taken).toMatchObject({ ok: false, fields: { code: expect.stringContaining('Bourg') } });
  // The neighbour has a tour of that code of its own.
  expect(await createTour(other, monday, today)).toMatchObject({ ok: true });
});

test('a depot is made with the next number, and goes on two tours', async () => {
  expect(await nextDepotNumber(actor)).toBe('4');
  const id = idOf(await createDepot(actor, typedDepot()));
  expect(idOf(await createDepot(actor, typedDepot()))).toBe(id);
  expect(await createDepot(actor, typedDepot({ name: 'Poste' }))).toMatchObject({
    ok: false,
    fields: { number: expect.stringContaining('Gare') },
  });
  const [wednesday, friday] = [await boardOf('ME1'), await boardOf('VE1')];
  idOf(await addSlot(actor, id, typedSlot(wednesday.id, { order: '1' })));
  idOf(await addSlot(actor, id, typedSlot(friday.id)));
  expect((await boardOf('ME1')).stops.map(({ order, depotName }) => [order, depotName])).toEqual([
    [1, 'Gare'],
    [2, 'Mairie'],
    [3, 'École'],
  ]);
  expect((await boardOf('VE1')).stops.at(-1)).toMatchObject({ order: 2, depotName: 'Gare', capacity: 12 });
  expect((await boardOf('ME1')).version).toBe(wednesday.version + 1);
});

test('two slots of one depot on one tour are told apart by their name', async () => {
  const [station] = (await depots(actor, { search: 'gare' })).rows;
  const wednesday = await boardOf('ME1');
  // The same form again adds nothing; another one with the same name is refused.
  const [first] = (await depot(actor, station!.id))!.slots;
  expect(idOf(await addSlot(actor, station!.id, typedSlot(wednesday.id)))).toBe(first!.id);
  expect(await addSlot(actor, station!.id, typedSlot(wednesday.id, { capacity: '3' }))).toMatchObject({
    ok: false,
    fields: { name: expect.any(String) },
  });
  const second = idOf(await addSlot(actor, station!.id, typedSlot(wednesday.id, { name: 'armoire B', order: '2' })));
  expect((await boardOf('ME1')).stops.map((stop) => `${stop.depotName} ${stop.slotName}`.trim())).toEqual([
    'Gare',
    'Gare armoire B',
    'Mairie',
    'École',
  ]);
  const slot = (await depot(actor, station!.id))!.slots.find((one) => one.id === second)!;
  const typed = slotForm.parse({ version: slot.version, name: 'armoire B', order: '4', arrival: '9h', pickup: '', capacity: '' });
  expect(await changeSlot(actor, station!.id, second, typed)).toEqual({ ok: true, value: null });
  expect((await boardOf('ME1')).stops.map((stop) => stop.slotName || stop.depotName)).toEqual(['Gare', 'Mairie', 'École', 'armoire B']);
  expect(await changeSlot(actor, station!.id, second, { ...typed, name: '', order: 1 })).toMatchObject({ ok: false });
});

test('nothing is put away while somebody needs it, and it is told with counts', async () => {
  const [hall] = (await depots(actor, { search: 'mairie' })).rows;
  const [slot] = (await depot(actor, hall!.id))!.slots;
  for (const refused of [
    await archiveDepot(actor, hall!.id, today),
    await archiveSlot(actor, hall!.id, slot!.id, today),
    await archiveTour(actor, slot!.tourId, today),
  ]) {
    expect(refused).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/\d+ abonnements en cours ou à venir, \d+ paniers à livrer/),
    });
  }
  expect((await depot(actor, hall!.id))!.slots).toHaveLength(1);
});

test('what nobody needs is put away with its stops, and comes back', async () => {
  const [station] = (await depots(actor, { search: 'gare' })).rows;
  expect(await archiveDepot(actor, station!.id, today)).toEqual({ ok: true, value: null });
  expect(await depot(actor, station!.id)).toBeNull();
  expect((await boardOf('ME1')).stops.map((stop) => stop.depotName)).toEqual(['Mairie', 'École']);
  expect((await archivedPlaces(actor)).depots).toEqual([{ id: station!.id, name: 'Gare (n° 4)' }]);
  expect(await createDepot(actor, typedDepot())).toMatchObject({ ok: false, fields: { number: expect.stringContaining('archivé') } });
  await reviveDepot(actor, station!.id);
  expect((await depot(actor, station!.id))!.slots).toEqual([]);
  // A stop that was put away comes back under its own id, as it is typed now.
  const wednesday = await boardOf('ME1');
  const back = idOf(await addSlot(actor, station!.id, typedSlot(wednesday.id, { capacity: '7' })));
  expect((await depot(actor, station!.id))!.slots).toMatchObject([{ id: back, capacity: 7, order: 3 }]);

  const { id } = await boardOf('LU1');
  expect(await archiveTour(actor, id, today)).toEqual({ ok: true, value: null });
  const open = () =>
    inGarden(actor, (tx) =>
      tx.selectFrom('delivery').select('week').where('tour_id', '=', id).where('closed', '=', false).where('date', '>=', today).execute(),
    );
  expect(await open()).toEqual([]);
  expect(await tour(actor, id)).toBeNull();
  await reviveTour(actor, id, today);
  expect((await open()).length).toBe(10);
});

test('the code of a door is for those who deliver or run depots; it is on the route sheet, never in the trail', async () => {
  const [hall] = (await depots(actor, { search: 'mairie' })).rows;
  const owner = (await depot(actor, hall!.id))!;
  const typed = depotForm.parse({
    ...owner,
    password: '',
    accessCode: 'SECRET-77',
    accessNote: 'sonner',
    fee: '0',
    latitude: '48,1',
    longitude: '6,4',
  });
  expect(await changeDepot(actor, hall!.id, typed)).toEqual({ ok: true, value: null });
  expect((await depot(actor, hall!.id))!.accessCode).toBe('SECRET-77');
  expect((await depot(only(actor, 'logistics:read', 'preparation:read'), hall!.id))!.accessCode).toBe('SECRET-77');
  expect(await depot(only(actor, 'logistics:read', 'customers:change'), hall!.id)).toMatchObject({
    accessCode: null,
    accessNote: 'sonner',
  });
  const sheet = await daySheet(actor, { date: '2025-10-22', today });
  if (!sheet.ok) throw new Error(sheet.reason);
  expect(sheet.value.tours[0]!.stops.find((stop) => stop.depotName === 'Mairie')!.access).toBe('Code d’accès : SECRET-77 · sonner');
  const trail = await inGarden(actor, (tx) => tx.selectFrom('audit_entry').selectAll().execute());
  expect(JSON.stringify(trail)).toContain('sonner');
  expect(JSON.stringify(trail)).not.toContain('SECRET-77');
});

test('a photo is what its bytes say, light enough, and seen from this garden alone', async () => {
  const [hall] = (await depots(actor, { search: 'mairie' })).rows;
  const png = Buffer.concat([Buffer.from([0x89]), Buffer.from('PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100)]);
  expect(await setDepotPhoto(actor, hall!.id, Buffer.from('<svg onload="alert(1)">'))).toMatchObject({
    ok: false,
    fields: { photo: expect.any(String) },
  });
  expect(await setDepotPhoto(actor, hall!.id, Buffer.concat([png, Buffer.alloc(2_000_000)]))).toMatchObject({
    ok: false,
    fields: { photo: expect.stringContaining('2 Mo') },
  });
  expect(await setDepotPhoto(actor, hall!.id, new Uint8Array())).toMatchObject({ ok: false });
  expect(await setDepotPhoto(other, hall!.id, png)).toMatchObject({ ok: false });
  expect(await setDepotPhoto(actor, hall!.id, png)).toEqual({ ok: true, value: null });
  expect(await depotPhoto(actor, hall!.id)).toMatchObject({ type: 'image/png', content: png });
  const before = (await depot(actor, hall!.id))!.photo;
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
  await setDepotPhoto(actor, hall!.id, jpeg);
  expect(await depotPhoto(actor, hall!.id)).toMatchObject({ type: 'image/jpeg', content: jpeg });
  // The address of the image changes with it.
  expect((await depot(actor, hall!.id))!.photo).not.toBe(before);
  expect(await depotPhoto(other, hall!.id)).toBeNull();
  const shown = (await depot(actor, hall!.id))!.photo!;
  expect(await removeDepotPhoto(actor, hall!.id, '0')).toMatchObject({ ok: false });
  expect(await removeDepotPhoto(actor, hall!.id, shown)).toEqual({ ok: true, value: null });
  expect(await depotPhoto(actor, hall!.id)).toBeNull();
});

test('twenty identical forms at once make one depot and one stop', async () => {
  const wednesday = await boardOf('ME1');
  const ids = await Promise.all(Array.from({ length: 20 }, () => createDepot(actor, typedDepot({ number: '9', name: 'Moulin' }))));
  expect(new Set(ids.map(idOf)).size).toBe(1);
  const slots = await Promise.all(Array.from({ length: 20 }, () => addSlot(actor, idOf(ids[0]!), typedSlot(wednesday.id))));
  expect(new Set(slots.map(idOf)).size).toBe(1);
  const orders = (await boardOf('ME1')).stops.map((stop) => stop.order);
  expect(orders).toEqual(orders.map((_, index) => index + 1));
});

test('each command asks for its right', () => {
  const reader = only(actor, 'logistics:read');
  expect(() => createTour(reader, monday, today)).toThrow(AccessDenied);
  expect(() => archiveTour(reader, 1, today)).toThrow(AccessDenied);
  expect(() => reviveTour(reader, 1, today)).toThrow(AccessDenied);
  expect(() => createDepot(reader, typedDepot())).toThrow(AccessDenied);
  expect(() => archiveDepot(reader, 1, today)).toThrow(AccessDenied);
  expect(() => addSlot(reader, 1, typedSlot(1))).toThrow(AccessDenied);
  expect(() => archiveSlot(reader, 1, 1, today)).toThrow(AccessDenied);
  expect(() => setDepotPhoto(reader, 1, new Uint8Array())).toThrow(AccessDenied);
  expect(() => depotPhoto(only(actor, 'customers:read'), 1)).toThrow(AccessDenied);
});
