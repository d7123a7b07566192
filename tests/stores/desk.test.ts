import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPostIt, changePostIt, deskAlerts, gardenSteps, postIt, postIts, tickPostIt } from '../../src/domains/desk/index.server.ts';
import { moneyGlance } from '../../src/domains/receivables/index.server.ts';
import { AccessDenied, actorOf } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { sow, sowLogistics } from './customers.garden.ts';
import { type PaidGarden, paidGarden, today } from './online.garden.ts';

const database = useDatabase();
let garden: PaidGarden;
const key = (name: string) => `formulaire-${name}`;
const note = (text: string, shared: 'oui' | 'non' = 'oui', due: string | null = null) => ({ text, due, shared });

beforeAll(async () => {
  garden = await paidGarden(database.ownerUrl());
});
afterAll(async () => {
  await garden.owner.end();
});

test('a personal post-it is its author’s alone; a shared one is everybody’s', async () => {
  expect((await addPostIt(garden.marie, key('1'), note('Rappeler le traiteur', 'non', today))).ok).toBe(true);
  await addPostIt(garden.marie, key('2'), note('Rapporter les clés'));
  // The same form, sent twice.
  await addPostIt(garden.marie, key('2'), note('Rapporter les clés'));
  const texts = async (who: typeof garden.marie) => (await postIts(who)).map(({ text }) => text);
  expect(await texts(garden.marie)).toEqual(['Rappeler le traiteur', 'Rapporter les clés']);
  expect(await texts(garden.paul)).toEqual(['Rapporter les clés']);
  const [own, team] = await postIts(garden.marie);
  expect(await postIt(garden.paul, own!.id)).toBeNull();
  expect((await tickPostIt(garden.paul, own!.id, true)).ok).toBe(false);
  // Somebody else may tick the team’s, not keep it for himself.
  expect(await changePostIt(garden.paul, team!.id, team!.version, note('Rapporter les clés', 'non'))).toMatchObject({
    ok: false,
    fields: { shared: expect.any(String) },
  });
  expect((await tickPostIt(garden.paul, team!.id, true)).ok).toBe(true);
  expect(await postIt(garden.marie, team!.id)).toMatchObject({ done: true, doneBy: 'Paul Fabre', mine: true, author: 'Marie Curien' });
  const { version } = (await postIt(garden.marie, team!.id))!;
  await tickPostIt(garden.marie, team!.id, true);
  expect((await postIt(garden.marie, team!.id))!.version).toBe(version);
  await tickPostIt(garden.marie, team!.id, false);
  expect(await postIt(garden.marie, team!.id)).toMatchObject({ done: false, doneBy: null });
  // What it says stays out of the trail.
  const trail = await garden.rows<{ after: object }>("select after from audit_entry where table_name = 'post_it'");
  expect(trail.length).toBeGreaterThan(2);
  expect(JSON.stringify(trail)).not.toContain('traiteur');
});

test('two people change one: the second is told, and what she typed is hers', async () => {
  await addPostIt(garden.marie, key('3'), note('Commander des sacs', 'oui', '2025-10-24'));
  const [before] = (await postIts(garden.marie)).filter(({ text }) => text.startsWith('Commander'));
  expect((await changePostIt(garden.paul, before!.id, before!.version, note('Commander 200 sacs', 'oui', '2025-10-24'))).ok).toBe(true);
  const late = await changePostIt(garden.marie, before!.id, before!.version, note('Commander des sacs en papier', 'oui', '2025-10-31'));
  expect(late).toMatchObject({
    ok: false,
    fields: { text: expect.stringContaining('200 sacs'), due: expect.stringContaining('24/10/2025') },
  });
  // The same words twice are no change.
  expect((await changePostIt(garden.marie, before!.id, before!.version, note('Commander 200 sacs', 'oui', '2025-10-24'))).ok).toBe(true);
});

test('alerts: each under its own right, counted from what is there', async () => {
  await garden.invoice(await garden.customer('Retard'), 5000, '2025-09-01');
  await sow(garden, 'message', { to_address: 'a@exemple.test', body: 'x', state: 'failed' });
  await sow(garden, 'message', { to_address: 'b@exemple.test', body: 'x', state: 'sent' });
  await sow(garden, 'online_payment', {
    ...{ token: 'x', customer_id: garden.jeanne, provider: 'stripe', amount_cents: 1000, purpose: 'x', return_to: '/', state: 'paid' },
  });
  const money = await moneyGlance(garden.marie, today);
  const all = await deskAlerts(garden.marie, today, money);
  expect(all.map(({ key: of, count }) => [of, count])).toEqual([
    ['onlineToRecord', 1],
    ['late', 2],
    ['failedMessages', 1],
  ]);
  expect(all[1]!.text).toContain('92,00');
  expect(await deskAlerts(garden.with('preparation:change'), today, null)).toEqual([]);
  expect((await deskAlerts(garden.with('messages:read'), today, null)).map(({ key: of }) => of)).toEqual(['failedMessages']);
});

test('first steps are read from what the garden holds', async () => {
  const before = await gardenSteps(garden.marie);
  const done = (state: typeof before) => state.steps.filter((step) => step.done).map(({ key: of }) => of);
  expect(done(before)).toEqual(['customers']);
  await sowLogistics(garden);
  await garden.rows(
    "update garden set address = '1 rue du Verger', postcode = '54000', phone = '03 00 00 00 00', settings = settings || '{\"siret\": \"1\"}'",
  );
  await garden.rows('insert into site (garden_id, published_at) values ($1, now())', [garden.gardenId]);
  await garden.through('stripe', {}, { secretKey: 'x' });
  const after = await gardenSteps(garden.with('site:change'));
  expect(done(after)).toEqual(['record', 'baskets', 'places', 'customers', 'legal', 'site', 'online']);
  expect(after.left).toBe(before.left - 3);
  expect(after.steps.filter(({ mine }) => mine).map(({ key: of }) => of)).toEqual(['site']);
});

test('without any right in the garden, nothing', () => {
  const nobody = actorOf(garden.gardenId, 'marie', []);
  expect(() => postIts(nobody)).toThrow(AccessDenied);
  expect(() => gardenSteps(nobody)).toThrow(AccessDenied);
  expect(() => addPostIt(nobody, key('9'), note('x'))).toThrow(AccessDenied);
});

test('what waits in solidarity is counted for those who are named for it alone, each with where it leads', async () => {
  const { gardenId } = garden;
  const customer = await sow(garden, 'customer', { number: 'F1', last_name: 'Ville', kind: 'organisation' });
  const funder = await sow(garden, 'funder', { kind: 'commune', name: 'Ville', customer_id: customer });
  const programme = await sow(garden, 'programme', { name: 'Pour tous', starts_on: '2025-01-01' });
  // 100 € of which nothing is drawn.
  await sow(garden, 'programme_envelope', { programme_id: programme, funder_id: funder, starts_on: '2025-01-01', cents: 10_000 });
  const referral = { months: 3, proof: 'income', proof_seen_on: today, informed_on: today, received_on: today, last_name: 'Aidée' };
  await sow(garden, 'referral', { ...referral, key: '00000000-0000-4000-8000-000000000001' });
  await sow(garden, 'referral', { ...referral, key: '00000000-0000-4000-8000-000000000002', state: 'accepted' });
  const named = actorOf(gardenId, 'x', ['solidarity:read']);
  const found = async (who: typeof named) => (await deskAlerts(who, today, null)).map(({ text, path }) => `${text} ${path}`);
  expect(await found(named)).toEqual(['1 personne orientée attend votre réponse /solidarite/orientations']);
  // Another funder's holds nothing; one that is over is told no more.
  const gifts = await sow(garden, 'funder', { kind: 'donations', name: 'Dons' });
  await sow(garden, 'programme_envelope', { programme_id: programme, funder_id: gifts, starts_on: '2025-01-01', cents: 0 });
  await sow(garden, 'programme_envelope', {
    programme_id: programme,
    funder_id: gifts,
    starts_on: '2024-01-01',
    ends_on: '2024-12-31',
    cents: 0,
  });
  expect(await found(named)).toEqual([
    '1 personne orientée attend votre réponse /solidarite/orientations',
    '1 enveloppe solidaire presque vide /solidarite',
  ]);
  const others = await found(actorOf(gardenId, 'y', ['customers:read', 'subscriptions:read', 'billing:read', 'payments:read']));
  expect(others.join()).not.toMatch(/solid|orient|financeur/);
});
