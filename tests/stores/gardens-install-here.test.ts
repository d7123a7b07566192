import { expect, test } from 'vitest';
import { createGarden, gardensOf } from '../../src/domains/gardens/index.server.ts';
import { systemNetwork } from '../../src/domains/network/index.server.ts';
import { database } from '../../src/platform/db/index.ts';
import { actions, load } from '../../src/routes/(public)/installation/+page.server.ts';
import { Browser } from '../browser.ts';
import { useDatabase } from '../database.ts';

useDatabase();

test('gardens made by the command line before anybody came are hers who installs, and no other is asked for', async () => {
  for (const slug of ['pilote', 'voisin']) await createGarden(systemNetwork, { name: `Jardin ${slug}`, slug });
  const browser = new Browser('127.0.0.1');
  expect(await load(browser.event('/installation') as never)).toMatchObject({ gardens: ['Jardin pilote', 'Jardin voisin'] });
  expect((await browser.post(actions.default, { step: '2', network: 'Réseau' })).data).toMatchObject({ step: 3 });
  const typed = { network: 'Réseau', name: 'Ada', email: 'ada@exemple.fr' };
  const short = await browser.post(actions.default, { step: '3', ...typed, newPassword: 'court' });
  expect(short).toMatchObject({ status: 422, data: { step: 3, errors: { newPassword: expect.any(String) } } });
  const answer = await browser.post(actions.default, { step: '3', ...typed, newPassword: 'une phrase facile' });
  expect(answer).toMatchObject({ status: 303, location: '/gestion/pilote' });
  const [ada] = await database().selectFrom('auth.user').select('id').execute();
  expect((await gardensOf(ada!.id)).map(({ slug, role }) => [slug, role])).toEqual([
    ['pilote', 'Administrateur'],
    ['voisin', 'Administrateur'],
  ]);
});
