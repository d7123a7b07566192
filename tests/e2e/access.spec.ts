import { readFileSync, writeFileSync } from 'node:fs';
import { type APIRequestContext, expect, request, test } from '@playwright/test';
import { addresses, type Entrance, entrances, name } from './routes.ts';
import { demo } from './servers.ts';
import { people, session, type Visitor } from './sign-in.ts';

/**
 * Who may enter where: every page, action and endpoint, for each role, for somebody of another garden, and for nobody, compared with
 * access.table.json. A new route that is not in the table fails here. After a wanted change:
 * `ACCESS_TABLE=write npm test -- pages`, then read the difference line by line before it is committed.
 */
const file = new URL('access.table.json', import.meta.url).pathname;

type Verdict = 'open' | 'refused' | 'sign in' | 'not there';
const visitors = [...(Object.keys(people) as Visitor[]), 'nobody'] as const;

const newVisit = (visitor: (typeof visitors)[number]) =>
  request.newContext({
    baseURL: demo.url,
    extraHTTPHeaders: { origin: demo.url, accept: 'text/html' },
    storageState: visitor === 'nobody' ? undefined : session(visitor),
  });

/**
 * Files that walks may leave or not, and the newest letter, which may be one that only solidarity reads. For people of the garden, « not there » says
 * nothing of their rights; for others it stands.
 */
const comesAndGoes = [
  'GET /gestion/[jardin]/ateliers/[id]/photos/[photo]',
  'GET /gestion/[jardin]/clients/[id]/pro-forma.pdf',
  'GET /gestion/[jardin]/dons/recus/imprimer',
  'GET /gestion/[jardin]/en-tournee/[livraison]/photo/[pointage]',
  'GET /gestion/[jardin]/messages/[id]',
  'GET /gestion/[jardin]/messages/[id]/fichier/[fichier]',
  'GET /gestion/[jardin]/produits/[id]/photo/image',
  'POST /gestion/[jardin]/messages/[id]?/renvoyer',
];
const atHome = ['administrateur', 'ventes', 'preparation', 'comptabilite'];

async function knock(visit: APIRequestContext, visitor: string, entrance: Entrance, address: string): Promise<Verdict> {
  const [path, query] = address.split('?');
  const action = entrance.action && entrance.action !== 'default' ? `/${entrance.action}` : '';
  const question = [action, query].filter(Boolean).join('&');
  const form = entrance.method === 'POST' ? {} : undefined;
  const answer = await visit.fetch(`${path}${question && `?${question}`}`, { method: entrance.method, maxRedirects: 0, form });
  if (answer.status() === 403) return 'refused';
  if (answer.status() === 404) return comesAndGoes.includes(name(entrance)) && atHome.includes(visitor) ? 'open' : 'not there';
  expect.soft(answer.status(), name(entrance)).toBeLessThan(500);
  return answer.status() === 303 && /\/connexion\?suite=/.test(answer.headers().location ?? '') ? 'sign in' : 'open';
}

/** What closes doors to others (public pages put away, a prescriber's space closed, a visitor signed out): knocked at last, the one that anybody may do at the very end. */
const leaving = [
  'POST /gestion/[jardin]/site?/retirer',
  'POST /gestion/[jardin]/solidarite/prescripteurs/[id]?/fermer',
  'POST /gestion/[jardin]/solidarite/prescripteurs/[id]?/ranger',
  'POST /mon-compte/connexion?/everywhere',
  'POST /deconnexion',
];

test('everyone enters where the table says, and nowhere else', async () => {
  test.setTimeout(600_000);
  const all = await entrances();
  expect(all.length).toBeGreaterThan(40);
  const where = await addresses(newVisit, [...new Set(all.map(({ route }) => route))]);

  const seen: Record<string, Record<string, Verdict>> = {};
  // In the order in which the table is read, whoever comes first.
  for (const entrance of all) seen[name(entrance)] = Object.fromEntries(visitors.map((visitor) => [visitor, 'not there']));
  const visits = await Promise.all(visitors.map(async (visitor) => ({ visitor, visit: await newVisit(visitor) })));
  // Everybody looks before anybody acts: what somebody undoes is still there for the others to see.
  const turns = [
    all.filter(({ method }) => method === 'GET'),
    all.filter((entrance) => entrance.method === 'POST' && !leaving.includes(name(entrance))),
    leaving.flatMap((way) => all.filter((entrance) => name(entrance) === way)),
  ];
  const knocks = async (turn: Entrance[], { visitor, visit }: (typeof visits)[number]) => {
    for (const entrance of turn) seen[name(entrance)]![visitor] = await knock(visit, visitor, entrance, where.get(entrance.route)!);
  };
  const [looks, ...acts] = turns;
  // Who only looks is in nobody's way: all at once. Who acts, one after the other.
  await Promise.all(visits.map((one) => knocks(looks!, one)));
  for (const turn of acts) for (const one of visits) await knocks(turn, one);
  for (const { visit } of visits) await visit.dispose();
  if (process.env.ACCESS_TABLE === 'write') writeFileSync(file, `${JSON.stringify(seen, null, 2)}\n`);
  expect(seen).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});
