import { beforeEach, expect, test } from 'vitest';
import { createUser } from '../../src/platform/auth/accounts.ts';
import { auth } from '../../src/platform/auth/auth.ts';
import { actions as signIn } from '../../src/routes/(public)/connexion/+page.server.ts';
import { actions as code } from '../../src/routes/(public)/connexion/code/+page.server.ts';
import { actions as byLink } from '../../src/routes/(public)/connexion/lien/+page.server.ts';
import { actions as account } from '../../src/routes/mon-compte/connexion/+page.server.ts';
import { actions as secondFactor } from '../../src/routes/mon-compte/connexion/second-facteur/+page.server.ts';
import { Browser, totp } from '../browser.ts';
import { useDatabase } from '../database.ts';
import { deliverAll } from '../letters.ts';

const { ownerUrl } = useDatabase();
const password = 'une phrase facile';

type Offer = { uri: string; codes: string; key: string; qr: string };
let email = '';
let browser: Browser;
let made = 0;

const enter = async (who = new Browser()) => ({
  who,
  answer: await who.post(signIn.password, { email, accountPassword: password, remember: 'on' }),
});

beforeEach(async () => {
  email = `prudente${++made}@exemple.fr`;
  await createUser({ name: 'Prudente', email, password });
  browser = (await enter()).who;
});

async function switchOn(): Promise<Offer> {
  const { data } = await browser.post(secondFactor.begin, { accountPassword: password });
  const offer = data.offer as Offer;
  const answer = await browser.post(secondFactor.confirm, { uri: offer.uri, codes: offer.codes, secondFactor: totp(offer.uri) });
  expect(answer.location).toBe('/mon-compte/connexion');
  return offer;
}

test('it is asked for only once a right code was given, and a wrong one loses nothing', async () => {
  expect((await browser.post(secondFactor.begin, { accountPassword: 'pas celle-ci !' })).status).toBe(422);
  const offer = (await browser.post(secondFactor.begin, { accountPassword: password })).data.offer as Offer;
  expect(offer.qr).toMatch(/^<svg/);
  const wrong = await browser.post(secondFactor.confirm, { uri: offer.uri, codes: offer.codes, secondFactor: '000000' });
  expect(wrong.data.offer).toMatchObject({ uri: offer.uri, codes: offer.codes });
  expect((await enter()).answer.location).toBe('/gestion');
  await switchOn();
  expect((await enter()).answer.location).toMatch(/^\/connexion\/code/);
});

test('the password alone opens nothing; with the code it does; a wrong code does not', async () => {
  const { uri } = await switchOn();
  const { who } = await enter();
  expect((await who.locals()).person).toBeNull();
  expect((await who.post(code.default, { secondFactor: '000000' })).status).toBe(422);
  expect((await who.locals()).person).toBeNull();
  expect((await who.post(code.default, { secondFactor: ` ${totp(uri).slice(0, 3)} ${totp(uri).slice(3)}` })).location).toBe('/gestion');
  expect((await who.locals()).person).toMatchObject({ email });
});

test('a spare code serves once', async () => {
  const spare = (await switchOn()).codes.split(' ')[0]!;
  const first = (await enter()).who;
  expect((await first.post(code.default, { secondFactor: spare })).location).toBe('/gestion');
  const second = (await enter()).who;
  expect((await second.post(code.default, { secondFactor: spare })).status).toBe(422);
});

test('a link by e-mail does not go round it: no link in the letter, and a link taken elsewhere opens nothing', async () => {
  await switchOn();
  await deliverAll(ownerUrl());
  await new Browser().post(signIn.link, { email });
  const [mail] = await deliverAll(ownerUrl());
  expect(mail?.to).toBe(email);
  expect(mail?.text).not.toContain('jeton=');
  const token = 'unJetonConnuDeNousSeulementIci';
  const { internalAdapter } = await auth().$context;
  const value = JSON.stringify({ type: 'magic-link', email });
  await internalAdapter.createVerificationValue({ identifier: `magic-link:${token}`, value, expiresAt: new Date(Date.now() + 60_000) });
  const thief = new Browser();
  await thief.post(byLink.default, { token });
  expect((await thief.locals()).person).toBeNull();
});

test('a trusted device is not asked again, until signing out everywhere', async () => {
  const { uri } = await switchOn();
  const { who } = await enter();
  await who.post(code.default, { secondFactor: totp(uri), trust: 'on' });
  who.jar.delete([...who.jar.keys()].find((name) => name.endsWith('session_token'))!);
  expect((await enter(who)).answer.location).toBe('/gestion');
  await who.post(account.everywhere, {});
  expect((await enter(who)).answer.location).toMatch(/^\/connexion\/code/);
});

test('it is switched off with the password', async () => {
  await switchOn();
  expect((await browser.post(secondFactor.disable, { accountPassword: 'pas celle-ci !' })).status).toBe(422);
  expect((await browser.post(secondFactor.disable, { accountPassword: password })).location).toBe('/mon-compte/connexion');
  expect((await enter()).answer.location).toBe('/gestion');
});
