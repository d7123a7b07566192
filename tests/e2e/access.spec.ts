import { readFileSync, writeFileSync } from 'node:fs';
import { type APIRequestContext, expect, request, test } from '@playwright/test';
import { addresses, type Entrance, entrances, name } from './routes.ts';
import { demo } from './servers.ts';
import { people, signInBy } from './sign-in.ts';

/**
 * Who may enter where: every page, action and endpoint, for each role, for somebody of another garden, and for nobody, compared with
 * access.table.json. A new route that is not in the table fails here. After a wanted change:
 * `ACCESS_TABLE=write npm test -- pages`, then read the difference line by line before it is committed.
 */
const file = new URL('access.table.json', import.meta.url).pathname;

type Verdict = 'open' | 'refused' | 'sign in' | 'not there';
const visitors = { ...people, nobody: null };

const newVisit = () => request.newContext({ baseURL: demo.url, extraHTTPHeaders: { origin: demo.url, accept: 'text/html' } });

async function knock(visit: APIRequestContext, entrance: Entrance, address: string): Promise<Verdict> {
  const action = entrance.action && entrance.action !== 'default' ? `?/${entrance.action}` : '';
  const form = entrance.method === 'POST' ? {} : undefined;
  const answer = await visit.fetch(`${address}${action}`, { method: entrance.method, maxRedirects: 0, form });
  if (answer.status() === 403) return 'refused';
  if (answer.status() === 404) return 'not there';
  expect.soft(answer.status(), name(entrance)).toBeLessThan(500);
  return answer.status() === 303 && /\/connexion(\?|$)/.test(answer.headers().location ?? '') ? 'sign in' : 'open';
}

/** Actions after which the visitor is signed out: knocked at last, and never twice. */
const leaves = (entrance: Entrance) => /deconnexion|everywhere|\?\/end$|password/.test(name(entrance));

test('everyone enters where the table says, and nowhere else', async () => {
  test.setTimeout(300_000);
  const administrator = await request.newContext({ baseURL: demo.url });
  await signInBy(administrator, people.administrateur);
  const all = await entrances();
  expect(all.length).toBeGreaterThan(40);
  const where = await addresses(administrator, [...new Set(all.map(({ route }) => route))]);

  const seen: Record<string, Record<string, Verdict>> = {};
  for (const entrance of all) seen[name(entrance)] = {};
  const inOrder = [...all.filter((entrance) => !leaves(entrance)), ...all.filter(leaves)];
  for (const [visitor, email] of Object.entries(visitors)) {
    const visit = await newVisit();
    if (email) await signInBy(visit, email);
    for (const entrance of inOrder) seen[name(entrance)]![visitor] = await knock(visit, entrance, where.get(entrance.route)!);
    await visit.dispose();
  }
  if (process.env.ACCESS_TABLE === 'write') writeFileSync(file, `${JSON.stringify(seen, null, 2)}\n`);
  expect(seen).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});
