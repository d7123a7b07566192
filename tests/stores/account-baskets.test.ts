import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  accountBasket,
  accountHolder,
  accountHome,
  accountLooks,
  accountMonth,
  agendaAt,
  answerException,
  askException,
  askOwn,
  closeAgenda,
  exceptions,
  lookAtAccount,
  moveForGood,
  offerHand,
  openAgenda,
  ownAgenda,
  ownExceptions,
  ownOffer,
  volunteers,
  withdrawException,
  withdrawHand,
  withdrawOwn,
  writeAgenda,
} from '../../src/domains/account/index.server.ts';
import { planBaskets } from '../../src/domains/subscriptions/index.server.ts';
import type { Own } from '../../src/platform/access/own.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { sow } from './customers.garden.ts';
import { ask, baskets, eggs, garden, ids, lea, rules, stored, today, useRequests, vegetables, week } from './requests.garden.ts';

/** A customer's baskets by herself: hers alone, within the rules, and what is beyond them. */

useRequests();

let others: number;
const own = (customerId: number, seenBy: Own['seenBy'] = 'customer'): Own => ({
  gardenId: garden.gardenId,
  userId: 'paul',
  customerId,
  seenBy,
});
const mine = () => own(lea);
const letters = async () =>
  (await garden.owner.query('select event, customer_id::int as customer from message where garden_id = $1 order by id', [garden.gardenId]))
    .rows;
const postpone = { kind: 'postpone', to: week(46) } as const;

beforeAll(async () => {
  const tom = await sow(garden, 'customer', { number: '2', last_name: 'Morel', first_name: 'Tom', email: 'tom@exemple.test' });
  const values = { customer_id: tom, frequency: 'weekly', quantity: 1, starts_on: '2025-01-01', ends_on: '2025-12-31' };
  others = await sow(garden, 'subscription', { ...values, product_id: ids.simple, slot_id: ids.schoolSlot, price_cents: 1380 });
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today: '2024-12-01' }));
});
beforeEach(async () => {
  for (const table of ['message', 'exception_request', 'subscription_change']) await garden.owner.query(`delete from ${table}`);
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));
});

describe('within the rules', () => {
  test('a basket is put off with the others of its day, confirmed by a letter, and asked twice acts once', async () => {
    const asked = { subscriptionId: vegetables, also: [eggs], from: week(44), wish: postpone };
    expect(await askOwn(mine(), asked, today)).toEqual({
      ok: true,
      value: 'Vos paniers du mercredi 29 octobre sont reportés au mercredi 12 novembre.',
    });
    expect(await baskets(vegetables, 44, 46)).toEqual({ 46: '2 Simple Gare 1380' });
    expect((await stored()).map(({ source }) => source)).toEqual(['customer', 'customer']);
    expect(await letters()).toEqual([{ event: 'change_confirmed', customer: lea }]);
    expect(await askOwn(mine(), asked, today)).toMatchObject({ ok: true });
    expect(await letters()).toHaveLength(1);
    expect(await stored()).toHaveLength(2);
  });

  test('the home page and the calendar tell what is received, where, until when it may change', async () => {
    await askOwn(mine(), { subscriptionId: vegetables, from: week(44), wish: { kind: 'cancel' } }, today);
    const { cards } = await accountHome(mine(), today, new Date(`${today}T08:00:00Z`));
    const said = cards.map(({ date, quantity, until, place, frozen }) => [date, quantity, until, place?.depot ?? null, frozen]);
    expect(said.slice(0, 4)).toEqual([
      ['2025-10-22', 1, null, 'Gare', true],
      ['2025-10-29', 1, '2025-10-26', 'Gare', false],
      ['2025-10-29', 0, '2025-10-26', null, false],
      ['2025-11-05', 1, '2025-11-02', 'Gare', false],
    ]);
    expect(cards[2]!.lines[0]!.reasons.map(({ kind }) => kind)).toEqual(['cancelled']);
    const month = await accountMonth(mine(), '2025-11', today);
    expect(month.cards.map(({ date }) => date)).toEqual(['2025-11-05', '2025-11-12', '2025-11-19', '2025-11-26']);
  });

  test('a subscription that waits says for what: the home page tells it once, not week after week', async () => {
    await garden.owner.query(`update subscription set awaiting = 'payment' where id = $1`, [eggs]);
    const { subscriptions, cards } = await accountHome(mine(), today, new Date(`${today}T08:00:00Z`));
    await garden.owner.query('update subscription set awaiting = null where id = $1', [eggs]);
    expect(new Map(subscriptions.map(({ id, awaitingFor }) => [id, awaitingFor]))).toEqual(
      new Map([
        [vegetables, null],
        [eggs, 'payment'],
      ]),
    );
    const waits = cards.flatMap(({ lines }) => lines).filter(({ reasons }) => reasons.some(({ kind }) => kind === 'awaiting'));
    expect(new Set(waits.map(({ subscriptionId }) => subscriptionId))).toEqual(new Set([eggs]));
  });

  test('the plan’s own delay shortens the last day, and no leave is told as such', async () => {
    await rules({ cutoffHours: 96, allowed: ['cancel'] });
    const choice = (await accountBasket(mine(), { subscriptionId: vegetables, ...week(44) }, today, false))!;
    expect(choice.until).toBe('2025-10-23');
    expect(choice.told.cancel).toBeNull();
    expect(choice.told.postpone).toEqual({ why: 'La formule ne permet pas de reporter un panier.', mayDispense: true });
    expect(await askOwn(mine(), { subscriptionId: vegetables, from: week(44), wish: postpone }, today)).toMatchObject({ ok: false });
    expect(await stored()).toEqual([]);
  });

  test('elsewhere once, or for good; never at a reserved depot', async () => {
    const elsewhere = { kind: 'move', slotId: ids.schoolSlot, until: null } as const;
    expect(await askOwn(mine(), { subscriptionId: vegetables, from: week(44), wish: elsewhere }, today)).toMatchObject({ ok: true });
    expect(await baskets(vegetables, 44, 45)).toEqual({ 44: '1 Simple École 1380', 45: '1 Simple Gare 1380' });
    const choice = (await accountBasket(mine(), { subscriptionId: vegetables, ...week(46) }, today, true))!;
    expect(choice.elsewhere.map(({ depot, date, full, told }) => [depot, date, full, told])).toEqual([
      ['École', '2025-11-13', false, null],
    ]);
    const good = { subscriptionId: vegetables, from: week(46), slotId: ids.schoolSlot, version: choice.version };
    // The change and its letter stand together, or not at all.
    await garden.owner.query('alter table message add constraint no_letter check (false) not valid');
    await expect(moveForGood(mine(), good, today)).rejects.toThrow(/no_letter/);
    await garden.owner.query('alter table message drop constraint no_letter');
    expect(await baskets(vegetables, 46)).toEqual({ 46: '1 Simple Gare 1380' });
    const before = (await letters()).length;
    expect(await moveForGood(mine(), good, today)).toMatchObject({ ok: true });
    expect(await moveForGood(mine(), good, today)).toMatchObject({ ok: true });
    expect(await letters()).toHaveLength(before + 1);
    expect(await baskets(vegetables, 45, 46, 47)).toEqual({
      45: '1 Simple Gare 1380',
      46: '1 Simple École 1380',
      47: '1 Simple École 1380',
    });
    await garden.owner.query("update depot set category = 'reserved' where id = $1", [ids.school]);
    expect(await askOwn(mine(), { subscriptionId: eggs, from: week(44), wish: elsewhere }, today)).toMatchObject({ ok: false });
    expect(await moveForGood(mine(), { ...good, subscriptionId: eggs, from: week(48) }, today)).toMatchObject({ ok: false });
    await garden.owner.query("update depot set category = 'open' where id = $1", [ids.school]);
  });

  test('what was asked is taken back; what the garden decided is not', async () => {
    await askOwn(mine(), { subscriptionId: vegetables, from: week(44), wish: { kind: 'gift' } }, today);
    await ask(45, { kind: 'cancel' });
    await garden.owner.query("update request set source = 'garden' where week = 45");
    const [gift, closed] = (await garden.owner.query('select id::int from request order by id')).rows as { id: number }[];
    expect(await withdrawOwn(mine(), closed!.id, today)).toMatchObject({ ok: false });
    expect(await withdrawOwn(mine(), gift!.id, today)).toMatchObject({ ok: true });
    expect(await baskets(vegetables, 44, 45)).toEqual({ 44: '1 Simple Gare 1380' });
  });
});

describe('nobody reaches another customer’s record', () => {
  test('neither reads nor changes, by no number', async () => {
    const wish = { kind: 'cancel' } as const;
    const hers = { subscriptionId: others, from: week(44), wish };
    expect(await accountBasket(mine(), { subscriptionId: others, ...week(44) }, today, true)).toBeNull();
    expect(await askOwn(mine(), hers, today)).toMatchObject({ ok: false });
    expect(await askOwn(mine(), { ...hers, subscriptionId: vegetables, also: [others] }, today)).toMatchObject({ ok: false });
    expect(await askException(mine(), { ...hers, note: '' }, today)).toMatchObject({ ok: false });
    const version = 1;
    expect(await moveForGood(mine(), { subscriptionId: others, from: week(46), slotId: ids.stationSlot, version }, today)).toMatchObject({
      ok: false,
    });
    const tom = (await garden.owner.query("select id::int from customer where number = '2'")).rows[0].id;
    await askOwn(own(tom), hers, today);
    const [theirs] = (await garden.owner.query('select id::int from request where subscription_id = $1', [others])).rows as {
      id: number;
    }[];
    expect(await withdrawOwn(mine(), theirs!.id, today)).toMatchObject({ ok: false });
    expect(
      (await accountHome(mine(), today, new Date())).cards.flatMap(({ lines }) => lines).some((line) => line.subscriptionId === others),
    ).toBe(false);
    expect(await baskets(others, 44)).toEqual({});
    expect((await stored()).filter(({ withdrawn_at }) => withdrawn_at)).toEqual([]);
  });

  test('staff look and change nothing; each look is noted once a day', async () => {
    const looking = own(lea, 'staff');
    expect(() => askOwn(looking, { subscriptionId: vegetables, from: week(44), wish: { kind: 'cancel' } }, today)).toThrow();
    expect(() => withdrawOwn(looking, 1, today)).toThrow();
    expect(() => withdrawException(looking, 1)).toThrow();
    expect(() => openAgenda(looking)).toThrow();
    expect(() => offerHand(looking, { tasks: [], moments: [], note: '' })).toThrow();
    await expect(
      (async () => askException(looking, { subscriptionId: vegetables, from: week(44), wish: { kind: 'gift' }, note: '' }, today))(),
    ).rejects.toThrow();
    await expect(
      (async () => moveForGood(looking, { subscriptionId: vegetables, from: week(44), slotId: 1, version: 1 }, today))(),
    ).rejects.toThrow();
    expect(await lookAtAccount(garden.marie, lea, today)).toBe(true);
    expect(await lookAtAccount(garden.marie, lea, today)).toBe(true);
    expect(await lookAtAccount(garden.marie, 999_999, today)).toBe(false);
    expect(await accountLooks(garden.marie, lea)).toEqual([{ day: today, name: 'Marie Curien' }]);
    expect(await accountHolder(looking)).toMatchObject({ name: 'Léa Dupont' });
  });
});

describe('beyond the rules', () => {
  const beyond = () => ({ subscriptionId: vegetables, from: week(44), wish: { kind: 'cancel' } as const, note: 'Hôpital' });

  test('what may simply be done, and what nobody may grant, is not asked', async () => {
    expect(await askException(mine(), beyond(), today)).toMatchObject({
      ok: false,
      reason: 'Cela vous est permis : il n’y a rien à demander au jardin.',
    });
    expect(await askException(mine(), { ...beyond(), from: week(43) }, today)).toMatchObject({ ok: false });
    expect((await exceptions(garden.marie, today)).open).toEqual([]);
  });

  test('granted: done by dispensation, told, once; refused: nothing changes', async () => {
    await rules({ allowed: ['postpone'] });
    expect(await askException(mine(), { ...beyond(), also: [eggs] }, today)).toMatchObject({ ok: true });
    expect(await askException(mine(), { ...beyond(), note: 'Retour le 30' }, today)).toMatchObject({ ok: true });
    const [open] = (await exceptions(garden.marie, today)).open;
    expect(open).toMatchObject({
      customer: 'Léa Dupont',
      said: 'Annuler le panier du mercredi 29 octobre',
      note: 'Retour le 30',
      also: [],
    });
    expect(await baskets(vegetables, 44)).toEqual({ 44: '1 Simple Gare 1380' });
    const yes = { id: open!.id, accept: true, answer: 'Bon rétablissement !' };
    expect(await answerException(garden.marie, yes, today)).toMatchObject({ ok: true });
    expect(await answerException(garden.marie, yes, today)).toMatchObject({ ok: true });
    expect(await answerException(garden.marie, { ...yes, accept: false }, today)).toMatchObject({ ok: false });
    expect(await baskets(vegetables, 44)).toEqual({});
    expect((await stored()).map(({ dispensed }) => dispensed)).toEqual([true]);
    expect(await letters()).toEqual([{ event: 'exception_answered', customer: lea }]);
    expect((await ownExceptions(mine(), today)).map(({ state, answer }) => [state, answer])).toEqual([
      ['accepted', 'Bon rétablissement !'],
    ]);

    await askException(mine(), { ...beyond(), from: week(46) }, today);
    const next = (await exceptions(garden.marie, today)).open[0]!;
    expect(await answerException(garden.marie, { id: next.id, accept: false, answer: '' }, today)).toMatchObject({ ok: true });
    expect(await baskets(vegetables, 46)).toEqual({ 46: '1 Simple Gare 1380' });
  });

  test('given up by who asked, by nobody else', async () => {
    await rules({ allowed: [] });
    await askException(mine(), beyond(), today);
    const { id } = (await exceptions(garden.marie, today)).open[0]!;
    expect(await withdrawException(own(lea + 1), id)).toMatchObject({ ok: false });
    expect(await withdrawException(mine(), id)).toMatchObject({ ok: true });
    expect(await withdrawException(mine(), id)).toMatchObject({ ok: true });
    expect(await answerException(garden.marie, { id, accept: true, answer: '' }, today)).toMatchObject({ ok: false });
    expect(() => answerException(garden.with('subscriptions:read'), { id, accept: true, answer: '' }, today)).toThrow();
  });
});

test('a calendar opens by its secret address alone, until it is closed', async () => {
  await openAgenda(mine());
  await openAgenda(mine());
  const { token } = (await ownAgenda(mine()))!;
  const agenda = (await agendaAt(token, today))!;
  expect(agenda.cards[0]).toMatchObject({ date: '2025-10-22', quantity: 1 });
  const text = writeAgenda(agenda, 'https://paniers.exemple', new Date('2025-10-20T08:00:00Z'));
  expect(text).toContain('SUMMARY:Panier : 1 Simple');
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(agenda.cards.length);
  const [first, second, signature] = token.split(/-(.*?)-(.*)/s) as [string, string, string];
  for (const forged of [
    '',
    'rien',
    `${first}-${second}`,
    `${first}-${(Number.parseInt(second, 36) + 1).toString(36)}-${signature}`,
    `z-${second}-${signature}`,
  ])
    expect(await agendaAt(forged, today), forged).toBeNull();
  await closeAgenda(mine());
  expect(await agendaAt(token, today)).toBeNull();
  await openAgenda(mine());
  expect((await ownAgenda(mine()))!.token).not.toBe(token);
});

test('what is forgotten of a customer leaves nothing of her words, not even in the trail', async () => {
  await rules({ allowed: [] });
  await askException(mine(), { subscriptionId: vegetables, from: week(44), wish: { kind: 'gift' }, note: 'Un secret' }, today);
  await offerHand(mine(), { tasks: ['office'], moments: [], note: 'Un secret' });
  await openAgenda(mine());
  await inGarden(garden.marie, (tx) => sql`select forget_wishes(${lea})`.execute(tx));
  const words = await garden.owner.query(
    `select 1 from audit_entry where (coalesce(before, '{}')::text || coalesce(after, '{}')::text) like '%Un secret%'`,
  );
  expect(words.rows).toEqual([]);
  expect([await ownOffer(mine()), await ownAgenda(mine()), (await exceptions(garden.marie, today)).open]).toEqual([null, null, []]);
});

test('a hand offered is told to the garden, and taken back', async () => {
  await offerHand(mine(), { tasks: ['harvest', 'market'], moments: ['saturday'], note: 'Permis B' });
  expect(await ownOffer(mine())).toEqual({ tasks: ['harvest', 'market'], moments: ['saturday'], note: 'Permis B' });
  expect((await volunteers(garden.marie, 'market')).map(({ name }) => name)).toEqual(['Dupont Léa']);
  expect(await volunteers(garden.marie, 'office')).toEqual([]);
  await withdrawHand(mine());
  expect([await ownOffer(mine()), await volunteers(garden.marie)]).toEqual([null, []]);
  const { rows } = await garden.owner.query('select volunteer from customer where id = $1', [lea]);
  expect(rows).toEqual([{ volunteer: 'no' }]);
});
