import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ensureSeason } from '../../src/domains/logistics/index.server.ts';
import { bulk, listOperations, planBaskets, undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import type { Day } from '../../src/kernel/day.ts';
import { refuse } from '../../src/kernel/outcome.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

/** Changes to many customers: seen first, done in one step, taken back in one. The week 49 of 2026 (Wednesday 2 December) is closed. */

const { ownerUrl } = useDatabase();
const today: Day = '2026-11-02';
let garden: TestGarden;
let ids: Awaited<ReturnType<typeof sowLogistics>>;
let customer: number;
const subscriptions: number[] = [];

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  ids = await sowLogistics(garden);
  customer = await sow(garden, 'customer', { number: '1', last_name: 'Lamy', first_name: 'Pierre' });
  const other = await sow(garden, 'customer', { number: '2', last_name: 'Édouard', first_name: 'Anne' });
  for (const [customer_id, quantity] of [
    [customer, 1],
    [other, 2],
  ])
    subscriptions.push(
      await sow(garden, 'subscription', {
        ...{ customer_id, quantity, product_id: ids.simple, slot_id: ids.stationSlot, frequency: 'weekly', price_cents: 1380 },
        ...{ starts_on: '2026-11-01', ends_on: '2026-12-31' },
      }),
    );
  await inGarden(garden.marie, async (tx) => {
    await ensureSeason(tx, garden.gardenId, 2026);
    await planBaskets(tx, garden.gardenId, { today });
  });
});
beforeEach(async () => {
  await garden.owner.query('update delivery set closed = false where year = 2026');
  await garden.owner.query('delete from request');
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));
});
afterAll(() => garden.owner.end());

const week49 = 'tour_id = $1 and year = 2026 and week = 49';
const picture = async () => {
  const { rows } = await garden.owner.query(
    'select subscription_id, delivery_id, slot_id, product_id, quantity, price_cents from basket order by 1, 2',
  );
  const { rows: weeks } = await garden.owner.query('select id, closed, date, note from delivery order by id');
  return { baskets: rows, weeks };
};
/** Closes the week; Pierre's basket goes to the week after. */
const close = (mode: 'preview' | 'apply', actor = garden.marie) =>
  bulk(actor, { kind: 'calendar', name: 'Fermeture de la semaine 49', today, mode }, async (tx, batchId) => {
    await tx
      .updateTable('delivery')
      .set({ closed: true })
      .where('tour_id', '=', ids.wednesday)
      .where('year', '=', 2026)
      .where('week', '=', 49)
      .execute();
    await tx
      .insertInto('request')
      .values({
        ...{
          garden_id: garden.gardenId,
          subscription_id: subscriptions[0]!,
          kind: 'postpone',
          year: 2026,
          week: 49,
          to_year: 2026,
          to_week: 50,
        },
        ...{ quantity: 1, source: 'garden', batch_id: batchId },
      })
      .execute();
    return null;
  });

test('a preview tells the difference, customer by customer, and leaves nothing', async () => {
  const before = await picture();
  const answer = await close('preview');
  expect(answer).toMatchObject({ ok: true, value: { baskets: { added: 0, removed: 2, moved: 0, changed: 1 }, problems: [] } });
  if (!answer.ok) return;
  expect(answer.value.customers).toEqual([
    {
      id: expect.any(Number),
      number: '2',
      name: 'Édouard Anne',
      lines: [{ date: '2026-12-02', what: '2 Simple en moins', kind: 'removed' }],
    },
    {
      ...{ id: customer, number: '1', name: 'Lamy Pierre' },
      lines: [
        { date: '2026-12-02', what: '1 Simple en moins, reporté au mercredi 9 décembre', kind: 'removed' },
        { date: '2026-12-09', what: '2 Simple au lieu de 1 Simple', kind: 'changed' },
      ],
    },
  ]);
  expect(await picture()).toEqual(before);
  expect((await listOperations(garden.marie)).total).toBe(0);
});

test('what was announced is done, stands in the list, and is taken back whole; twice is once', async () => {
  const before = await picture();
  const announced = await close('preview');
  const answer = await close('apply');
  if (!answer.ok || !announced.ok) throw new Error('refused');
  expect({ ...answer.value, batchId: 0 }).toEqual({ ...announced.value, batchId: 0 });
  const { rows } = await garden.owner.query(`select quantity from basket b join delivery d on d.id = b.delivery_id where ${week49}`, [
    ids.wednesday,
  ]);
  expect(rows).toEqual([]);
  expect((await listOperations(garden.marie)).rows[0]).toMatchObject({
    ...{ id: answer.value.batchId, name: 'Fermeture de la semaine 49', state: 'applied', by: 'Marie Curien', customers: 2, mayUndo: true },
    baskets: { added: 0, removed: 2, moved: 0, changed: 1 },
  });
  expect((await undoBatch(garden.marie, answer.value.batchId, today)).ok).toBe(true);
  expect(await picture()).toEqual(before);
  expect((await undoBatch(garden.marie, answer.value.batchId, today)).ok).toBe(true);
  expect((await listOperations(garden.marie)).rows[0]).toMatchObject({ state: 'undone', mayUndo: false });
});

test('a refusal leaves nothing either', async () => {
  const before = await picture();
  const answer = await bulk(garden.marie, { kind: 'calendar', name: 'Essai', today, mode: 'apply' }, async (tx) => {
    await tx.updateTable('delivery').set({ closed: true }).execute();
    return refuse('Non.');
  });
  expect(answer).toEqual(refuse('Non.'));
  expect(await picture()).toEqual(before);
});

test('a delivery that takes another date says so to each of its customers', async () => {
  const answer = await bulk(garden.marie, { kind: 'calendar', name: 'Avancée', today, mode: 'preview' }, async (tx) => {
    await tx.updateTable('delivery').set({ date: '2026-12-01' }).where('tour_id', '=', ids.wednesday).where('week', '=', 49).execute();
    return null;
  });
  expect(answer.ok && answer.value.baskets).toEqual({ added: 0, removed: 0, moved: 2, changed: 0 });
  expect(answer.ok && answer.value.customers[0]!.lines).toEqual([
    { date: '2026-12-01', what: '2 Simple à Gare, au lieu du mercredi 2 décembre', kind: 'moved' },
  ]);
});

describe('the undo is refused', () => {
  const applied = async () => {
    const answer = await close('apply');
    if (!answer.ok) throw new Error(answer.reason);
    return answer.value.batchId;
  };

  test('once a delivery that changed has been prepared', async () => {
    const batch = await applied();
    expect(await undoBatch(garden.marie, batch, '2026-12-01')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('mercredi 2 décembre'),
    });
    expect((await undoBatch(garden.marie, batch, today)).ok).toBe(true);
  });

  test('when somebody has changed the same thing since, and nothing is half undone', async () => {
    const batch = await applied();
    await garden.owner.query(`update delivery set closed = false where ${week49}`, [ids.wednesday]);
    const before = await picture();
    expect(await undoBatch(garden.marie, batch, today)).toMatchObject({ ok: false, reason: expect.stringContaining('livraisons (1)') });
    expect(await picture()).toEqual(before);
  });

  test('without the right that the change took', async () => {
    const batch = await applied();
    await expect(close('apply', garden.with('subscriptions:change'))).rejects.toThrow(AccessDenied);
    await expect(undoBatch(garden.with('subscriptions:change'), batch, today)).rejects.toThrow(AccessDenied);
    expect((await undoBatch(garden.marie, batch, today)).ok).toBe(true);
  });
});
