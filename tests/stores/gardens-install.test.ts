import { beforeEach, expect, test } from 'vitest';
import { install } from '../../src/domains/gardens/index.server.ts';
import { networkExists } from '../../src/domains/network/index.server.ts';
import { database } from '../../src/platform/db/index.ts';
import { actions, load } from '../../src/routes/(public)/installation/+page.server.ts';
import { Browser } from '../browser.ts';
import { useDatabase } from '../database.ts';

useDatabase();

const typed = { network: 'Réseau', gardenName: 'Jardin d’essai', address: '', postcode: '25000', city: 'Besançon' };
const administrator = { name: 'Ada', email: 'ada@exemple.fr', newPassword: 'une phrase facile' };

beforeEach(() => {
  process.env.COCAGNE_INSTALL_CODE = '123456';
});

test('from elsewhere, the code is asked for, and nothing is done without it', async () => {
  const browser = new Browser('192.0.2.7');
  expect(await load(browser.event('/installation') as never)).toMatchObject({ needsCode: true });
  for (const installCode of ['', '654321']) {
    const answer = await browser.post(actions.default, { step: '3', ...typed, ...administrator, installCode });
    expect(answer).toMatchObject({ status: 422, data: { step: 1, errors: { installCode: expect.any(String) } } });
    expect(answer.data.values).toMatchObject({ network: 'Réseau', gardenName: 'Jardin d’essai' });
  }
  expect(await networkExists()).toBe(false);
});

test('a proxy on this machine is « elsewhere » too', async () => {
  const event = new Browser('127.0.0.1').event('/installation');
  expect(await load(event as never)).toMatchObject({ needsCode: false });
  event.request.headers.set('x-forwarded-for', '198.51.100.4');
  expect(await load(event as never)).toMatchObject({ needsCode: true });
});

test('steps: what is wrong stops where it is, what was typed stays, going back loses nothing', async () => {
  const browser = new Browser('127.0.0.1');
  expect((await browser.post(actions.default, { step: '1', network: ' ' })).data).toMatchObject({
    step: 1,
    errors: { network: 'À remplir.' },
  });
  expect((await browser.post(actions.default, { step: '1', network: 'Réseau' })).data).toMatchObject({
    step: 2,
    values: { network: 'Réseau' },
  });
  expect((await browser.post(actions.default, { step: '2', ...typed })).data).toMatchObject({ step: 3, values: typed });
  expect((await browser.post(actions.default, { step: '3', goto: '2', ...typed, name: 'Ada' })).data).toMatchObject({
    step: 2,
    values: { ...typed, name: 'Ada' },
  });
  const short = await browser.post(actions.default, { step: '3', ...typed, ...administrator, newPassword: 'court' });
  expect(short.data).toMatchObject({ step: 3, errors: { newPassword: expect.any(String) } });
  expect(JSON.stringify(short.data)).not.toContain('court"');
  expect(await networkExists()).toBe(false);
});

test('two at the same moment: one wins, nothing is left of the other, and it never happens again', async () => {
  const one = {
    network: 'Un',
    garden: { name: 'Jardin un' },
    administrator: { name: 'Un', email: 'un@exemple.fr', password: 'une phrase facile' },
  };
  const two = {
    network: 'Deux',
    garden: { name: 'Jardin deux' },
    administrator: { name: 'Deux', email: 'deux@exemple.fr', password: 'une phrase facile' },
  };
  const outcomes = await Promise.all([install(one), install(two)]);
  expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(await database().selectFrom('garden').select('name').execute()).toHaveLength(1);
  expect(await database().selectFrom('auth.user').select('email').execute()).toHaveLength(1);
  expect(await install({ ...two, administrator: { ...two.administrator, email: 'trois@exemple.fr' } })).toMatchObject({ ok: false });
  const again = await new Browser('127.0.0.1').post(actions.default, { step: '3', ...typed, ...administrator });
  expect(again).toMatchObject({ status: 303, location: '/' });
});
