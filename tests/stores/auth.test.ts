import pg from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';
import { createUser, invitationToken } from '../../src/platform/auth/accounts.ts';
import { cookieNames } from '../../src/platform/auth/auth.ts';
import { allowTry } from '../../src/platform/auth/limits.ts';
import { database } from '../../src/platform/db/index.ts';
import { actions as signIn } from '../../src/routes/(public)/connexion/+page.server.ts';
import { actions as byLink } from '../../src/routes/(public)/connexion/lien/+page.server.ts';
import { actions as choosePassword } from '../../src/routes/(public)/connexion/mot-de-passe/+page.server.ts';
import { actions as forgotten } from '../../src/routes/(public)/connexion/oubli/+page.server.ts';
import { actions as signOut } from '../../src/routes/(public)/deconnexion/+page.server.ts';
import { GET, POST } from '../../src/routes/api/auth/[...all]/+server.ts';
import { actions as account } from '../../src/routes/mon-compte/connexion/+page.server.ts';
import { Browser } from '../browser.ts';
import { useDatabase } from '../database.ts';
import { deliverAll, tokenIn } from '../letters.ts';

const { ownerUrl } = useDatabase();
const password = 'une phrase facile';

let made = 0;
async function person(): Promise<{ id: string; email: string }> {
  const email = `personne${++made}@exemple.fr`;
  const created = await createUser({ name: `Personne ${made}`, email, password });
  if (!created.ok) throw new Error(created.reason);
  return { id: created.value, email };
}

async function signedIn(email: string): Promise<Browser> {
  const browser = new Browser();
  const answer = await browser.post(signIn.password, { email, accountPassword: password, remember: 'on' });
  expect(answer).toMatchObject({ status: 303, location: '/gestion' });
  return browser;
}

async function asOwner(text: string, values: unknown[] = []) {
  const owner = new pg.Client({ connectionString: ownerUrl() });
  await owner.connect();
  try {
    return await owner.query(text, values);
  } finally {
    await owner.end();
  }
}

beforeEach(async () => void (await deliverAll(ownerUrl())));

describe('password', () => {
  test('the right one signs in and comes back to the page asked for; signing out ends it', async () => {
    const { email } = await person();
    const browser = new Browser();
    const answer = await browser.post(signIn.password, {
      email: email.toUpperCase(),
      accountPassword: password,
      suite: '/mon-compte/connexion',
    });
    expect(answer.location).toBe('/mon-compte/connexion');
    expect((await browser.locals()).person).toMatchObject({ email });
    await browser.post(signOut.default, {});
    expect((await browser.locals()).person).toBeNull();
  });

  test('another application’s address is not gone to after signing in', async () => {
    const { email } = await person();
    for (const suite of ['https://ailleurs.example', '//ailleurs.example', '/\\ailleurs.example']) {
      expect((await new Browser().post(signIn.password, { email, accountPassword: password, suite })).location).toBe('/gestion');
    }
  });

  test('a wrong one and an unknown address get the same answer, and what was typed comes back without the password', async () => {
    const { email } = await person();
    const wrong = await new Browser().post(signIn.password, { email, accountPassword: 'pas celle-ci !' });
    const unknown = await new Browser().post(signIn.password, { email: 'inconnue@exemple.fr', accountPassword: 'pas celle-ci !' });
    expect(wrong.status).toBe(422);
    expect(wrong.data.values).toEqual({ email });
    expect({ ...unknown, data: { ...unknown.data, values: null } }).toEqual({ ...wrong, data: { ...wrong.data, values: null } });
  });

  test('nobody can make an account, and only passkeys answer from outside', async () => {
    const browser = new Browser();
    for (const [handler, method, all] of [
      [POST, 'POST', 'sign-up/email'],
      [POST, 'POST', 'sign-in/email'],
      [GET, 'GET', 'get-session'],
    ] as const) {
      await expect(handler({ ...browser.event(`/api/auth/${all}`, { all }, { method }), params: { all } } as never)).rejects.toMatchObject({
        status: 404,
      });
    }
  });
});

describe('limits', () => {
  /** Wrong passwords from as many network addresses: the last through the page, those before straight to the count (each page hashes for 100 ms). */
  async function failed(email: string, times: number) {
    for (let index = 1; index < times; index += 1) await allowTry('password', email, 10, 900);
    await new Browser().post(signIn.password, { email, accountPassword: 'pas celle-ci !' });
  }

  test('an account: after ten tries in a quarter of an hour, even the right password waits, from any address', async () => {
    const { email } = await person();
    await failed(email, 10);
    const answer = await new Browser().post(signIn.password, { email, accountPassword: password });
    expect(answer.status).toBe(422);
    expect(answer.data.message).toMatch(/Trop d’essais/);
  });

  test('who gets in starts again from nothing', async () => {
    const { email } = await person();
    await failed(email, 9);
    await signedIn(email);
    await failed(email, 9);
    await signedIn(email);
  });

  test('a network address: after twenty tries in a minute on any accounts', async () => {
    const browser = new Browser();
    const statuses: unknown[] = [];
    for (let index = 0; index < 21; index += 1) {
      statuses.push(
        (await browser.post(signIn.password, { email: `autre${index}@exemple.fr`, accountPassword: 'pas celle-ci !' })).data.message,
      );
    }
    expect(statuses.slice(0, 20).every((message) => /n’est pas le bon/.test(String(message)))).toBe(true);
    expect(statuses[20]).toMatch(/Trop d’essais/);
  });

  test('the window opens again, and two tries at once are both counted', async () => {
    const now = Date.now();
    expect(await Promise.all(Array.from({ length: 5 }, () => allowTry('t', 'x', 3, 60, now)))).toEqual(
      expect.arrayContaining([true, true, true, false, false]),
    );
    expect(await allowTry('t', 'x', 3, 60, now + 61_000)).toBe(true);
  });
});

describe('link by e-mail', () => {
  test('asking tells nothing: same answer, one job each; only the account gets a letter', async () => {
    const { email } = await person();
    const known = await new Browser().post(signIn.link, { email });
    const unknown = await new Browser().post(signIn.link, { email: 'personne@ailleurs.fr' });
    expect([known.status, unknown.status]).toEqual([200, 200]);
    expect([known.data, unknown.data]).toEqual([{ sentTo: email }, { sentTo: 'personne@ailleurs.fr' }]);
    const jobs = await asOwner('select count(*)::int as n from graphile_worker._private_jobs');
    expect(jobs.rows[0].n).toBe(2);
    expect((await deliverAll(ownerUrl())).map(({ to }) => to)).toEqual([email]);
  });

  test('it signs in once, and makes no account', async () => {
    const { email } = await person();
    await new Browser().post(signIn.link, { email });
    const [mail] = await deliverAll(ownerUrl());
    const browser = new Browser();
    expect((await browser.post(byLink.default, { token: tokenIn(mail!) })).location).toBe('/gestion');
    expect((await browser.locals()).person).toMatchObject({ email });
    const again = new Browser();
    expect((await again.post(byLink.default, { token: tokenIn(mail!) })).location).toBe('/connexion');
    expect((await again.locals()).person).toBeNull();
  });

  test('links are kept as digests, and their window ends', async () => {
    const { email } = await person();
    await new Browser().post(signIn.link, { email });
    const [mail] = await deliverAll(ownerUrl());
    const kept = await asOwner('select identifier from auth.verification');
    expect(kept.rows.length).toBeGreaterThan(0);
    expect(kept.rows.some(({ identifier }) => identifier.includes(tokenIn(mail!)))).toBe(false);
    await asOwner(`update auth.verification set "expiresAt" = now() - interval '1 second'`);
    expect((await new Browser().post(byLink.default, { token: tokenIn(mail!) })).location).toBe('/connexion');
  });
});

describe('choosing a password', () => {
  test('« oublié » answers every address alike; the link serves once and signs other devices out', async () => {
    const { email } = await person();
    const other = await signedIn(email);
    const answers = await Promise.all([email, 'personne@ailleurs.fr'].map((one) => new Browser().post(forgotten.default, { email: one })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const mails = await deliverAll(ownerUrl());
    expect(mails.map(({ to }) => to)).toEqual([email]);
    const token = tokenIn(mails[0]!);
    expect((await new Browser().post(choosePassword.default, { token, newPassword: 'court' })).status).toBe(422);
    expect((await new Browser().post(choosePassword.default, { token, newPassword: 'une autre phrase' })).location).toBe('/connexion');
    expect((await new Browser().post(choosePassword.default, { token, newPassword: 'encore une autre' })).status).toBe(422);
    expect((await other.locals()).person).toBeNull();
    expect((await new Browser().post(signIn.password, { email, accountPassword: 'une autre phrase' })).status).toBe(303);
  });

  test('an invited person without password chooses her first one', async () => {
    const email = 'invitee@exemple.fr';
    await createUser({ name: 'Invitée', email });
    const token = await invitationToken(database(), email);
    expect((await new Browser().post(choosePassword.default, { token, newPassword: password })).location).toBe('/connexion');
    await signedIn(email);
  });
});

describe('sessions', () => {
  test('a cookie that we did not sign opens nothing', async () => {
    const browser = await signedIn((await person()).email);
    const name = cookieNames().session;
    const [token, signature] = browser.jar.get(name)!.split('.') as [string, string];
    for (const forged of [token, `${token}.`, `${token}.${signature.slice(0, -4)}AAA=`, `${token}x.${signature}`, `.${signature}`]) {
      browser.jar.set(name, forged);
      expect((await browser.locals()).person).toBeNull();
    }
  });

  test('it ends at its hour, and is prolonged once a day when the person asked to stay', async () => {
    const { id, email } = await person();
    const browser = await signedIn(email);
    await asOwner(`update auth.session set "expiresAt" = now() + interval '20 days' where "userId" = $1`, [id]);
    expect((await browser.locals()).person).not.toBeNull();
    const { rows } = await asOwner(`select "expiresAt" > now() + interval '29 days' as prolonged from auth.session where "userId" = $1`, [
      id,
    ]);
    expect(rows).toEqual([{ prolonged: true }]);
    await asOwner(`update auth.session set "expiresAt" = now() - interval '1 second' where "userId" = $1`, [id]);
    expect((await browser.locals()).person).toBeNull();
  });

  test('one that ends with the browser is never prolonged', async () => {
    const { id, email } = await person();
    const browser = new Browser();
    await browser.post(signIn.password, { email, accountPassword: password });
    expect((await browser.locals()).person).not.toBeNull();
    const { rows } = await asOwner(`select "expiresAt" < now() + interval '25 hours' as short from auth.session where "userId" = $1`, [id]);
    expect(rows).toEqual([{ short: true }]);
  });

  test('signing out everywhere ends every device, and the links on their way', async () => {
    const { email } = await person();
    const [one, two] = [await signedIn(email), await signedIn(email)];
    await new Browser().post(signIn.link, { email });
    const [mail] = await deliverAll(ownerUrl());
    expect((await one.post(account.everywhere, {})).location).toBe('/connexion');
    expect([(await one.locals()).person, (await two.locals()).person]).toEqual([null, null]);
    expect((await new Browser().post(byLink.default, { token: tokenIn(mail!) })).location).toBe('/connexion');
  });

  test('nobody ends the session of somebody else', async () => {
    const [mine, hers] = [await person(), await person()];
    const [me, her] = [await signedIn(mine.email), await signedIn(hers.email)];
    const { rows } = await asOwner('select id from auth.session where "userId" = $1', [hers.id]);
    await me.post(account.end, { session: rows[0].id });
    expect((await her.locals()).person).toMatchObject({ email: hers.email });
  });

  test('a changed password asks for the old one and signs other devices out', async () => {
    const { email } = await person();
    const [one, two] = [await signedIn(email), await signedIn(email)];
    expect((await one.post(account.password, { accountPassword: 'pas celle-ci !', newPassword: 'une autre phrase' })).status).toBe(422);
    expect((await two.locals()).person).not.toBeNull();
    expect((await one.post(account.password, { accountPassword: password, newPassword: 'une autre phrase' })).location).toBe(
      '/mon-compte/connexion',
    );
    expect([(await one.locals()).person?.email, (await two.locals()).person]).toEqual([email, null]);
  });
});
