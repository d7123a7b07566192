import { describe, expect, test } from 'vitest';
import { changeDeliveries, planClosings } from '../../src/domains/preparation/index.server.ts';
import type { ClosingsForm } from '../../src/domains/preparation/schema.ts';
import { undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import {
  applied,
  apply,
  ask,
  basketsOf,
  closing,
  deliveryOf,
  garden,
  places,
  plan,
  requestsOf,
  rows,
  subscribe,
  today,
  useCalendar,
} from './calendar.garden.ts';
import { sow } from './customers.garden.ts';

useCalendar();

describe('closing', () => {
  test('the baskets of the week are received in another, with their quantity, and the week stays closed', async () => {
    const [one, two] = [await subscribe({ quantity: 2 }), await subscribe({ frequency: 'even_weeks' })];
    await plan();
    const before = [await basketsOf(one), await basketsOf(two)];
    await applied([await closing(15, { year: 2026, week: 16 })]);
    expect(await requestsOf(one)).toEqual([{ kind: 'postpone', week: 15, to_week: 16, quantity: 2, remedy: null, source: 'garden' }]);
    expect(await requestsOf(two)).toEqual([]);
    const { 15: _, ...others } = before[0]!;
    expect(await basketsOf(one)).toEqual({ ...others, 16: 4 });
    expect(await basketsOf(two)).toEqual(before[1]);
    expect((await deliveryOf(15)).closed).toBe(true);
  });

  test.each([
    ['credit', 'credit'],
    ['make_up', 'make_up'],
  ] as const)('owed: %s; whoever had cancelled is left alone', async (fate, remedy) => {
    const [one, away] = [await subscribe(), await subscribe()];
    await ask(away, 'cancel', 15);
    await plan();
    await applied([await closing(15, fate)]);
    expect(await requestsOf(one)).toEqual([{ kind: 'cancel', week: 15, to_week: null, quantity: 1, remedy, source: 'garden' }]);
    expect(await requestsOf(away)).toEqual([{ kind: 'cancel', week: 15, to_week: null, quantity: null, remedy: null, source: 'staff' }]);
    expect((await basketsOf(one))[15]).toBeUndefined();
  });

  test('simply not delivered: nothing is stored', async () => {
    const one = await subscribe();
    await plan();
    await applied([await closing(15, null)]);
    expect(await requestsOf(one)).toEqual([]);
    expect((await basketsOf(one))[15]).toBeUndefined();
  });

  test('a preview tells who is concerned and keeps nothing', async () => {
    const one = await subscribe();
    await plan();
    const before = await basketsOf(one);
    const seen = await changeDeliveries(garden.marie, [await closing(15, { year: 2026, week: 16 })], {
      name: 'Essai',
      today,
      mode: 'preview',
    });
    expect(seen).toMatchObject({
      ok: true,
      value: { baskets: { removed: 1, changed: 1 }, customers: [{ lines: [{}, {}] }], problems: [] },
    });
    expect(await basketsOf(one)).toEqual(before);
    expect(await requestsOf(one)).toEqual([]);
    expect((await deliveryOf(15)).closed).toBe(false);
    expect(await rows(`select 1 from batch where kind = 'calendar'`)).toEqual([]);
  });

  test('sent twice it acts once; undone, everything stands as before', async () => {
    const one = await subscribe();
    await ask(one, 'double', 15, { quantity: 1 });
    await plan();
    const before = await basketsOf(one);
    expect(before[15]).toBe(2);
    const changes = [await closing(15, { year: 2026, week: 16 }), await closing(17, 'credit')];
    const batch = await applied(changes);
    expect((await basketsOf(one))[16]).toBe(3);
    expect(await apply(changes)).toEqual({ ok: true, value: null });
    expect(await rows(`select 1 from batch where kind = 'calendar'`)).toHaveLength(1);
    expect(await undoBatch(garden.marie, batch, today)).toMatchObject({ ok: true });
    expect(await basketsOf(one)).toEqual(before);
    expect(await requestsOf(one)).toMatchObject([{ kind: 'double', week: 15 }]);
    expect((await deliveryOf(15)).closed).toBe(false);
  });

  test('undone, a basket that had been put off to the closed week is there again', async () => {
    const one = await subscribe();
    await ask(one, 'postpone', 13, { to_year: 2026, to_week: 15, quantity: 1 });
    await plan();
    const before = await basketsOf(one);
    const batch = await applied([await closing(15, { year: 2026, week: 16 })]);
    expect(await requestsOf(one)).toMatchObject([
      { kind: 'postpone', week: 13, to_week: 16, source: 'garden' },
      { kind: 'postpone', week: 15, to_week: 16, source: 'garden' },
    ]);
    expect((await basketsOf(one))[16]).toBe(3);
    expect(await undoBatch(garden.marie, batch, today)).toMatchObject({ ok: true });
    expect(await requestsOf(one)).toEqual([{ kind: 'postpone', week: 13, to_week: 15, quantity: 1, remedy: null, source: 'staff' }]);
    expect(await basketsOf(one)).toEqual(before);
  });

  test('opened again, what the garden had asked is withdrawn, and nothing else', async () => {
    const [one, away] = [await subscribe(), await subscribe()];
    await ask(away, 'cancel', 15);
    await plan();
    const before = await basketsOf(one);
    await applied([await closing(15, { year: 2026, week: 16 }), await closing(15, 'credit', places.wednesday)]);
    const shut = await deliveryOf(15);
    await applied([{ id: shut.id, version: shut.version, closed: false, fate: null }]);
    expect(await basketsOf(one)).toEqual(before);
    expect(await requestsOf(one)).toEqual([]);
    expect(await requestsOf(away)).toMatchObject([{ kind: 'cancel', source: 'staff' }]);
  });

  test('opened again after its baskets were received earlier: they are not given twice', async () => {
    const one = await subscribe();
    await plan();
    await applied([await closing(15, { year: 2026, week: 11 })]);
    const shut = await deliveryOf(15);
    const later = '2026-03-16';
    expect((await apply([{ id: shut.id, version: shut.version, closed: false, fate: null }], later)).ok).toBe(true);
    expect((await basketsOf(one))[11]).toBe(2);
    expect((await basketsOf(one))[15]).toBeUndefined();
  });

  test('a week that takes no basket is refused, and says why', async () => {
    await plan();
    const asked = async (week: number, to: number) => apply([await closing(week, { year: 2026, week: to })]);
    expect(await asked(15, 15)).toMatchObject({ ok: false, reason: expect.stringMatching(/celle que vous fermez/) });
    expect(await asked(15, 9)).toMatchObject({ ok: false, reason: expect.stringMatching(/passée ou déjà préparée/) });
    expect(await apply([await closing(15, { year: 2026, week: 16 }), await closing(16, null)])).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/semaine 16 : elle est fermée/),
    });
    expect(await apply([await closing(15, { year: 2027, week: 2 })])).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/pas encore dans le calendrier/),
    });
  });

  test('a change of tour counts: whoever is on another tour that week is not concerned', async () => {
    const one = await subscribe();
    await sow(garden, 'subscription_change', {
      subscription_id: one,
      ...{
        from_year: 2026,
        from_week: 12,
        product_id: places.simple,
        slot_id: places.stationSlot,
        frequency: 'weekly',
        quantity: 1,
        price_cents: 1,
      },
    });
    await plan();
    await applied([await closing(15, 'credit')]);
    expect(await requestsOf(one)).toEqual([]);
    await applied([await closing(15, 'credit', places.wednesday)]);
    expect(await requestsOf(one)).toHaveLength(1);
  });
});

describe('ticked weeks', () => {
  const form = (more: Partial<ClosingsForm>): ClosingsForm => ({ year: 2026, tour: '', shown: '', weeks: [], seen: '', ...more });

  test('every tour of the week, each basket in the nearest open week; or one tour alone', async () => {
    await subscribe();
    await plan();
    expect(await planClosings(garden.marie, form({ weeks: [15] }), today)).toMatchObject({
      ok: false,
      fields: { fate: expect.any(String) },
    });
    const all = await planClosings(garden.marie, form({ weeks: [15, 16], fate: 'move' }), today);
    expect(all).toMatchObject({
      ok: true,
      value: { name: 'Fermeture des semaines 15 et 16 (2026)', weeks: [{ fate: '2026-14' }, { fate: '2026-17' }] },
    });
    expect(all.ok && all.value?.changes).toHaveLength(4);
    const one = await planClosings(garden.marie, form({ tour: String(places.wednesday), weeks: [15] }), today);
    expect(one).toMatchObject({
      ok: true,
      value: { name: 'ME1 : fermeture de la semaine 15 (2026)', changes: [{ closed: true, fate: null }] },
    });
    expect(await planClosings(garden.marie, form({ shown: '15', weeks: [15] }), today)).toEqual({ ok: true, value: null });
  });
});
