import { beforeAll, expect, test } from 'vitest';
import { gardenRecord } from '../../src/domains/gardens/index.server.ts';
import {
  changeDepot,
  changeSlot,
  changeTour,
  depot,
  depotFilters,
  depotMap,
  depots,
  reorderStops,
  saveSettings,
  tour,
} from '../../src/domains/logistics/index.server.ts';
import { depotForm, slotForm, tourForm } from '../../src/domains/logistics/schema.ts';
import { depotBaskets, tourBoard } from '../../src/domains/preparation/index.server.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { only, smallGarden, today } from './logistics.garden.ts';

useDatabase();
let actor: Actor;
let other: Actor;
beforeAll(async () => {
  actor = await smallGarden('bourg');
  other = await smallGarden('voisin');
});

const board = async () => {
  const [wednesday, friday] = await tourBoard(actor, today);
  return { wednesday: wednesday!, friday: friday! };
};
const slots = (one: { stops: { slotId: number }[] }) => one.stops.map((stop) => stop.slotId);

/** A form of a page, filled as it opens, with some fields typed over. */
async function depotTyped(id: number, typed: Record<string, string> = {}) {
  const found = (await depot(actor, id))!;
  const text = (value: number | null) => (value === null ? '' : String(value).replace('.', ','));
  const opened = {
    ...found,
    password: found.password ?? '',
    accessCode: found.accessCode ?? '',
    fee: text(found.feeCents / 100),
    latitude: text(found.latitude),
    longitude: text(found.longitude),
  };
  return depotForm.parse({ ...opened, ...typed });
}

test('tours come in order with their stops, and the baskets of their next delivery', async () => {
  const { result, queries } = await countingQueries(() => tourBoard(actor, today));
  expect(queries).toHaveLength(1);
  expect(result.map(({ code, next }) => [code, next?.date])).toEqual([
    ['ME1', '2025-10-22'],
    ['VE1', '2025-10-24'],
  ]);
  expect(result[0]!.stops.map(({ order, depotName, baskets, capacity }) => [order, depotName, baskets, capacity])).toEqual([
    [1, 'Mairie', 1, 40],
    [2, 'École', 3, null],
  ]);
  expect(result[1]!.stops[0]).toMatchObject({ depotName: 'Ferme', baskets: 2, capacity: 1 });
});

test('stops take another order in one go, and the tour a new version', async () => {
  const { wednesday } = await board();
  const wanted = slots(wednesday).toReversed();
  const { result, queries } = await countingQueries(() => reorderStops(actor, wednesday.id, wednesday.version, wanted));
  expect(result).toEqual({ ok: true, value: { taken: true } });
  expect(queries).toHaveLength(2);
  const after = (await board()).wednesday;
  expect(slots(after)).toEqual(wanted);
  expect(after.stops.map((stop) => stop.order)).toEqual([1, 2]);
  expect(after.version).toBe(wednesday.version + 1);
  await reorderStops(actor, wednesday.id, after.version, slots(wednesday));
});

test('an order made on an older version changes nothing, comes back whole, and can be taken up again', async () => {
  const { wednesday } = await board();
  const [first, second] = slots(wednesday) as [number, number];
  await reorderStops(actor, wednesday.id, wednesday.version, [second, first]);
  const mine = [first, second];
  const late = await reorderStops(actor, wednesday.id, wednesday.version, mine);
  expect(late).toEqual({ ok: true, value: { taken: false, why: 'changed_meanwhile', version: wednesday.version + 1, mine } });
  expect(slots((await board()).wednesday)).toEqual([second, first]);
  expect(await reorderStops(actor, wednesday.id, wednesday.version + 1, mine)).toEqual({ ok: true, value: { taken: true } });
  expect(slots((await board()).wednesday)).toEqual(mine);
  // The same form sent twice acts once.
  expect(await reorderStops(actor, wednesday.id, wednesday.version + 1, mine)).toEqual({ ok: true, value: { taken: true } });
});

test('an order of other stops than the tour’s is refused', async () => {
  const { wednesday, friday } = await board();
  const mixed = [slots(wednesday)[0]!, slots(friday)[0]!];
  for (const wrong of [mixed, slots(wednesday).slice(1), [...slots(wednesday), ...slots(friday)]]) {
    const answer = await reorderStops(actor, wednesday.id, wednesday.version, wrong);
    expect(answer).toMatchObject({ ok: true, value: { taken: false, why: 'other_stops' } });
  }
  expect(await reorderStops(other, wednesday.id, wednesday.version, slots(wednesday))).toMatchObject({ ok: false });
});

test('a tour takes another name and colour; its delivery day stays while deliveries stand on it', async () => {
  const { wednesday } = await board();
  const opened = { ...wednesday, version: wednesday.version };
  const typed = (more: Record<string, unknown>) => tourForm.parse({ ...opened, ...more });
  expect(await changeTour(actor, wednesday.id, typed({ name: 'Mercredi', color: '#123ABC' }), today)).toEqual({ ok: true, value: null });
  const after = (await tour(actor, wednesday.id))!;
  expect(after).toMatchObject({ name: 'Mercredi', color: '#123abc', version: wednesday.version + 1 });

  const moved = await changeTour(actor, wednesday.id, tourForm.parse({ ...after, deliveryWeekday: 4 }), today);
  expect(moved).toMatchObject({ ok: false, fields: { deliveryWeekday: expect.stringContaining('mercredi') } });
  const thawed = await changeTour(actor, wednesday.id, tourForm.parse({ ...after, preparationWeekday: 3 }), today);
  expect(thawed).toMatchObject({ ok: false, fields: { preparationWeekday: expect.stringContaining('22 octobre') } });
  expect((await tour(actor, wednesday.id))!.version).toBe(after.version);
});

test('a tour changed by two people tells the second what the first wrote', async () => {
  const { friday } = await board();
  await changeTour(actor, friday.id, tourForm.parse({ ...friday, name: 'Vendredi matin' }), today);
  const second = await changeTour(actor, friday.id, tourForm.parse({ ...friday, name: 'Vendredi soir' }), today);
  expect(second).toMatchObject({ ok: false, fields: { name: 'Maintenant enregistré : « Vendredi matin ».' } });
  expect((await tour(actor, friday.id))!.name).toBe('Vendredi matin');
});

test('depots are found by any letters, filtered, sorted and counted, in one query', async () => {
  const names = async (asked: Parameters<typeof depots>[1]) => (await depots(actor, asked)).rows.map((row) => row.name);
  const { queries } = await countingQueries(() => depots(actor, { search: 'epi bourg' }));
  expect(queries).toHaveLength(1);
  expect(await names({ search: 'EPINAL bou' })).toEqual(['Mairie', 'École']);
  expect(await names({ search: '%' })).toEqual([]);
  expect(await names({ category: 'professional' })).toEqual(['Ferme']);
  expect(await names({ sort: 'name' })).toEqual(['École', 'Ferme', 'Mairie']);
  expect(await names({ sort: 'number', direction: 'desc' })).toEqual(['Ferme', 'École', 'Mairie']);
  expect(await depots(actor, { limit: 1, offset: 1 })).toMatchObject({ total: 3, rows: [{ name: 'École' }] });
  const { tours, cities } = await depotFilters(actor);
  expect(cities).toEqual(['Épinal', 'Gérardmer']);
  expect(await names({ tourId: tours[1]!.id })).toEqual(['Ferme']);
});

test('the password of a depot is shown to those who may change it alone', async () => {
  const [school] = (await depots(actor, { search: 'école' })).rows;
  expect((await depot(actor, school!.id))!.password).toBe('SECRET43');
  expect((await depot(only(actor, 'logistics:read'), school!.id))!.password).toBeNull();
  expect(await depot(other, school!.id)).toBeNull();
});

test('a depot keeps what is typed, refuses what cannot be, and tells who came before', async () => {
  const [hall] = (await depots(actor, { search: 'mairie' })).rows;
  const opened = await depotTyped(hall!.id);
  expect(await changeDepot(actor, hall!.id, await depotTyped(hall!.id, { city: 'Golbey', fee: '1,20' }))).toEqual({
    ok: true,
    value: null,
  });
  expect(await depot(actor, hall!.id)).toMatchObject({ city: 'Golbey', feeCents: 120, version: opened.version + 1 });
  const late = await changeDepot(actor, hall!.id, { ...opened, phone: '06' });
  expect(late).toMatchObject({
    ok: false,
    fields: {
      city: 'Maintenant enregistré : « Golbey ».',
      fee: expect.stringContaining('1,20'),
      phone: 'Maintenant enregistré : « 03 29 00 00 01 ».',
    },
  });
  // Typed again exactly as it is stored: nothing to do, whatever the version.
  expect(await changeDepot(actor, hall!.id, { ...(await depotTyped(hall!.id)), version: 1 })).toEqual({ ok: true, value: null });
  const reserved = {
    ...hall,
    version: '1',
    mention: '',
    accessCode: '',
    accessNote: '',
    fee: '',
    latitude: '',
    longitude: '',
    category: 'reserved',
    password: '',
  };
  expect(depotForm.safeParse(reserved).error?.issues.map((issue) => issue.path[0])).toEqual(['password']);
});

test('times and places of a stop are changed as people write them', async () => {
  const [hall] = (await depots(actor, { search: 'mairie' })).rows;
  const [slot] = (await depot(actor, hall!.id))!.slots;
  const typed = slotForm.parse({ version: String(slot!.version), name: '', order: '', arrival: '7h45', pickup: '17h-19h', capacity: '' });
  expect(await changeSlot(actor, hall!.id, slot!.id, typed)).toEqual({ ok: true, value: null });
  expect((await depot(actor, hall!.id))!.slots[0]).toMatchObject({ arrival: '07:45:00', pickup: '17h-19h', capacity: null });
  expect(await changeSlot(actor, hall!.id, slot!.id, { ...typed, arrival: '09:00' })).toMatchObject({
    ok: false,
    fields: { arrival: expect.stringContaining('07h45') },
  });
  expect(slotForm.safeParse({ version: '1', arrival: '25h', pickup: '', capacity: '-1' }).success).toBe(false);
});

test('a depot shows its coming deliveries, and who collects on the chosen one', async () => {
  const [farm] = (await depots(actor, { search: 'ferme' })).rows;
  const { result, queries } = await countingQueries(() => depotBaskets(actor, farm!.id, { today }));
  expect(queries).toHaveLength(2);
  expect(result.coming[0]).toMatchObject({ date: '2025-10-24', baskets: 2, capacity: 1 });
  expect(result.customers).toMatchObject([{ lastName: 'Eluard', baskets: [{ product: 'Simple', quantity: 2 }] }]);
  const later = await depotBaskets(actor, farm!.id, { today, chosen: result.coming[2]!.id });
  expect(later.chosen!.date).toBe('2025-11-07');
  expect((await depotBaskets(only(actor, 'logistics:read'), farm!.id, { today })).customers).toBeNull();
});

test('the map knows every stop, placed or not', async () => {
  const { tours, stops } = await depotMap(actor);
  expect(tours.map((one) => one.key)).toEqual(['ME1', 'VE1']);
  expect(stops.map(({ name, latitude }) => [name, latitude])).toEqual([
    ['Mairie', 48.1],
    ['École', null],
    ['Ferme', 48],
  ]);
});

test('each command asks for its right', () => {
  const nobody = only(actor, 'customers:change');
  const reader = only(actor, 'logistics:read');
  expect(() => tourBoard(nobody, today)).toThrow(AccessDenied);
  expect(() => depots(nobody)).toThrow(AccessDenied);
  expect(() => depotMap(nobody)).toThrow(AccessDenied);
  expect(() => depot(nobody, 1)).toThrow(AccessDenied);
  expect(() => reorderStops(reader, 1, 1, [])).toThrow(AccessDenied);
  expect(() => changeTour(reader, 1, {} as never, today)).toThrow(AccessDenied);
  expect(() => changeDepot(reader, 1, {} as never)).toThrow(AccessDenied);
  expect(() => changeSlot(reader, 1, 1, {} as never)).toThrow(AccessDenied);
});

test('a shorter cut-off never brings a frozen delivery back: it waits until none is', async () => {
  const mine = await smallGarden('delais');
  const save = async (cutoffHours: number, day = today) => {
    const { settings, ...record } = await gardenRecord(mine);
    return saveSettings(mine, { ...record, accent: record.accent ?? '', ...settings, cutoffHours }, day);
  };
  expect(await save(0)).toMatchObject({
    ok: false,
    fields: { cutoffHours: expect.stringContaining('mercredi 22 octobre est déjà figée') },
  });
  expect((await gardenRecord(mine)).settings.cutoffHours).toBe(24);
  // On Saturday everything of the week is gone, and the next Wednesday is not frozen yet.
  expect(await save(0, '2025-10-25')).toMatchObject({ ok: true });
  expect(await save(48)).toMatchObject({ ok: true });
  await expect(saveSettings(only(mine, 'settings:read'), {} as never, today)).rejects.toThrow(AccessDenied);
});
