import { describe, expect, test } from 'vitest';
import {
  changeDeliveries,
  changingDelivery,
  holidaysToCome,
  planHolidays,
  undecidedHolidays,
} from '../../src/domains/preparation/index.server.ts';
import {
  applied,
  apply,
  basketsOf,
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

useCalendar();

describe('moving', () => {
  test('baskets keep their delivery; two tours of one week may move differently', async () => {
    const one = await subscribe();
    await plan();
    const before = await basketsOf(one);
    const [thursday, wednesday] = [await deliveryOf(20), await deliveryOf(20, places.wednesday)];
    await applied([
      { id: thursday.id, version: thursday.version, date: '2026-05-15', holiday: 'Ascension', fate: null },
      { id: wednesday.id, version: wednesday.version, holiday: 'Ascension', fate: null },
    ]);
    expect((await deliveryOf(20)).date).toBe('2026-05-15');
    expect((await deliveryOf(20, places.wednesday)).date).toBe('2026-05-13');
    expect(await basketsOf(one)).toEqual(before);
  });

  test('never to another week, nor once it is frozen', async () => {
    const { id, version } = await deliveryOf(20);
    expect(await apply([{ id, version, date: '2026-05-18', fate: null }])).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/reste dans sa semaine/),
    });
    expect(await apply([{ id, version, date: '2026-05-15', fate: null }], '2026-05-13')).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/figée/),
    });
    expect((await deliveryOf(20)).date).toBe('2026-05-14');
  });

  test('past or frozen, it is shown with the reason why nothing changes it', async () => {
    const { id } = await deliveryOf(9);
    const past = await changingDelivery(garden.marie, id, today);
    expect(past).toMatchObject({ refusal: expect.stringMatching(/est passée/), days: [] });
    expect(await changingDelivery(garden.marie, 999_999, today)).toBeNull();
  });

  test('two people at once: the second is told, and nothing of what she asked is done', async () => {
    const [first, second] = [await deliveryOf(20), await deliveryOf(21)];
    await applied([{ id: first.id, version: first.version, date: '2026-05-15', fate: null }]);
    const late = await apply([
      { id: second.id, version: second.version, closed: true, fate: null },
      { id: first.id, version: first.version, date: '2026-05-13', fate: null },
    ]);
    expect(late).toMatchObject({ ok: false, reason: expect.stringMatching(/Quelqu’un d’autre vient de changer/) });
    expect((await deliveryOf(21)).closed).toBe(false);
  });

  test('it takes the right to change the calendar', async () => {
    await expect(changeDeliveries(garden.with('logistics:read'), [], { name: 'x', today, mode: 'preview' })).rejects.toThrow();
  });
});

describe('bank holidays', () => {
  test('what is undecided is asked once: decided, it leaves the list and keeps the holiday’s name', async () => {
    const one = await subscribe();
    await plan();
    const ask20 = async () =>
      (await holidaysToCome(garden.marie, '2026-05-17', today)).asked.filter(({ delivery }) => delivery.week === 20);
    // Ascension is on Thursday 14 May: the Thursday tour is delivered that day; nothing for the Wednesday tour.
    const [question] = await ask20();
    expect(question).toMatchObject({ holiday: { name: 'Ascension' }, falls: 'delivery', proposed: '2026-05-13', baskets: 1 });
    expect((await undecidedHolidays(garden.marie, '2026-05-17', today)).map(({ delivery }) => delivery.week)).toContain(20);
    const { id, version } = question!.delivery;
    const decide = (choice: string, fate = '') => planHolidays(garden.marie, [{ id, version, choice, fate }], today);
    expect(await decide('later')).toMatchObject({ ok: false });
    expect(await decide('closed')).toMatchObject({ ok: false, fields: { [`fate-${id}`]: expect.any(String) } });
    const planned = await decide('closed', 'make_up');
    if (!planned.ok) throw new Error(planned.reason);
    await applied(planned.value.changes);
    expect(await ask20()).toEqual([]);
    expect(await rows('select closed, holiday, note from delivery where id = $1', [id])).toEqual([
      { closed: true, holiday: 'Ascension', note: 'Ascension' },
    ]);
    expect(await requestsOf(one)).toMatchObject([{ kind: 'cancel', remedy: 'make_up' }]);
    expect(await apply(planned.value.changes)).toEqual({ ok: true, value: null });
  });
});
