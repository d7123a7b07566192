import { afterAll, beforeAll, expect, test } from 'vitest';
import { addMembership, membershipProposal } from '../../src/domains/billing/index.server.ts';
import {
  activateSubscription,
  changeTerms,
  endingChoices,
  endSubscription,
  importSubscriptions,
  planBaskets,
  resumeSubscription,
  type SubscriptionsAsked,
  subscriptionList,
  subscriptionsToExport,
  type TermsChange,
  termsChoices,
  withdrawTerms,
} from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, sowCustomer, sowSubscription, today } from './places.garden.ts';

const database = useDatabase();
let garden: TestGarden;
let places: Places;
let familyPlan: number;
beforeAll(async () => {
  garden = await plantGarden(database.ownerUrl());
  places = await plantPlaces(garden);
  await sow(garden, 'plan_price', { plan_id: places.plan, starts_on: '2000-01-01', price_cents: 1380 });
  await sow(garden, 'plan_price', { plan_id: places.plan, starts_on: '2025-12-01', price_cents: 1450 });
  familyPlan = await sow(garden, 'plan', { name: 'Familial à la semaine', product_id: places.family, notice_days: 10 });
  await sow(garden, 'plan_price', { plan_id: familyPlan, starts_on: '2000-01-01', price_cents: 2370 });
});
afterAll(() => garden.owner.end());

const plan = (id: number, on = today) =>
  inGarden(places.system, (tx) => planBaskets(tx, garden.gardenId, { today: on, subscriptionIds: [id] }));
const one = async (more: Record<string, unknown> = {}, customer?: number) => {
  const id = await sowSubscription(garden, places, customer ?? (await sowCustomer(garden, 'Lamy')), places.openSlot, more);
  await plan(id);
  return id;
};
/** « 44 1 Simple 13.80 » by week, of the deliveries to come. */
const told = async (id: number) =>
  (
    await garden.owner.query(
      `select l.week, b.quantity, p.name, b.price_cents, b.slot_id from basket b join delivery l on l.id = b.delivery_id
       join product p on p.id = b.product_id where b.subscription_id = $1 order by l.week`,
      [id],
    )
  ).rows.map((row) => `${row.week}:${row.quantity}${row.name === 'Simple' ? '' : ` ${row.name}`}@${Number(row.price_cents)}`);
const row = async (id: number) => (await garden.owner.query('select * from subscription where id = $1', [id])).rows[0];
const change = async (id: number, more: Partial<TermsChange>): Promise<TermsChange> => ({
  subscriptionId: id,
  version: (await row(id)).version,
  from: '2025-11-24',
  planId: places.plan,
  slotId: places.openSlot,
  frequency: 'weekly',
  quantity: 1,
  price: 'kept',
  ...more,
});

test('other terms hold from a Monday on: seen first, then written once, then taken back', async () => {
  const id = await one();
  const before = await told(id);
  expect(before).toHaveLength(9);
  const two = await change(id, { quantity: 2 });
  const preview = await changeTerms(garden.marie, two, today, 'preview');
  expect(preview).toMatchObject({ ok: true, value: { monday: '2025-11-24', counts: { changed: 5 }, full: null } });
  expect(preview.ok && preview.value.lines[0]).toEqual({ date: '2025-11-26', what: '2 Simple au lieu de 1 Simple', kind: 'changed' });
  expect(await told(id)).toEqual(before);

  const answers = await Promise.all([1, 2].map(() => changeTerms(garden.marie, two, today)));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(await told(id)).toEqual([
    '44:1@1380',
    '45:1@1380',
    '46:1@1380',
    '47:1@1380',
    '48:2@1380',
    '49:2@1380',
    '50:2@1380',
    '51:2@1380',
    '52:2@1380',
  ]);
  const { rows } = await garden.owner.query('select id from subscription_change where subscription_id = $1 and withdrawn_at is null', [id]);
  expect(rows).toHaveLength(1);

  expect(await changeTerms(garden.paul, { ...two, quantity: 3 }, today)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('modifié par'),
  });
  expect(await changeTerms(garden.marie, await change(id, { quantity: 2, from: '2025-12-08' }), today)).toMatchObject({
    reason: expect.stringContaining('Rien ne change'),
  });
  const back = { subscriptionId: id, changeId: Number(rows[0].id) };
  expect(await withdrawTerms(garden.marie, back, '2025-11-25')).toMatchObject({ ok: false, reason: expect.stringContaining('Trop tard') });
  expect(await withdrawTerms(garden.marie, back, today)).toMatchObject({ ok: true, value: { counts: { changed: 5 } } });
  expect(await withdrawTerms(garden.marie, back, today)).toMatchObject({ ok: true, value: { counts: { changed: 0 } } });
  expect(await told(id)).toEqual(before);
});

test('another plan comes at its price, another day with its own week; the same plan keeps its price unless it is to follow', async () => {
  const id = await one();
  expect(
    await changeTerms(garden.marie, await change(id, { planId: familyPlan, frequency: 'even_weeks', slotId: places.schoolSlot }), today),
  ).toMatchObject({
    ok: true,
    value: { priceCents: 2370 },
  });
  expect(await told(id)).toEqual([
    '44:1@1380',
    '45:1@1380',
    '46:1@1380',
    '47:1@1380',
    '48:1 Familial@2370',
    '50:1 Familial@2370',
    '52:1 Familial@2370',
  ]);
  const follow = await one();
  await changeTerms(garden.marie, await change(follow, { from: '2025-12-03', price: 'plan', quantity: 1 }), today);
  expect((await told(follow)).slice(4, 6)).toEqual(['48:1@1380', '49:1@1450']);
});

test('nothing begins while a delivery of its week is frozen, nor after the end; a full depot says so; requests without effect are told', async () => {
  const id = await one();
  const choices = await termsChoices(garden.marie, id, today);
  expect(choices?.mondays[0]).toBe('2025-10-27');
  expect(choices?.mondays.at(-1)).toBe('2025-12-29');
  const early = await changeTerms(garden.marie, await change(id, { from: '2025-10-20', quantity: 2 }), today);
  expect(early).toMatchObject({ fields: { semaine: expect.stringContaining('lundi 27 octobre 2025') } });
  expect(await changeTerms(garden.marie, await change(id, { from: '2026-01-05', quantity: 2 }), today)).toMatchObject({
    fields: { semaine: expect.stringContaining('s’arrête') },
  });
  const full = await sow(garden, 'slot', { tour_id: places.thursday, depot_id: places.station, stop_order: 5, capacity: 1 });
  await plan(await sowSubscription(garden, places, await sowCustomer(garden, 'Première'), full));
  await sow(garden, 'request', { subscription_id: id, kind: 'cancel', year: 2025, week: 49 });
  await plan(id);
  const move = await change(id, { slotId: full, frequency: 'even_weeks' });
  expect(await changeTerms(garden.marie, move, today)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('Complet'),
    fields: { beyond: expect.any(String) },
  });
  const shown = await changeTerms(garden.marie, move, today, 'preview');
  expect(shown).toMatchObject({ ok: true, value: { full: { ok: false }, problems: [expect.stringContaining('semaine 49')] } });
  expect(await changeTerms(garden.marie, { ...move, beyond: true }, today)).toMatchObject({ ok: true });
});

test('it ends on a day, with the others of the same customer; what was asked for later weeks goes; it all comes back', async () => {
  const customer = await sowCustomer(garden, 'Part');
  const id = await one({ renews: true }, customer);
  const other = await one({ frequency: 'even_weeks' }, customer);
  await sow(garden, 'request', { subscription_id: id, kind: 'cancel', year: 2025, week: 50 });
  await plan(id);
  const before = [await told(id), await told(other)];
  const choices = await endingChoices(garden.marie, id, today);
  expect(choices).toMatchObject({ others: [{ id: other }], noticeDays: 30, trial: false, proposed: '2025-11-19', left: null });
  const ending = {
    subscriptionId: id,
    version: (await row(id)).version,
    how: { on: '2025-11-19' },
    reason: 'Déménagement',
    others: [other],
  };
  expect(await endSubscription(garden.marie, ending, today, 'preview')).toMatchObject({
    ok: true,
    value: { withdrawn: 1, counts: { removed: 4 + 3 } },
  });
  expect([await told(id), await told(other)]).toEqual(before);
  await Promise.all([1, 2].map(() => endSubscription(garden.marie, ending, today)));
  expect((await told(id)).map((line) => line.split(':')[0])).toEqual(['44', '45', '46', '47']);
  expect((await told(other)).map((line) => line.split(':')[0])).toEqual(['44', '46']);
  expect(await row(id)).toMatchObject({ ends_on: '2025-11-19', end_reason: 'Déménagement', renews: false });

  expect(await resumeSubscription(garden.marie, { subscriptionId: id }, '2025-11-26')).toMatchObject({
    reason: expect.stringContaining('mercredi 26 novembre 2025'),
  });
  expect(await resumeSubscription(garden.marie, { subscriptionId: id }, today)).toMatchObject({
    ok: true,
    value: { endsOn: '2025-12-31' },
  });
  await resumeSubscription(garden.marie, { subscriptionId: other }, today);
  expect([await told(id), await told(other)]).toEqual(before);
  expect(await row(id)).toMatchObject({ ends_on: '2025-12-31', end_reason: '', renews: true });
});

test('baskets that are prepared stay; one to come never begins; by count it ends by itself', async () => {
  const id = await one();
  await plan(id, '2025-10-20');
  await sow(garden, 'basket', {
    subscription_id: id,
    delivery_id: places.wednesdays.get(43)!,
    slot_id: places.openSlot,
    product_id: places.simple,
    quantity: 1,
    price_cents: 1380,
  });
  const ending = async (which: number, how: { on: string } | 'term') => ({
    subscriptionId: which,
    version: (await row(which)).version,
    how,
    reason: 'Autre raison',
    others: [],
  });
  expect(await endSubscription(garden.marie, await ending(id, { on: today }), today)).toMatchObject({
    fields: { date: expect.stringContaining('22 octobre') },
  });
  expect(await endSubscription(garden.marie, await ending(id, { on: '2026-03-01' }), today)).toMatchObject({
    fields: { date: expect.stringContaining('déjà') },
  });
  const later = await one({ starts_on: '2025-11-19' });
  expect(await endSubscription(garden.marie, await ending(later, { on: today }), today)).toMatchObject({ ok: true });
  expect(await told(later)).toEqual([]);
  expect(await row(later)).toMatchObject({ ends_on: '2025-10-19' });
  expect(await resumeSubscription(garden.marie, { subscriptionId: later }, today)).toMatchObject({ ok: true });
  expect(await told(later)).toHaveLength(6);
  const pack = await one({ basket_count: 4, renews: true });
  expect(await endSubscription(garden.marie, await ending(pack, 'term'), today)).toMatchObject({
    ok: true,
    value: { counts: { removed: 0 } },
  });
  expect(await told(pack)).toHaveLength(4);
  expect(await row(pack)).toMatchObject({ renews: false, ends_on: '2025-12-31' });
});

test('what it waited for has come: it starts with the first delivery that still changes', async () => {
  const id = await one({ awaiting: 'payment' });
  expect(await told(id)).toEqual([]);
  const first = await activateSubscription(garden.marie, id, '2025-11-10');
  expect(first).toMatchObject({ ok: true, value: { startsOn: '2025-11-19' } });
  expect((await told(id))[0]).toBe('47:1@1380');
  expect(await row(id)).toMatchObject({ awaiting: null, starts_on: '2025-11-19' });
  expect(await activateSubscription(garden.marie, id, '2025-11-10')).toEqual(first);
  const over = await one({ awaiting: 'contract', ends_on: '2025-11-01' });
  expect(await activateSubscription(garden.marie, over, '2025-11-10')).toMatchObject({ ok: false });
  for (const denied of [
    () => activateSubscription(garden.with('subscriptions:read'), id, today),
    () => resumeSubscription(garden.with('subscriptions:read'), { subscriptionId: id }, today),
    () => termsChoices(garden.with('subscriptions:read'), id, today),
  ])
    expect(denied).toThrow(AccessDenied);
});

test('the list says where each stands, in one query, filtered and counted; the export takes the right', async () => {
  const asked: SubscriptionsAsked = { search: '', sort: 'client', direction: 'asc', page: 1, perPage: 50, filters: {} };
  const { result, queries } = await countingQueries(() => subscriptionList(garden.marie, today, asked));
  expect(queries).toHaveLength(1);
  expect(result.total).toBe(result.rows.length);
  expect(Object.values(result.states).reduce((sum, count) => sum + count, 0)).toBe(result.total);
  const of = async (filters: Record<string, string>, search = '') =>
    (await subscriptionList(garden.marie, today, { ...asked, filters, search })).rows;
  expect((await of({ etat: 'awaiting' })).map((row) => row.state)).toEqual(['awaiting']);
  expect((await of({ etat: 'vivants' })).some((row) => row.state === 'ended')).toBe(false);
  expect((await of({ fin: '4' })).every((row) => row.endsOn <= '2025-11-17')).toBe(true);
  expect((await of({ depot: String(places.station) })).every((row) => row.depot === 'Gare')).toBe(true);
  expect((await of({}, 'premiere')).map((row) => row.customer)).toEqual(['Première']);
  const pack = await one({ basket_count: 4 });
  await sow(garden, 'basket', {
    subscription_id: pack,
    delivery_id: places.wednesdays.get(43)!,
    slot_id: places.openSlot,
    product_id: places.simple,
    quantity: 4,
    price_cents: 1380,
  });
  const later = (await subscriptionList(garden.marie, '2025-10-23', asked)).rows.find((row) => row.id === pack);
  expect(later).toMatchObject({ soldCount: 4, left: 0, state: 'ended' });
  expect(await subscriptionsToExport(garden.with('subscriptions:read'), today, asked)).toHaveLength(result.total + 1);
  expect(() => subscriptionsToExport(garden.with('customers:read'), today, asked)).toThrow(AccessDenied);
});

test('a membership is added once, and does not run over another', async () => {
  const customer = await sowCustomer(garden, 'Adhérente');
  const values = { startsOn: '2025-01-01', endsOn: '2025-12-31', amountCents: 1500 };
  const answers = await Promise.all([1, 2].map(() => addMembership(garden.marie, customer, values, today)));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(await membershipProposal(garden.marie, customer, today)).toMatchObject({
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    amount: '15,00',
    memberships: [{ startsOn: '2025-01-01' }],
  });
  expect(await addMembership(garden.marie, customer, { ...values, startsOn: '2025-06-01' }, today)).toMatchObject({
    fields: { startsOn: expect.any(String) },
  });
  expect(await addMembership(garden.marie, customer, { ...values, endsOn: '2024-06-01' }, today)).toMatchObject({
    fields: { endsOn: expect.any(String) },
  });
  expect(() => addMembership(garden.with('customers:read'), customer, values, today)).toThrow(AccessDenied);
});

test('an import is about the first terms: later ones stand, and so does an end that was given on screen', async () => {
  const customer = await sowCustomer(garden, 'Importée');
  const id = await one({}, customer);
  const number = (await garden.owner.query('select number from customer where id = $1', [customer])).rows[0].number;
  expect(await changeTerms(garden.marie, await change(id, { quantity: 2 }), today)).toMatchObject({ ok: true });
  const { version } = await row(id);
  await endSubscription(garden.marie, { subscriptionId: id, version, how: { on: '2025-12-10' }, reason: 'Impayé', others: [] }, today);
  const before = await told(id);
  const line = {
    ...{ customerNumber: number, productName: 'Simple', frequency: 'weekly' as const, quantity: 1, priceCents: 1380 },
    ...{ depotNumber: (await garden.owner.query('select number from depot where id = $1', [places.library])).rows[0].number },
    ...{ startsOn: '2025-10-20', endsOn: '2025-12-31', billingMode: 'arrears' as const, billingCount: null },
  };
  const written = await inGarden(places.system, (tx) => importSubscriptions(tx, garden.gardenId, [line], new Set(['quantity'])));
  expect(written).toMatchObject({ added: [], changed: [] });
  await plan(id);
  expect(await told(id)).toEqual(before);
});
