import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accountRequests,
  addMember,
  addressAsked,
  askAddress,
  askErasure,
  changeMember,
  changeOwnContact,
  changeOwnPreferences,
  confirmAddress,
  eraseCustomer,
  householdOf,
  ownData,
  ownDataZip,
  ownErasure,
  ownHousehold,
  ownPreferences,
  ownRecord,
  refuseErasure,
  removeMember,
  withdrawAddress,
  withdrawErasure,
} from '../../src/domains/account/index.server.ts';
import { daySheet, deliveryBaskets } from '../../src/domains/preparation/index.server.ts';
import { round } from '../../src/domains/rounds/index.server.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import type { Own } from '../../src/platform/access/own.ts';
import { recordsOf } from '../../src/platform/auth/at-home.ts';
import { useDatabase } from '../database.ts';
import { type BillingGarden, bill, plantBilling, subscribed } from './billing.garden.ts';
import { sow } from './customers.garden.ts';

const database = useDatabase();
const today = '2025-11-03';
let garden: BillingGarden;
let jeanne: Own;
let karim: Own;

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};
const one = async <T = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T> =>
  (await garden.owner.query(text, values)).rows[0] as T;

/** A customer with a sign-in of the same address. */
async function atHome(id: string, name: string, email: string): Promise<Own> {
  await garden.owner.query('insert into auth."user" (id, name, email, "emailVerified") values ($1, $2, $3, true)', [id, name, email]);
  const customerId = await sow(garden, 'customer', {
    number: id,
    last_name: name,
    first_name: 'Anne',
    email,
    city: 'Metz',
    notes: 'Fragile',
  });
  return { gardenId: garden.gardenId, userId: id, customerId, seenBy: 'customer' };
}

beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  jeanne = await atHome('jeanne', 'Bonnet', 'jeanne@exemple.test');
  karim = await atHome('karim', 'Haddad', 'karim@exemple.test');
});
afterAll(() => garden.owner.end());

test('how she may be reached changes by her hand; the garden’s part of the record stays, and two hands at once lose nothing', async () => {
  const { version } = (await ownRecord(jeanne))!;
  const typed = { phone: '06 12 34 56 78', address: '2 rue Haute', postcode: '57000', city: 'Metz' };
  value(await changeOwnContact(jeanne, version, typed));
  value(await changeOwnContact(jeanne, version, typed));
  expect(await one('select phone, address, notes, last_name from customer where id = $1', [jeanne.customerId])).toEqual({
    ...{ phone: '06 12 34 56 78', address: '2 rue Haute', notes: 'Fragile', last_name: 'Bonnet' },
  });
  expect(await changeOwnContact(jeanne, version, { ...typed, city: 'Nancy' })).toMatchObject({
    ok: false,
    fields: { city: expect.stringContaining('Metz') },
  });
  await expect(async () => changeOwnContact({ ...jeanne, seenBy: 'staff' }, version, typed)).rejects.toThrow(AccessDenied);
});

test('the household: added once, changed, six at most, and nobody touches another’s', async () => {
  const anna = { name: 'Anna Bonnet', phone: '' };
  value(await addMember(jeanne, anna));
  value(await addMember(jeanne, anna));
  expect(await addMember(jeanne, { name: 'anna bonnet', phone: '06 00 00 00 00' })).toMatchObject({
    ok: false,
    fields: { name: expect.any(String) },
  });
  const [member] = await ownHousehold(jeanne);
  expect(await ownHousehold(karim)).toEqual([]);
  expect(await changeMember(karim, member!.id, member!.version, { name: 'Volée', phone: '' })).toMatchObject({ ok: false });
  value(await removeMember(karim, member!.id));
  value(await changeMember(jeanne, member!.id, member!.version, { name: 'Anna', phone: '06 11 22 33 44' }));
  expect(await changeMember(jeanne, member!.id, member!.version, { name: 'Annie', phone: '' })).toMatchObject({ ok: false });
  expect(await householdOf(garden.marie, jeanne.customerId)).toMatchObject([{ name: 'Anna', phone: '06 11 22 33 44' }]);
  for (const name of ['B', 'C', 'D', 'E', 'F']) value(await addMember(jeanne, { name, phone: '' }));
  expect(await addMember(jeanne, { name: 'G', phone: '' })).toMatchObject({ ok: false });
  await expect(async () => addMember({ ...jeanne, seenBy: 'staff' }, anna)).rejects.toThrow(AccessDenied);
});

test('who else collects stands beside the customer on the sheets of the day, on the driver’s screen and in the garden’s list', async () => {
  const { customer } = await subscribed(garden, 'Voisine');
  value(await addMember({ ...jeanne, customerId: customer }, { name: 'Marc Voisin', phone: '06 55 44 33 22' }));
  const sheet = value(await daySheet(garden.marie, { date: '2025-11-05', today }));
  const lines = sheet.tours.flatMap(({ stops }) => stops.flatMap(({ customers }) => customers));
  expect(lines.find(({ name }) => name === 'Voisine')).toMatchObject({ others: 'Marc Voisin', otherPhone: 'Marc Voisin 06 55 44 33 22' });
  expect(lines.filter(({ others }) => others)).toHaveLength(1);
  const { rows } = await garden.owner.query(
    "select l.id::int from basket b join subscription s on s.id = b.subscription_id join delivery l on l.id = b.delivery_id where s.customer_id = $1 and l.date = '2025-11-05'",
    [customer],
  );
  const people = (await round(garden.marie, rows[0].id, today))!.stops.flatMap((stop) => stop.people);
  expect(people.filter(({ others }) => others)).toMatchObject([{ name: 'Voisine', others: 'Marc Voisin' }]);
  const { rows: listed } = await deliveryBaskets(garden.marie, { deliveryId: rows[0].id });
  expect(listed.filter(({ others }) => others)).toMatchObject([{ lastName: 'Voisine', others: 'Marc Voisin' }]);
});

test('a new address takes effect once its letter is answered: the sign-in moves along, the address before is told, the link serves once', async () => {
  const link = async () =>
    /jeton=([\w.-]+)/.exec(
      (await one<{ body: string }>("select body from message where event = 'email_change' order by id desc limit 1")).body,
    )![1]!;
  expect(await askAddress(jeanne, 'Jeanne@exemple.test', today)).toMatchObject({ ok: false });
  value(await askAddress(jeanne, 'vieille@exemple.test', today));
  const first = await link();
  value(await askAddress(jeanne, 'neuve@exemple.test', today));
  const token = await link();
  expect(await addressAsked(first)).toBeNull();
  expect(await addressAsked(`${token.slice(0, -1)}${token.endsWith('x') ? 'y' : 'x'}`)).toBeNull();
  expect(await addressAsked(token)).toMatchObject({ email: 'neuve@exemple.test', confirmed: false });
  // Looking at it changes nothing.
  expect((await ownRecord(jeanne))!.values.email).toBe('jeanne@exemple.test');
  expect((await ownRecord(jeanne))!.pending).toMatchObject({ email: 'neuve@exemple.test' });
  value(await confirmAddress(token));
  value(await confirmAddress(token));
  expect((await ownRecord(jeanne))!.values.email).toBe('neuve@exemple.test');
  expect((await recordsOf('jeanne')).map(({ customerId }) => customerId)).toEqual([jeanne.customerId]);
  expect(await one('select count(*)::int as n, max(to_address) as "to" from message where event = $1', ['email_changed'])).toEqual({
    ...{ n: 1, to: 'jeanne@exemple.test' },
  });
  value(await askAddress(karim, 'autre@exemple.test', today));
  value(await withdrawAddress(karim));
  expect(await confirmAddress(await link())).toMatchObject({ ok: false });
  expect((await ownRecord(karim))!.values.email).toBe('karim@exemple.test');
});

test('a sign-in that opens something else keeps its address', async () => {
  const lea = await atHome('lea', 'Lenoir', 'lea@exemple.test');
  await sow(garden, 'customer', { number: 'lea-2', last_name: 'Lenoir', email: 'lea@exemple.test' });
  value(await askAddress(lea, 'lea.neuve@exemple.test', today));
  const { body } = await one<{ body: string }>("select body from message where event = 'email_change' order by id desc limit 1");
  value(await confirmAddress(/jeton=([\w.-]+)/.exec(body)![1]!));
  expect(await one(`select email from auth."user" where id = 'lea'`)).toEqual({ email: 'lea@exemple.test' });
  expect((await ownRecord(lea))!.values.email).toBe('lea.neuve@exemple.test');
});

test('what she wants to receive is hers to say', async () => {
  expect(await ownPreferences(karim)).toMatchObject({ reminder: true, news: true, email: 'karim@exemple.test', bounced: false });
  value(await changeOwnPreferences(karim, { reminder: true, news: false }));
  expect(await ownPreferences(karim)).toMatchObject({ reminder: true, news: false });
  expect(await ownPreferences(jeanne)).toMatchObject({ news: true });
  await expect(async () => changeOwnPreferences({ ...karim, seenBy: 'staff' }, { reminder: false, news: false })).rejects.toThrow(
    AccessDenied,
  );
});

test('her data hold all that is hers and nothing of another’s; staff do not take them away in her name', async () => {
  const { customer } = await subscribed(garden, 'Exportée');
  await bill(garden, '2025-10-31');
  const own: Own = { ...jeanne, customerId: customer };
  const parts = new Map((await ownData(own)).map(({ title, rows }) => [title, rows]));
  expect(parts.get('Ma fiche')).toMatchObject([{ Nom: 'Exportée' }]);
  expect(parts.get('Mes abonnements')).toMatchObject([{ Panier: 'Simple', Fréquence: 'chaque semaine', 'Prix du panier': 13.8 }]);
  expect(parts.get('Mes paniers')!.length).toBe(10);
  expect(parts.get('Mes factures')!.length).toBeGreaterThan(0);
  const others = JSON.stringify([...parts.values()]);
  for (const word of ['Bonnet', 'Haddad', 'karim@exemple.test']) expect(others).not.toContain(word);
  await expect(async () => ownData({ ...own, seenBy: 'staff' })).rejects.toThrow(AccessDenied);
  const zip = await ownDataZip(own, { garden: 'Jardin d’essai', at: new Date('2025-11-03T10:00:00Z') });
  expect(zip.subarray(0, 2).toString()).toBe('PK');
  if (spawnSync('python3', ['--version']).status !== 0) return;
  const code =
    'import sys,io,zipfile; z=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); print(z.testzip()); print("\\n".join(z.namelist()))';
  const names = execFileSync('python3', ['-c', code], { input: zip, encoding: 'utf8' });
  for (const name of ['None', 'À lire d’abord.txt', 'Ma fiche.csv', 'Mes factures.csv']) expect(names).toContain(name);
});

test('erasing is asked once, may be taken back or refused, and waits while something ties her to the garden', async () => {
  const { customer } = await subscribed(garden, 'Liée');
  const own: Own = { ...jeanne, customerId: customer };
  value(await askErasure(own, 'Merci'));
  value(await askErasure(own, 'Merci'));
  value(await withdrawErasure(own));
  expect(await withdrawErasure(own)).toMatchObject({ ok: false });
  value(await askErasure(own, 'Merci encore'));
  const [request] = (await accountRequests(garden.marie, today)).open;
  expect(request).toMatchObject({
    kind: 'erasure',
    customerId: customer,
    note: 'Merci encore',
    why: [expect.stringContaining('abonnement')],
  });
  expect(await eraseCustomer(garden.marie, request!.id, { version: request!.version, message: '' }, today)).toMatchObject({ ok: false });
  expect(await refuseErasure(garden.marie, request!.id, { version: request!.version, message: '' })).toMatchObject({ ok: false });
  await expect(async () => refuseErasure(garden.with('customers:read'), request!.id, { version: 1, message: 'x' })).rejects.toThrow(
    AccessDenied,
  );
  value(await refuseErasure(garden.marie, request!.id, { version: request!.version, message: 'Votre abonnement court encore.' }));
  value(await refuseErasure(garden.marie, request!.id, { version: request!.version, message: 'Votre abonnement court encore.' }));
  expect(await eraseCustomer(garden.marie, request!.id, { version: request!.version, message: '' }, today)).toMatchObject({ ok: false });
  expect((await ownErasure(own, today)).last).toMatchObject({ state: 'refused', answer: 'Votre abonnement court encore.' });
  expect(
    await one("select count(*)::int as n from message where event = 'data_request_answered' and customer_id = $1", [customer]),
  ).toEqual({ n: 1 });
});

test('what is erased is nowhere any more: record, household, messages, trail, sign-in; the number and the others stay', async () => {
  value(await addMember(karim, { name: 'Zélie Cachée', phone: '' }));
  value(await askErasure(karim, 'Un mot secret'));
  const { version } = (await ownRecord(karim))!;
  value(await changeOwnContact(karim, version, { phone: '06 99 99 99 99', address: '9 impasse Secrète', postcode: '57000', city: 'Metz' }));
  const request = (await accountRequests(garden.marie, today)).open.find(({ customerId }) => customerId === karim.customerId)!;
  expect(request.why).toEqual([]);
  value(await eraseCustomer(garden.marie, request.id, { version: request.version, message: '' }, today));
  value(await eraseCustomer(garden.marie, request.id, { version: request.version, message: '' }, today));
  expect(
    await one('select number, last_name, first_name, email, phone, archived_at is not null as archived from customer where id = $1', [
      karim.customerId,
    ]),
  ).toEqual({
    ...{ number: 'karim', last_name: 'Client effacé', first_name: '', email: '', phone: '', archived: true },
  });
  const { trail } = await one<{ trail: string }>(
    "select coalesce(string_agg(coalesce(before::text, '') || coalesce(after::text, ''), ' '), '') as trail from audit_entry",
  );
  for (const word of ['Haddad', 'impasse Secrète', '06 99 99 99 99', 'Zélie', 'mot secret', 'autre@exemple.test'])
    expect(trail).not.toContain(word);
  expect(trail).toContain('Bonnet');
  expect(await one(`select count(*)::int as n from auth."user" where id = 'karim'`)).toEqual({ n: 0 });
  expect(
    await one("select count(*)::int as n from message where event = 'data_request_answered' and to_address = 'karim@exemple.test'"),
  ).toEqual({ n: 1 });
  expect((await ownRecord(jeanne))!.values.lastName).toBe('Bonnet');
});
