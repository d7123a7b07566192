import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveSlot } from '../../src/domains/logistics/index.server.ts';
import {
  type ClosingAsk,
  closeSlot,
  closingRecord,
  depotClosings,
  planBaskets,
  reopenSlot,
  undoBatch,
} from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { lettersLaid } from '../letters.ts';
import { plantGarden, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, sowCustomer, sowSubscription, today } from './places.garden.ts';

const database = useDatabase();
let garden: TestGarden;
let places: Places;
let zoe: number;
beforeAll(async () => {
  garden = await plantGarden(database.ownerUrl());
  places = await plantPlaces(garden);
  await garden.owner.query('update slot set capacity = 40 where id = $1', [places.stationSlot]);
  zoe = await sowCustomer(garden, 'Zola', { first_name: 'Zoé', email: 'zoe@exemple.test' });
  const emile = await sowCustomer(garden, 'Émond', { first_name: 'Émile', phone: '06 11 11 11 11' });
  await sowSubscription(garden, places, zoe, places.stationSlot);
  await sowSubscription(garden, places, emile, places.stationSlot, { quantity: 2 });
  await sowSubscription(garden, places, await sowCustomer(garden, 'Autre'), places.openSlot);
  await inGarden(places.system, (tx) => planBaskets(tx, garden.gardenId, { today }));
});
afterAll(() => garden.owner.end());

const ask = (more: Partial<ClosingAsk> = {}): ClosingAsk => ({
  slotId: places.stationSlot,
  from: '2025-11-03',
  until: '2025-11-12',
  replacementSlotId: places.openSlot,
  reason: 'travaux',
  notify: true,
  beyond: false,
  ...more,
});
const close = (more: Partial<ClosingAsk> = {}, mode: 'preview' | 'apply' = 'apply') => closeSlot(garden.marie, ask(more), { today, mode });
const baskets = async (slotId: number) =>
  (
    await garden.owner.query(
      'select l.week::int, sum(b.quantity)::int as quantity from basket b join delivery l on l.id = b.delivery_id where b.slot_id = $1 group by 1 order by 1',
      [slotId],
    )
  ).rows.map((row) => `${row.week}:${row.quantity}`);
const letters = async () => (await lettersLaid(garden.owner)).filter(({ state }) => state === 'waiting');

test('a preview tells who is concerned and changes nothing, writes to nobody', async () => {
  const before = await baskets(places.stationSlot);
  const shown = await close({}, 'preview');
  if (!shown.ok) throw new Error(shown.reason);
  expect(shown.value.customers.map((one) => one.name)).toEqual(expect.arrayContaining(['Zola Zoé', 'Émond Émile']));
  expect(shown.value.customers).toHaveLength(2);
  expect(shown.value.written.map((one) => one.email)).toEqual(['zoe@exemple.test']);
  expect(shown.value.toCall).toMatchObject([{ name: 'Émond Émile', phone: '06 11 11 11 11' }]);
  expect(shown.value.frozen).toEqual([]);
  expect(await baskets(places.stationSlot)).toEqual(before);
  expect(await depotClosings(garden.marie, places.station, today)).toEqual([]);
  expect(await letters()).toEqual([]);
});

test('applied: baskets of these weeks go to the other slot, one letter leaves, and the undo brings all back but the letter', async () => {
  const applied = await close();
  if (!applied.ok) throw new Error(applied.reason);
  expect(await baskets(places.stationSlot)).toEqual(['44:3', '47:3', '48:3', '49:3', '50:3', '51:3', '52:3']);
  expect(await baskets(places.openSlot)).toContain('45:4');
  const sent = await letters();
  expect(sent.map((letter) => letter.to)).toEqual(['zoe@exemple.test']);
  expect(sent[0]!.subject).toBe('Gare : fermé du 3 au 12 novembre');
  expect(sent[0]!.text).toContain('Bonjour Zoé,');
  expect(sent[0]!.text).toContain(
    '- mercredi 5 novembre : 1 Simple, à retirer à Médiathèque, 3 rue des Livres, Bourg (retrait : 16h-19h).',
  );
  expect(sent[0]!.text).toContain('- mercredi 12 novembre');
  const [closing] = await depotClosings(garden.with('logistics:read'), places.station, today);
  expect(closing).toMatchObject({ from: '2025-11-03', until: '2025-11-12', replacement: { name: 'Médiathèque' }, slot: 'Gare' });
  expect(await closingRecord(garden.marie, closing!.id)).toMatchObject({
    written: [{ name: 'Zola Zoé' }],
    toCall: [{ name: 'Émond Émile' }],
  });
  // Sent twice, it closes once; other dates that overlap are refused.
  expect(await close()).toMatchObject({ ok: false, fields: { du: expect.any(String) } });
  expect(await depotClosings(garden.marie, places.station, today)).toHaveLength(1);
  // The replacement cannot be put away meanwhile.
  expect(await archiveSlot(garden.marie, places.library, places.openSlot, today)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('fermeture'),
  });

  expect(await undoBatch(garden.marie, applied.value.batchId, today)).toMatchObject({ ok: true });
  expect(await baskets(places.stationSlot)).toEqual([44, 45, 46, 47, 48, 49, 50, 51, 52].map((week) => `${week}:3`));
  expect(await depotClosings(garden.marie, places.station, today)).toEqual([]);
  expect(await letters()).toHaveLength(1);
});

test('without replacement, the baskets of these weeks are told as not delivered', async () => {
  const applied = await close({ replacementSlotId: null, notify: false });
  if (!applied.ok) throw new Error(applied.reason);
  expect(applied.value.baskets.removed).toBe(4);
  expect(applied.value.problems.length).toBeGreaterThan(0);
  expect(await letters()).toHaveLength(1);
  const reopened = await reopenSlot(garden.marie, (await depotClosings(garden.marie, places.station, today))[0]!.id, {
    today,
    mode: 'apply',
  });
  expect(reopened).toMatchObject({ ok: true, value: { baskets: { added: 4 } } });
  expect((await baskets(places.stationSlot)).length).toBe(9);
  expect(await depotClosings(garden.marie, places.station, today)).toEqual([]);
});

test('the replacement must hold what comes, unless staff go beyond', async () => {
  const full = await close({ replacementSlotId: places.tenSlot, notify: false }, 'preview');
  expect(full).toMatchObject({ ok: true });
  await garden.owner.query('update slot set capacity = 2 where id = $1', [places.tenSlot]);
  expect(await close({ replacementSlotId: places.tenSlot }, 'preview')).toMatchObject({
    ok: false,
    reason: expect.stringContaining('jeudi 6 novembre'),
    fields: { beyond: expect.any(String) },
  });
  const beyond = await close({ replacementSlotId: places.tenSlot, beyond: true }, 'preview');
  expect(beyond).toMatchObject({ ok: true, value: { baskets: { moved: 4 } } });
});

test('opened early, a closing ends at what is prepared already', async () => {
  const applied = await close({ notify: false });
  expect(applied).toMatchObject({ ok: true });
  const [closing] = await depotClosings(garden.marie, places.station, today);
  // Tuesday 4 November: the Wednesday delivery of week 45 is prepared, that of week 46 is not.
  const reopened = await reopenSlot(garden.marie, closing!.id, { today: '2025-11-04', mode: 'apply' });
  expect(reopened).toMatchObject({ ok: true });
  expect((await baskets(places.stationSlot)).includes('45:3')).toBe(false);
  expect((await baskets(places.stationSlot)).includes('46:3')).toBe(true);
  expect(await depotClosings(garden.marie, places.station, '2025-11-04')).toMatchObject([{ until: '2025-11-05' }]);
  expect(await reopenSlot(garden.marie, closing!.id, { today: '2025-11-04', mode: 'apply' })).toMatchObject({ ok: false });
});

test('what cannot be is refused in words', async () => {
  expect(await close({ from: '2025-12-10', until: '2025-12-03' })).toMatchObject({ ok: false, fields: { jusqu: expect.any(String) } });
  expect(await close({ from: '2025-10-01', until: '2025-10-02' })).toMatchObject({ ok: false, fields: { jusqu: expect.any(String) } });
  expect(await close({ from: '2025-12-03', until: '2025-12-10', replacementSlotId: places.stationSlot })).toMatchObject({
    ok: false,
    fields: { remplacement: expect.any(String) },
  });
  expect(await close({ from: '2025-12-03', until: '2025-12-10', slotId: 999 })).toMatchObject({ ok: false });
  await expect(closeSlot(garden.with('subscriptions:change'), ask(), { today, mode: 'apply' })).rejects.toThrow(AccessDenied);
});
