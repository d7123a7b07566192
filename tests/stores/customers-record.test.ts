import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeCustomer, customerToChange } from '../../src/domains/customers/index.server.ts';
import { ensureSeason } from '../../src/domains/logistics/index.server.ts';
import {
  askFor,
  basketChoice,
  customerRecord,
  gardenWeek,
  planBaskets,
  withdrawRequest,
} from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied, systemActor } from '../../src/platform/access/actor.ts';
import type { Right } from '../../src/platform/access/rights.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase();
// A Monday. Preparation is the day before delivery, the cut-off one day earlier: this week's Wednesday is frozen from today on.
const today = '2025-10-20';
const week = (number: number) => ({ year: 2025, week: number });
let garden: TestGarden;
let lea: number;
let subscription: number;
let ids: Awaited<ReturnType<typeof sowLogistics>>;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  ids = await sowLogistics(garden);
  lea = await sow(garden, 'customer', { number: '1', last_name: 'Dupont', first_name: 'Léa', opening_balance_cents: 4210 });
  await sow(garden, 'membership', { customer_id: lea, starts_on: '2025-01-01', ends_on: '2025-12-31', amount_cents: 3000 });
  await sow(garden, 'mandate', { customer_id: lea, reference: 'COC 0001-é', iban: 'FR7643243634605214509686252', signed_on: '2020-07-19' });
  subscription = await sow(garden, 'subscription', {
    customer_id: lea,
    product_id: ids.simple,
    slot_id: ids.stationSlot,
    frequency: 'weekly',
    quantity: 1,
    price_cents: 1380,
    starts_on: '2025-01-01',
    ends_on: '2025-12-31',
    billing_mode: 'pack',
    billing_count: 12,
  });
  await inGarden(systemActor(garden.gardenId), (tx) => ensureSeason(tx, garden.gardenId, 2025));
  await garden.owner.query("update delivery set date = '2025-11-11', note = '' where tour_id = $1 and week = 46", [ids.wednesday]);
  await garden.owner.query("update delivery set closed = true, note = 'Congés' where week = 52");
  await inGarden(systemActor(garden.gardenId), (tx) => planBaskets(tx, garden.gardenId, { today: '2024-12-01' }));
});
beforeEach(() => garden.owner.query('delete from request'));
beforeEach(() => inGarden(systemActor(garden.gardenId), (tx) => planBaskets(tx, garden.gardenId, { today })));
afterAll(() => garden.owner.end());

/** The depot of this garden holds one basket: staff go beyond. */
const ask = (kind: 'cancel' | 'postpone', from: number, to: number | null = null, actor = garden.marie) => {
  const wish = kind === 'postpone' ? { kind, to: to === null ? null : week(to) } : { kind };
  return askFor(actor, { subscriptionId: subscription, from: week(from), wish, beyond: true }, today);
};
const record = async (actor = garden.marie) => (await customerRecord(actor, lea, today))!;
const coming = async (...weeks: number[]) =>
  (await record()).coming
    .filter((line) => weeks.includes(line.week))
    .map((line) => [line.week, line.date, line.quantity, line.reasons.map((reason) => reason.kind)]);

describe('the record', () => {
  test('coming baskets, each with the reason it differs', async () => {
    await ask('postpone', 44, 45);
    await ask('cancel', 47);
    expect(await coming(43, 44, 45, 46, 47, 48, 52)).toEqual([
      [43, '2025-10-22', 1, []],
      [44, '2025-10-29', 0, ['postponed_to']],
      [45, '2025-11-05', 2, ['postponed_from']],
      [46, '2025-11-11', 1, ['moved']],
      [47, '2025-11-19', 0, ['cancelled']],
      [48, '2025-11-26', 1, []],
      [52, '2025-12-24', 0, ['closed']],
    ]);
    const { coming: lines, past } = await record();
    expect(lines.filter((line) => line.frozen).map((line) => line.week)).toEqual([43]);
    expect(lines.find((line) => line.week === 48)).toMatchObject({ canChange: true, product: 'Simple', depot: 'Gare' });
    expect(lines.filter((line) => [43, 52].includes(line.week) && line.canChange)).toEqual([]);
    expect(lines.find((line) => line.week === 44)!.canChange, 'one more may be asked for, or a change by hand').toBe(true);
    expect(past[0]).toEqual({ date: '2025-10-15', week: 42, outcomes: [], product: 'Simple', depot: 'Gare', quantity: 1 });
    expect(past).toHaveLength(42);
  });

  test('a request recorded after the freeze is told as too late', async () => {
    await sow(garden, 'request', { subscription_id: subscription, kind: 'cancel', year: 2025, week: 43 });
    await inGarden(systemActor(garden.gardenId), (tx) => planBaskets(tx, garden.gardenId, { today }));
    expect(await coming(43)).toEqual([[43, '2025-10-22', 1, ['too_late']]]);
    expect((await record()).requests[0]).toMatchObject({ state: 'frozen' });
  });

  test('a request that cannot be carried out says so, and can be withdrawn', async () => {
    const id = await sow(garden, 'request', {
      subscription_id: subscription,
      kind: 'postpone',
      year: 2025,
      week: 44,
      to_year: 2025,
      to_week: 52,
    });
    expect((await record()).requests[0]).toMatchObject({ state: 'without_effect', problem: 'no_delivery' });
    expect((await gardenWeek(garden.marie, today)).withoutEffect).toMatchObject([{ id, customer: 'Dupont Léa', problem: 'no_delivery' }]);
    expect(await withdrawRequest(garden.marie, id, today)).toMatchObject({ ok: true });
    expect((await gardenWeek(garden.marie, today)).withoutEffect).toEqual([]);
  });

  test('history: who, before and after, in French; baskets in one sentence', async () => {
    const { version, values } = (await customerToChange(garden.paul, lea))!.customer;
    await changeCustomer(garden.paul, lea, { version, base: values, values: { ...values, city: 'Épinal' } });
    await garden.owner.query('update subscription set slot_id = $1 where id = $2', [ids.schoolSlot, subscription]);
    await garden.owner.query('update subscription set slot_id = $1 where id = $2', [ids.stationSlot, subscription]);
    const { history } = await record();
    const [back] = history;
    expect(back).toMatchObject({
      who: 'le logiciel',
      what: 'Abonnement : modification',
      changes: [{ label: 'Point de dépôt', before: 'École (Jeudi)', after: 'Gare (Mercredi)' }],
    });
    expect(history.find((entry) => entry.who === 'Paul Fabre')).toMatchObject({
      changes: [{ label: 'Ville', before: 'rien', after: 'Épinal' }],
    });
    expect(history.some((entry) => entry.what === '51 paniers prévus')).toBe(true);
    const mandate = history.find((entry) => entry.what.startsWith('Mandat'));
    expect(mandate?.changes).toContainEqual({ label: 'IBAN', before: null, after: '•••• 6252' });
  });

  test('each right shows its own, and no more', async () => {
    const seen = async (...rights: Right[]) => {
      const { customer, subscriptions, coming, history } = await record(garden.with(...rights));
      return [
        customer.openingBalanceCents,
        customer.mandates.length,
        subscriptions?.length ?? null,
        coming.length > 0,
        history.some((entry) => entry.what.startsWith('Mandat')),
      ];
    };
    expect(await seen('customers:read')).toEqual([0, 0, null, false, false]);
    expect(await seen('customers:read', 'subscriptions:read')).toEqual([0, 0, 1, true, false]);
    expect(await seen('customers:read', 'billing:read')).toEqual([4210, 1, null, false, true]);
    const { mandates } = (await record()).customer;
    expect(mandates[0]).toMatchObject({ reference: 'COC 0001-é', iban: '•••• 6252', signedOn: '2020-07-19' });
    expect(await customerRecord(garden.marie, 999_999, today)).toBeNull();
  });

  test('four queries for the record, seven for the week, three for the choice', async () => {
    await ask('cancel', 47);
    expect((await countingQueries(() => customerRecord(garden.marie, lea, today))).queries).toHaveLength(4);
    expect((await countingQueries(() => gardenWeek(garden.marie, today))).queries).toHaveLength(7);
    expect((await countingQueries(() => basketChoice(garden.marie, subscription, week(44), today))).queries).toHaveLength(3);
  });
});

describe('requests', () => {
  test('a postponement, sent twice, acts once; withdrawn, all is as before', async () => {
    const before = await coming(44, 45);
    expect(await ask('postpone', 45, 44)).toMatchObject({ ok: true, value: { customerId: lea } });
    expect(await ask('postpone', 45, 44)).toMatchObject({ ok: true });
    expect(await coming(44, 45)).toEqual([
      [44, '2025-10-29', 2, ['postponed_from']],
      [45, '2025-11-05', 0, ['postponed_to']],
    ]);
    const { requests } = await record();
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ kind: 'postpone', by: 'Marie Curien', state: 'open', week: 45, toWeek: 44 });
    expect(await withdrawRequest(garden.paul, requests[0]!.id, today)).toMatchObject({ ok: true });
    expect(await withdrawRequest(garden.paul, requests[0]!.id, today)).toMatchObject({ ok: true });
    expect(await coming(44, 45)).toEqual(before);
    expect((await record()).requests[0]).toMatchObject({ state: 'withdrawn' });
    expect((await record()).history[2]).toMatchObject({ what: 'Demande retirée', who: 'Paul Fabre' });
  });

  test.each([
    ['frozen', 'cancel', 43, null, 'Trop tard : la livraison du mercredi 22 octobre est figée, ses feuilles sont prêtes.'],
    ['closed', 'cancel', 52, null, 'Il n’y a pas de livraison cette semaine-là : rien à annuler ni à reporter.'],
    ['to a frozen week', 'postpone', 44, 43, 'Trop tard pour la semaine choisie : la livraison du mercredi 22 octobre est figée.'],
    ['to a closed week', 'postpone', 44, 52, 'Il n’y a pas de livraison la semaine choisie : prenez-en une autre.'],
    ['nowhere', 'postpone', 44, null, 'Choisissez la semaine où le panier sera livré.'],
  ] as const)('refused: %s', async (_, kind, from, to, reason) => {
    expect(await ask(kind, from, to)).toMatchObject({ ok: false, reason });
    expect((await record()).requests).toEqual([]);
  });

  test('refused when something else was asked; two people at the same moment make one request', async () => {
    const both = await Promise.all([ask('cancel', 44), ask('postpone', 44, 45, garden.paul)]);
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect((await record()).requests).toHaveLength(1);
    expect(both.find((outcome) => !outcome.ok)).toMatchObject({ reason: expect.stringContaining('Une demande existe déjà') });
  });

  test('a request whose delivery is frozen since is not withdrawn', async () => {
    await ask('cancel', 44);
    const [request] = (await record()).requests;
    expect(await withdrawRequest(garden.marie, request!.id, '2025-10-28')).toMatchObject({
      ok: false,
      reason: 'Trop tard pour retirer cette demande : la livraison du mercredi 29 octobre est figée.',
    });
    expect((await record()).requests[0]).toMatchObject({ state: 'open' });
  });

  test('the choice offers the open weeks of the tour', async () => {
    await ask('postpone', 46, 45);
    const choice = (await basketChoice(garden.marie, subscription, week(44), today))!;
    expect(choice).toMatchObject({
      refusal: null,
      date: '2025-10-29',
      usual: 1,
      customer: 'Dupont Léa',
      told: { cancel: null, postpone: null },
    });
    expect(choice.targets.map((target) => target.week)).toEqual([45, 46, 47, 48, 49, 50, 51]);
    expect(choice.targets.slice(0, 2).map((target) => target.quantity)).toEqual([2, 0]);
    expect((await basketChoice(garden.marie, subscription, week(46), today))!.told.gift!.why).toContain('Une demande existe déjà');
  });

  test('nothing without its right', async () => {
    const reader = garden.with('subscriptions:read', 'customers:change');
    await ask('cancel', 44);
    const [request] = (await record()).requests;
    for (const refused of [
      async () => ask('cancel', 45, null, reader),
      async () => withdrawRequest(reader, request!.id, today),
      async () => basketChoice(reader, subscription, week(44), today),
      async () => customerRecord(garden.with('subscriptions:read'), lea, today),
      async () => gardenWeek(garden.with('customers:read'), today),
    ])
      await expect(refused()).rejects.toThrow(AccessDenied);
  });
});

test('a basket put off to a week that closes afterwards is told, though the week it comes from is served', async () => {
  const asked = { subscription_id: subscription, kind: 'postpone', year: 2025, week: 42, to_year: 2025, to_week: 52 };
  const request = await sow(garden, 'request', asked);
  const { withoutEffect } = await gardenWeek(garden.marie, today);
  expect(withoutEffect).toMatchObject([{ id: request, week: 42, toWeek: 52, problem: 'no_delivery' }]);
  // What is served, and went where it was asked to, is nobody's trouble; nor is last year's.
  await garden.owner.query('update request set to_week = 44 where id = $1', [request]);
  expect((await gardenWeek(garden.marie, today)).withoutEffect).toEqual([]);
  await garden.owner.query('update request set year = 2024, week = 51, to_year = 2024, to_week = 52 where id = $1', [request]);
  expect((await gardenWeek(garden.marie, today)).withoutEffect).toEqual([]);
});

test('the week: deliveries, totals, what does not fit', async () => {
  const other = await sow(garden, 'subscription', {
    customer_id: lea,
    product_id: ids.family,
    slot_id: ids.stationSlot,
    frequency: 'even_weeks',
    quantity: 2,
    price_cents: 2370,
    starts_on: '2025-01-01',
    ends_on: '2025-12-31',
  });
  await inGarden(systemActor(garden.gardenId), (tx) => planBaskets(tx, garden.gardenId, { today, subscriptionIds: [other] }));
  const { weeks, has } = await gardenWeek(garden.marie, today);
  expect(
    weeks.map((one) => [
      one.week,
      one.deliveries.map((delivery) => [delivery.tour, delivery.date, delivery.total, delivery.state, delivery.lastDay]),
    ]),
  ).toEqual([
    [
      43,
      [
        ['Mercredi', '2025-10-22', 1, 'frozen', '2025-10-19'],
        ['Jeudi', '2025-10-23', 0, 'open', '2025-10-20'],
      ],
    ],
    [
      44,
      [
        ['Mercredi', '2025-10-29', 3, 'open', '2025-10-26'],
        ['Jeudi', '2025-10-30', 0, 'open', '2025-10-27'],
      ],
    ],
  ]);
  expect(weeks[1]!.deliveries[0]).toMatchObject({
    baskets: [
      { product: 'Simple', quantity: 1 },
      { product: 'Familial', quantity: 2 },
    ],
    tooMuch: [{ depot: 'Gare', baskets: 3, capacity: 1 }],
  });
  expect(has).toEqual({ tours: true, customers: true, subscriptions: true });
});
