import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterOwn } from '../../src/edge/enter-own.ts';
import { createUser } from '../../src/platform/auth/accounts.ts';
import { recordsOf } from '../../src/platform/auth/at-home.ts';
import { actions as signIn } from '../../src/routes/(public)/connexion/+page.server.ts';
import { actions as byLink } from '../../src/routes/(public)/connexion/lien/+page.server.ts';
import { load as chooses } from '../../src/routes/mon-compte/+page.server.ts';
import { Browser } from '../browser.ts';
import { useDatabase } from '../database.ts';
import { deliverAll, tokenIn } from '../letters.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

/** Customers come in by a link to the address of their record, to that record alone. */

const { ownerUrl } = useDatabase();
let garden: TestGarden;
let lea: number;
let tom: number;
beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  lea = await sow(garden, 'customer', { number: '1', last_name: 'Dupont', first_name: 'Léa', email: 'Lea@exemple.test' });
  tom = await sow(garden, 'customer', { number: '2', last_name: 'Morel', first_name: 'Tom', email: 'tom@exemple.test' });
});
afterAll(() => garden.owner.end());

const accounts = async () =>
  Number(
    (await garden.owner.query(`select count(*) from auth."user" where email in ('lea@exemple.test', 'tom@exemple.test')`)).rows[0].count,
  );

async function enter(browser: Browser, email: string, fields: Record<string, string> = {}): Promise<string | null> {
  expect((await new Browser().post(signIn.link, { email, ...(fields.suite && { suite: fields.suite }) })).status).toBe(200);
  const [mail] = await deliverAll(ownerUrl());
  return (await browser.post(byLink.default, { token: tokenIn(mail!).replace(/&suite=.*/, ''), ...fields })).location;
}

/** What a page of somebody's space answers to this browser. */
async function opens(browser: Browser, customerId: number | string, slug = 'essai'): Promise<number> {
  const params = { jardin: slug, client: String(customerId) };
  const event = browser.event(`/mon-compte/${slug}/${customerId}`, params);
  Object.assign(event.locals, await browser.locals('/', params));
  return enterOwn(event).then(
    () => 200,
    (thrown: { status: number }) => thrown.status,
  );
}

describe('a first link', () => {
  test('is sent to a customer’s address, makes her account when it is opened, and leads to what was asked for', async () => {
    const before = await accounts();
    await new Browser().post(signIn.link, { email: 'lea@exemple.test' });
    await new Browser().post(signIn.link, { email: 'personne@ailleurs.fr' });
    const mails = await deliverAll(ownerUrl());
    expect([mails.map(({ to }) => to), await accounts()]).toEqual([['lea@exemple.test'], before]);
    const browser = new Browser();
    expect(await enter(browser, 'lea@exemple.test', { suite: '/mon-compte/essai', remember: 'on' })).toBe('/mon-compte/essai');
    expect((await browser.locals()).person).toMatchObject({ name: 'Léa Dupont', email: 'lea@exemple.test' });
    expect(await accounts()).toBe(before + 1);
    expect(await enter(new Browser(), 'lea@exemple.test')).toBe('/gestion');
    expect(await accounts()).toBe(before + 1);
  });

  test('of an address that is nobody’s makes nothing, were its token known', async () => {
    await new Browser().post(signIn.link, { email: 'personne@ailleurs.fr' });
    const { rows } = await garden.owner.query<{ payload: { text: string } }>('delete from graphile_worker._private_jobs returning payload');
    const token = decodeURIComponent(/jeton=(\S+)/.exec(rows[0]!.payload.text)![1]!);
    const browser = new Browser();
    expect((await browser.post(byLink.default, { token })).location).toBe('/connexion');
    expect((await browser.locals()).person).toBeNull();
    expect((await garden.owner.query(`select 1 from auth."user" where email = 'personne@ailleurs.fr'`)).rows).toEqual([]);
  });
});

describe('her record', () => {
  test('opens to her, another’s does not, nor under another garden', async () => {
    const browser = new Browser();
    await enter(browser, 'lea@exemple.test');
    expect([
      await opens(browser, lea),
      await opens(browser, tom),
      await opens(browser, lea, 'ailleurs'),
      await opens(browser, 'x'),
    ]).toEqual([200, 404, 404, 404]);
    expect(await opens(new Browser(), lea)).toBe(303);
    const event = browser.event('/mon-compte');
    Object.assign(event.locals, await browser.locals());
    await expect((async () => chooses(event as never))()).rejects.toMatchObject({ location: `/mon-compte/essai/${lea}` });
  });

  test('closes when its address changes, or when it is archived', async () => {
    const browser = new Browser();
    await enter(browser, 'tom@exemple.test');
    expect(await opens(browser, tom)).toBe(200);
    await garden.owner.query("update customer set email = 'autre@exemple.test' where id = $1", [tom]);
    expect(await opens(browser, tom)).toBe(404);
    await garden.owner.query("update customer set email = 'tom@exemple.test', archived_at = now() where id = $1", [tom]);
    expect(await opens(browser, tom)).toBe(404);
    await garden.owner.query('update customer set archived_at = null where id = $1', [tom]);
  });

  test('does not open to an address that nobody verified', async () => {
    const made = await createUser({ name: 'Faux Tom', email: 'faux@exemple.test' });
    if (!made.ok) throw new Error(made.reason);
    await garden.owner.query(`update auth."user" set "emailVerified" = false where id = $1`, [made.value]);
    await garden.owner.query("update customer set email = 'faux@exemple.test' where id = $1", [tom]);
    expect(await recordsOf(made.value)).toEqual([]);
    await garden.owner.query(`update auth."user" set "emailVerified" = true where id = $1`, [made.value]);
    expect((await recordsOf(made.value)).map(({ customerId }) => customerId)).toEqual([tom]);
  });

  test('staff open it when they may read all it shows', async () => {
    const works = async (userId: string, rights: string[]) => {
      const role = await sow(garden, 'role', { name: userId, rights });
      await sow(garden, 'staff', { user_id: userId, role_id: role });
      const event = new Browser().event('/', { jardin: 'essai', client: String(lea) });
      const actor = { gardenId: garden.gardenId, userId, rights: new Set(rights) };
      const row = { id: garden.gardenId, slug: 'essai', name: 'Essai', accent: null, settings: {}, takenOverOn: null };
      Object.assign(event.locals, { person: { id: userId, name: userId, email: `${userId}@exemple.test` }, actor, garden: row });
      return enterOwn(event).then(
        ({ own }) => own.seenBy,
        (thrown: { status: number }) => thrown.status,
      );
    };
    expect(await works('marie', ['customers:read', 'subscriptions:read', 'billing:read', 'payments:read'])).toBe('staff');
    expect(await works('paul', ['customers:change', 'subscriptions:change'])).toBe(404);
    const { rows } = await garden.owner.query('select user_id from account_look');
    expect(rows).toEqual([{ user_id: 'marie' }]);
  });
});

test('on a shared phone, the session ends with the browser and two hours after the last page', async () => {
  // Another person: links to one address are counted.
  await sow(garden, 'customer', { number: '3', last_name: 'Petit', first_name: 'Zoé', email: 'zoe@exemple.test' });
  const browser = new Browser();
  await enter(browser, 'zoe@exemple.test');
  const left = async () =>
    Number(
      (
        await garden.owner.query(`select max(extract(epoch from "expiresAt" - now())) as left from auth.session where token = $1`, [
          (await browser.locals()).sessionToken,
        ])
      ).rows[0].left,
    );
  expect(await left()).toBeGreaterThan(7000);
  expect(await left()).toBeLessThanOrEqual(7200);
  await garden.owner.query(`update auth.session set "expiresAt" = now() + interval '1 hour'`);
  await browser.locals();
  expect(await left()).toBeGreaterThan(7000);
  await garden.owner.query(`update auth.session set "expiresAt" = now() - interval '1 second'`);
  expect((await browser.locals()).person).toBeNull();
  const staying = new Browser();
  await enter(staying, 'zoe@exemple.test', { remember: 'on' });
  const { rows } = await garden.owner.query(`select max("expiresAt") > now() + interval '20 days' as lasts from auth.session`);
  expect(rows).toEqual([{ lasts: true }]);
});
