import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { endings, type ProposalForm, planBaskets, proposeRenewal, renew } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { lettersLaid } from '../letters.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, sowCustomer, sowSubscription, today } from './places.garden.ts';

/** Letters that propose to carry on subscriptions that end: to whom, once, and what they say. */

const database = useDatabase();
let garden: TestGarden;
let places: Places;
let plan: number;

beforeAll(async () => {
  garden = await plantGarden(database.ownerUrl());
  places = await plantPlaces(garden);
  plan = await sow(garden, 'plan', { name: 'Simple', product_id: places.simple });
  await sow(garden, 'plan_price', { plan_id: plan, starts_on: '2000-01-01', price_cents: 1450 });
});
afterAll(() => garden.owner.end());
beforeEach(async () => {
  for (const table of ['message', 'basket', 'subscription'])
    await garden.owner.query(`delete from ${table} where garden_id = $1`, [garden.gardenId]);
});

const one = async (name: string, { mail = true, ...more }: Record<string, unknown> = {}) => {
  const customer = await sowCustomer(garden, name);
  await garden.owner.query('update customer set email = $2 where id = $1', [customer, mail ? `${name.toLowerCase()}@exemple.test` : '']);
  return sowSubscription(garden, places, customer, places.openSlot, {
    plan_id: plan,
    starts_on: '2024-12-01',
    ends_on: '2025-11-30',
    ...more,
  });
};
const planned = () => inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));
const propose = async (ids: number[], mode: 'preview' | 'apply' = 'apply', more: Partial<ProposalForm> = {}, on = today) =>
  proposeRenewal(garden.marie, { ids, word: '', ...more }, { today: on, mode });
const done = async (answer: ReturnType<typeof propose>) => {
  const found = await answer;
  if (!found.ok) throw new Error(found.reason);
  return found.value;
};
const laid = async () => (await lettersLaid(garden.owner)).map(({ to, subject, state }) => [to, subject, state]);

test('seen first, then written once, with what their account proposes; nothing else changes', async () => {
  const ids = [
    await one('Alix'),
    await one('Basile', { renews: true }),
    await one('Chloé', { mail: false }),
    await one('Denis', { ends_on: '2025-10-12' }),
  ];
  await planned();
  const seen = await done(propose(ids, 'preview'));
  expect(seen.told).toMatchObject({ written: 3, toCall: [{ name: expect.stringContaining('Chloé') }] });
  expect(seen.lines.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  expect(await laid()).toEqual([]);

  await done(propose(ids, 'apply', { word: 'Merci *à tous* !' }));
  const letters = await lettersLaid(garden.owner);
  expect(letters.map(({ to, state }) => [to, state]).toSorted()).toEqual([
    ['', 'unsent'],
    ['alix@exemple.test', 'waiting'],
    ['basile@exemple.test', 'waiting'],
    ['denis@exemple.test', 'waiting'],
  ]);
  const [alix, basile, denis] = ['alix', 'basile', 'denis'].map((name) => letters.find(({ to }) => to.startsWith(name))!);
  expect(alix!.subject).toBe('Continuons ensemble : votre abonnement se termine le dimanche 30 novembre 2025');
  expect(alix!.text).toMatch(/du lundi 1(er)? décembre 2025 au lundi 30 novembre 2026\*\*, à 14,50\s€ le panier/);
  expect(alix!.text).toContain('Merci \\*à tous\\* !');
  expect(alix!.text).toContain('Oui ou non, en deux gestes.');
  // Over already, it is not told as still to come; what is carried on begins from today.
  expect(denis!.subject).toContain('s’est terminé le dimanche 12 octobre 2025');
  expect(denis!.text).toContain('**du lundi 20 octobre 2025 ');
  expect(basile!.text).toContain('Sans réponse de votre part, il continue de lui-même.');
  expect((await garden.owner.query('select 1 from subscription where renewed_from is not null')).rows).toEqual([]);
  const listed = await endings(garden.marie, { today, state: 'all' });
  expect(listed.rows.map(({ id, proposedOn }) => [id, proposedOn]).toSorted()).toEqual([
    [ids[0], today],
    [ids[1], today],
    [ids[2], null],
    [ids[3], today],
  ]);
});

test('sent twice, or asked again another day: nobody is written to twice; who could not be reached may be', async () => {
  const ids = [await one('Alix'), await one('Basile', { mail: false })];
  await planned();
  await done(propose(ids));
  expect((await done(propose([ids[0]!]))).already).toBe(true);
  await garden.owner.query("update customer set email = 'basile@exemple.test' where last_name like 'Basile%' or first_name like 'Basile%'");
  const later = await done(propose(ids, 'apply', {}, '2025-10-30'));
  expect(later.left).toMatchObject([{ why: expect.stringMatching(/^déjà proposé le \d\d\/\d\d\/2025$/) }]);
  expect(later.told.written).toBe(1);
  expect((await laid()).filter(([, , state]) => state === 'waiting')).toHaveLength(2);
});

test('left aside, with the reason: ended on purpose, renewed, carried on otherwise, too early for their account', async () => {
  const kept = await one('Alix');
  const ended = await one('Basile', { end_reason: 'déménagement' });
  const renewed = await one('Chloé');
  const late = await one('Denis', { ends_on: '2026-08-31' });
  await planned();
  expect((await renew(garden.marie, { ids: [renewed], prices: 'new' }, { today, mode: 'apply' })).ok).toBe(true);
  const { lines, left } = await done(propose([kept, ended, renewed, late]));
  expect(lines.map(({ id }) => id)).toEqual([kept]);
  expect(left.map(({ why }) => why).toSorted()).toEqual([
    'déjà renouvelé',
    'résilié (déménagement)',
    expect.stringMatching(/^se termine après le .* : son compte ne le propose pas encore$/),
  ]);
  expect(await propose([ended])).toMatchObject({ ok: false, reason: expect.stringContaining('résilié') });
  expect(await propose([])).toMatchObject({ ok: false, fields: { ids: expect.any(String) } });
  expect(await propose([999_999])).toMatchObject({ ok: false });
});

test('it takes the right to change subscriptions, and as many statements for ten as for two', async () => {
  await expect(async () =>
    proposeRenewal(garden.with('subscriptions:read'), { ids: [1], word: '' }, { today, mode: 'preview' }),
  ).rejects.toThrow(AccessDenied);
  const ids = [await one('Alix'), await one('Basile')];
  const count = async () => (await countingQueries(() => propose(ids, 'preview'))).queries.length;
  const few = await count();
  for (let more = 0; more < 8; more++) ids.push(await one(`Autre${more}`));
  expect(await count()).toBe(few);
});
