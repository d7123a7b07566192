import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { endings, planBaskets, type RenewalForm, renew, renewalAlert, undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { lettersLaid } from '../letters.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, sowCustomer, sowSubscription, today } from './places.garden.ts';

const database = useDatabase();
let garden: TestGarden;
let places: Places;
let season: { old: number; next: number };
let plan: { old: number; next: number; yearly: number };

beforeAll(async () => {
  garden = await plantGarden(database.ownerUrl());
  places = await plantPlaces(garden);
  season = {
    old: await sow(garden, 'season', { name: 'Automne', starts_on: '2025-09-01', ends_on: '2025-11-23' }),
    next: await sow(garden, 'season', { name: 'Hiver', starts_on: '2025-11-24', ends_on: '2025-12-28' }),
  };
  plan = {
    old: await sow(garden, 'plan', { name: 'Simple', product_id: places.simple, season_id: season.old }),
    next: await sow(garden, 'plan', { name: 'Simple', product_id: places.simple, season_id: season.next, deposit_cents: 1500 }),
    yearly: places.plan,
  };
  await sow(garden, 'plan_price', { plan_id: plan.old, starts_on: '2000-01-01', price_cents: 1380 });
  await sow(garden, 'plan_price', { plan_id: plan.next, starts_on: '2000-01-01', price_cents: 1450 });
  await sow(garden, 'plan_price', { plan_id: plan.yearly, starts_on: '2000-01-01', price_cents: 1400 });
});
afterAll(() => garden.owner.end());
beforeEach(async () => {
  for (const table of ['basket', 'request', 'subscription_change', 'subscription'])
    await garden.owner.query(`delete from ${table} where garden_id = $1`, [garden.gardenId]);
  await garden.owner.query("update garden set settings = '{}' where id = $1", [garden.gardenId]);
});

const one = async (name: string, more: Record<string, unknown> = {}) =>
  sowSubscription(garden, places, await sowCustomer(garden, name), places.openSlot, {
    ...{ plan_id: plan.old, starts_on: '2025-09-01', ends_on: '2025-11-23' },
    ...more,
  });
const planned = () => inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));
const renewed = async (id: number) =>
  (
    await garden.owner.query(
      `select id, plan_id::int as plan, slot_id::int as slot, frequency, quantity, price_cents::int as price, starts_on::text as "from", ends_on::text as until,
        basket_count as count, awaiting, renews, deposit_cents::int as deposit from subscription where renewed_from = $1`,
      [id],
    )
  ).rows;
const apply = (ids: number[], more: Partial<RenewalForm> = {}, mode: 'preview' | 'apply' = 'apply') =>
  renew(garden.marie, { ids, prices: 'new', ...more }, { today, mode });
const ok = async (answer: ReturnType<typeof renew>) => {
  const found = await answer;
  if (!found.ok) throw new Error(found.reason);
  return found.value!;
};

test('what ends is listed by its end, with where it stands, in three queries', async () => {
  const asked = await one('Appel');
  const tacit = await one('Tacite', { renews: true });
  const over = await one('Partie', { end_reason: 'déménagement', ends_on: '2025-10-31' });
  const pack = await one('Carnet', { basket_count: 2, ends_on: '2026-06-30', starts_on: '2025-10-20' });
  await one('Longue', { ends_on: '2026-08-31' });
  const followed = await one('Suivie');
  const { rows } = await garden.owner.query('select customer_id from subscription where id = $1', [followed]);
  await sowSubscription(garden, places, rows[0].customer_id, places.openSlot, { starts_on: '2025-12-01', ends_on: '2026-11-30' });
  await planned();

  const { result, queries } = await countingQueries(() => endings(garden.marie, { today }));
  expect(queries).toHaveLength(3);
  expect(result.until).toBe('2025-12-15');
  expect(result.rows.map((row) => [row.lastName, row.overOn, row.state])).toEqual([
    // Wednesday of week 43 was frozen already: the pack begins the week after.
    ['Partie', '2025-10-31', 'terminated'],
    ['Carnet', '2025-11-05', 'to_ask'],
    ['Appel', '2025-11-23', 'to_ask'],
    ['Suivie', '2025-11-23', 'followed'],
    ['Tacite', '2025-11-23', 'tacit'],
  ]);
  expect(result.counts).toEqual({ to_ask: 2, tacit: 1, followed: 1, renewed: 0, terminated: 1 });
  expect(await renewalAlert(garden.marie, today)).toEqual({ until: '2025-12-15', toAsk: 2, tacit: 1 });
  const ids = async (more: object) => (await endings(garden.marie, { today, ...more })).rows.map((row) => row.id);
  expect(await ids({ state: 'tacit' })).toEqual([tacit]);
  expect(await ids({ state: 'not_renewed' })).toEqual([pack, asked, tacit]);
  expect(await ids({ until: '2025-11-01' })).toEqual([over]);
  expect(await ids({ search: 'tac' })).toEqual([tacit]);
  expect(await ids({ seasonId: season.next })).toEqual([]);
  expect(() => endings(garden.with('subscriptions:change'), { today })).not.toThrow();
  expect(() => endings(garden.with('customers:read'), { today })).toThrow(AccessDenied);
});

test('each is carried on with its permanent terms, in the new season, at its price; and the undo leaves no trace', async () => {
  const changed = await one('Changée', { renews: true, deposit_cents: 1000 });
  await sow(garden, 'subscription_change', {
    ...{ subscription_id: changed, from_year: 2025, from_week: 45, plan_id: plan.old, product_id: places.simple, slot_id: places.tenSlot },
    ...{ frequency: 'even_weeks', quantity: 2, price_cents: 1390 },
  });
  await sow(garden, 'request', { subscription_id: changed, kind: 'move', year: 2025, week: 47, slot_id: places.stationSlot });
  await planned();
  const before = (await garden.owner.query('select subscription_id, delivery_id, quantity from basket order by 1, 2')).rows;

  const preview = await ok(apply([changed], {}, 'preview'));
  expect(preview.lines[0]).toMatchObject({
    ...{ lastName: 'Changée', quantity: 2, frequency: 'even_weeks', depot: 'Médiathèque', plan: 'Simple', remarks: [] },
    was: { overOn: '2025-11-23', priceCents: 1390 },
    becomes: { startsOn: '2025-11-24', endsOn: '2025-12-28', priceCents: 1450 },
  });
  // Weeks 48, 50 and 52.
  expect(preview.baskets).toEqual({ added: 3, removed: 0, moved: 0, changed: 0 });
  expect(await renewed(changed)).toEqual([]);

  const done = await ok(apply([changed]));
  expect(done.baskets).toEqual(preview.baskets);
  expect(await renewed(changed)).toMatchObject([
    {
      ...{
        plan: plan.next,
        slot: places.tenSlot,
        frequency: 'even_weeks',
        quantity: 2,
        price: 1450,
        from: '2025-11-24',
        until: '2025-12-28',
      },
      ...{ count: null, awaiting: null, renews: true, deposit: 0 },
    },
  ]);
  expect((await endings(garden.marie, { today })).counts).toMatchObject({ renewed: 1, tacit: 0 });

  const undone = await undoBatch(garden.marie, done.batchId, today);
  expect(undone).toEqual({ ok: true, value: { kind: 'renewal', name: 'Renouvellement d’un abonnement' } });
  expect(await renewed(changed)).toEqual([]);
  expect((await garden.owner.query('select subscription_id, delivery_id, quantity from basket order by 1, 2')).rows).toEqual(before);
});

test('nobody is renewed twice: the form sent again says nothing more, another one leaves them out', async () => {
  const [first, second] = [await one('Une'), await one('Deux')];
  await planned();
  await ok(apply([first]));
  expect(await apply([first])).toEqual({ ok: true, value: null });
  const both = await ok(apply([first, second]));
  expect(both.left).toMatchObject([{ customer: 'Une', why: 'déjà renouvelé' }]);
  expect(both.lines.map((line) => line.lastName)).toEqual(['Deux']);
  const twice = [await one('Ensemble')];
  const answers = await Promise.all([apply(twice), apply(twice)]);
  expect(answers.filter((answer) => answer.ok && answer.value).length).toBe(1);
  expect(await renewed(twice[0]!)).toHaveLength(1);
});

test('prices kept, a pack, a plan without season, and what the garden waits for', async () => {
  await garden.owner.query(`update garden set settings = '{"startsWhen":"payment"}' where id = $1`, [garden.gardenId]);
  const kept = await one('Gardée');
  const pack = await one('Carnet', { basket_count: 2, starts_on: '2025-10-20', ends_on: '2026-06-30' });
  const yearly = await one('Annuelle', { plan_id: plan.yearly, starts_on: '2024-12-01', ends_on: '2025-11-30' });
  await planned();
  const told = await ok(apply([kept, pack, yearly], { prices: 'keep' }));
  expect(await renewed(kept)).toMatchObject([{ price: 1380, awaiting: 'payment' }]);
  expect(await renewed(pack)).toMatchObject([{ count: 2, plan: plan.next, from: '2025-11-24' }]);
  expect(await renewed(yearly)).toMatchObject([{ plan: plan.yearly, from: '2025-12-01', until: '2026-11-30' }]);
  // None has begun: no basket, but their places are kept.
  expect(told.baskets).toEqual({ added: 0, removed: 0, moved: 0, changed: 0 });
  expect(told.lines[0]!.remarks).toContain('commencera à son paiement');
});

test('who cannot go on as before is told: a depot no longer served, an end on purpose, no deliveries yet', async () => {
  const gone = await one('Fermée', { slot_id: places.stationSlot });
  const ended = await one('Partie', { end_reason: 'déménagement' });
  const far = await one('Loin', { plan_id: plan.yearly, starts_on: '2025-01-01', ends_on: '2025-12-31' });
  await garden.owner.query('update slot set archived_at = now() where id = $1', [places.stationSlot]);
  const told = await ok(apply([gone, ended, far], {}, 'preview'));
  await garden.owner.query('update slot set archived_at = null where id = $1', [places.stationSlot]);
  expect(told.left.map(({ customer, why }) => `${customer} : ${why}`)).toEqual([
    'Fermée : le point de dépôt Gare n’est plus servi : choisissez-en un autre depuis sa fiche',
    'Partie : résilié (déménagement)',
  ]);
  expect(told.lines[0]!.remarks).toEqual(['aucune livraison ouverte à ces dates']);
  expect(await apply([ended])).toMatchObject({ ok: false, reason: 'Aucun ne peut être renouvelé : Partie, résilié (déménagement).' });
  expect(await apply([])).toMatchObject({ ok: false, fields: { ids: 'Cochez au moins un abonnement.' } });
});

test('a depot that is too small is told, and needs a word to be filled beyond', async () => {
  const [first, second] = [await one('Une', { slot_id: places.stationSlot }), await one('Deux', { slot_id: places.stationSlot })];
  const told = await ok(apply([first, second], {}, 'preview'));
  expect(told.full).toEqual([
    expect.stringMatching(
      /^Gare : Pas assez de place : 0 paniers sur 1 déjà le mercredi 26 novembre, et \d+ à ajouter, puis 4 autres fois/,
    ),
  ]);
  expect(await apply([first, second])).toMatchObject({ ok: false, fields: { beyond: expect.stringContaining('Gare') } });
  expect(await renewed(first)).toEqual([]);
  await ok(apply([first, second], { beyond: true }));
  expect(await renewed(first)).toHaveLength(1);
});

test('a hundred are renewed in as many queries as one', async () => {
  const few = await one('Seule');
  const many: number[] = [];
  for (let at = 0; at < 100; at++) many.push(await one(`Client ${at}`));
  const { queries: ofOne } = await countingQueries(() => ok(apply([few], {}, 'preview')));
  const { queries, result } = await countingQueries(() => ok(apply(many, {}, 'preview')));
  expect(result.lines).toHaveLength(100);
  expect(result.baskets.added).toBe(500);
  expect(queries).toHaveLength(ofOne.length);
  await expect(renew(garden.with('subscriptions:read'), { ids: many, prices: 'new' }, { today, mode: 'apply' })).rejects.toThrow(
    AccessDenied,
  );
});

test('whoever is renewed is told, when it is asked for, once', async () => {
  const id = await one('Contente');
  await garden.owner.query("update customer set email = 'contente@exemple.test' where last_name = 'Contente'");
  await planned();
  await renew(garden.marie, { ids: [id], prices: 'new', notify: true }, { today, mode: 'preview' });
  expect(await lettersLaid(garden.owner)).toEqual([]);
  expect(await renew(garden.marie, { ids: [id], prices: 'new', notify: true }, { today, mode: 'apply' })).toMatchObject({ ok: true });
  expect(await renew(garden.marie, { ids: [id], prices: 'new', notify: true }, { today, mode: 'apply' })).toEqual({
    ok: true,
    value: null,
  });
  const [letter, ...more] = await lettersLaid(garden.owner);
  expect([letter!.to, more]).toEqual(['contente@exemple.test', []]);
  expect(letter!.text).toContain('du lundi 24 novembre 2025 au dimanche 28 décembre 2025');
});
