import { isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { settleGarden, startPath } from '../../src/domains/solidarity/index.server.ts';
import { AccessDenied, type Actor, actorOf } from '../../src/platform/access/actor.ts';
import { firstRoles, type Right } from '../../src/platform/access/rights.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { readTable } from '../../src/platform/files/table.ts';
import { canReadBack, pagesOf } from '../../src/platform/pdf/read-back.ts';
import { Browser } from '../browser.ts';
import { useDatabase } from '../database.ts';
import { smallGarden } from './logistics.garden.ts';
import { value } from './solidarity-people.garden.ts';

/**
 * A solidarity basket is anybody's basket. Every page and every file that the people of the shed, of the road and of the depots can open is read twice, before a
 * subscription is helped and after: not one letter differs. Then what the other roles open is searched for its words. Pages are found by themselves: a new
 * one is held to this without being named.
 */

useDatabase();
const day = '2025-10-22';
const next = '2025-10-29';
const words = { programme: 'Convention Basilic 2025', funder: 'Fondation Estragon', reference: 'QF-TRANCHE-7', place: 'Sainte-Ciboulette' };

type Module = { load?: (event: RequestEvent) => unknown; GET?: (event: RequestEvent) => unknown };
const modules = import.meta.glob<Module>([
  '/src/routes/gestion/[[]jardin[]]/**/+page.server.ts',
  '/src/routes/gestion/[[]jardin[]]/**/+server.ts',
  // Her account, as she sees it: who may read customers and bills looks at it too.
  '/src/routes/mon-compte/[[]jardin[]]/[[]client[]]/**/+page.server.ts',
  '/src/routes/mon-compte/[[]jardin[]]/[[]client[]]/**/+server.ts',
]);
const routes = Object.keys(modules).map((file) => ({
  file,
  route: file.replace(/^\/src\/routes/, '').replace(/\/\+(page\.server|server)\.ts$/, ''),
}));

let actor: Actor;
let ids: Record<string, number>;
let helped: { customer: number; subscription: number };

beforeAll(async () => {
  process.env.COCAGNE_TODAY = day;
  actor = await smallGarden('bourg');
  await inGarden(actor, async (tx) => {
    const { rows } = await sql<Record<string, number>>`
      select (select id from delivery where date = ${next} order by id limit 1) as livraisons, (select min(id) from depot) as depots, (select min(id) from slot) as slot,
        (select min(id) from tour) as tournees, (select min(id) from product) as paniers, (select id from customer where number = '1001') as clients,
        (select s.id from subscription s join customer c on c.garden_id = s.garden_id and c.id = s.customer_id where c.number = '1001') as abo,
        (select min(id) from season) as saisons`.execute(tx);
    ids = rows[0]!;
    helped = { customer: ids.clients!, subscription: ids.abo! };
  });
});

/** What an address asks for, from the records of this garden; null: there is none of that kind here. */
function paramsOf(route: string): Record<string, string> | null {
  const params: Record<string, string> = { jardin: 'bourg' };
  const first = route.split('/')[3] ?? '';
  for (const [, name] of route.matchAll(/\[(\w+)\]/g)) {
    if (name === 'jardin') continue;
    const found =
      name === 'client'
        ? ids.clients
        : name === 'date' || name === 'jour'
          ? next
          : name === 'id'
            ? ids[first]
            : name === 'livraison'
              ? ids.livraisons
              : name === 'table'
                ? 'depot'
                : ids[name!];
    if (found === undefined || found === null) return null;
    params[name!] = String(found);
  }
  if (first === 'historique') params.id = String(ids.depots);
  return params;
}

/** As it can be compared: forms carry keys that are new each time, and the driver's page says when it was read. */
const plain = (text: string) => text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'key').replace(/"toldAt":"[^"]+"/g, '');

async function bodyOf(response: Response): Promise<string> {
  const type = response.headers.get('content-type') ?? '';
  const bytes = Buffer.from(await response.arrayBuffer());
  if (type.includes('pdf')) return canReadBack ? pagesOf(bytes).join('\f') : 'pdf';
  if (!type.includes('spreadsheet')) return bytes.toString();
  const table = await readTable('x.xlsx', bytes);
  return JSON.stringify(table.ok ? [table.value.headers, table.value.rows] : table);
}

const queries = (route: string) =>
  route.endsWith('etiquettes.pdf')
    ? ['', '?par=panier', '?par=caisse', '?format=xlsx']
    : /\.pdf|export$/.test(route)
      ? ['', '?format=xlsx']
      : [''];

/** All that somebody with these rights reads, by address; what is closed to her, or not there, is left out. */
async function everything(rights: readonly Right[]): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const who = actorOf(actor.gardenId, 'chauffeur', [...rights]);
  const garden = { id: actor.gardenId, slug: 'bourg', name: 'bourg', accent: null, settings: {}, takenOverOn: null };
  for (const { file, route } of routes) {
    const params = paramsOf(route);
    if (!params) continue;
    const { load, GET } = await modules[file]!();
    const handler = load ?? GET;
    if (!handler) continue;
    const path = route.replace(/\[(\w+)\]/g, (_, name: string) => params[name]!);
    for (const query of queries(route)) {
      const event = new Browser().event(`${path}${query}`, params);
      const person = { id: 'chauffeur', name: 'Ch', email: 'ch@exemple.test' };
      Object.assign(event.locals, { person, garden, actor: who, gardens: [{ slug: 'bourg', name: 'bourg' }] });
      Object.assign(event, {
        route: { id: route },
        fetch,
        depends: () => {},
        parent: async () => ({}),
        setHeaders: () => {},
        untrack: (work: () => unknown) => work(),
      });
      try {
        const answer = await handler(event);
        seen.set(`${path}${query}`, plain(answer instanceof Response ? await bodyOf(answer) : JSON.stringify(answer ?? null)));
      } catch (thrown) {
        if (!isHttpError(thrown) && !isRedirect(thrown) && !(thrown instanceof AccessDenied))
          throw new Error(`${path}${query}`, { cause: thrown });
        if (isHttpError(thrown) && thrown.status >= 500) throw thrown;
      }
    }
  }
  return seen;
}

const rightsOf = (name: string) => firstRoles.find((role) => role.name === name)!.rights;

/** Help begins for a subscription that runs: a stay since the beginning of the month, a funder who pays the rest, and the baskets received are shared. */
async function help(): Promise<void> {
  await inGarden(actor, async (tx) => {
    await sql`insert into auth."user" (id, name, email) values ('chauffeur', 'Ch', 'ch@exemple.test') on conflict do nothing`.execute(tx);
    const { rows } = await sql<{ id: number }>`
      with f as (insert into funder (garden_id, kind, name) values (${actor.gardenId}, 'garden', ${words.funder}) returning id),
      p as (insert into programme (garden_id, name, starts_on, person_cents) values (${actor.gardenId}, ${words.programme}, '2025-01-01', 160) returning id),
      s as (insert into programme_share (garden_id, programme_id, position, funder_id, kind) select ${actor.gardenId}, p.id, 1, f.id, 'remainder' from p, f)
      select id from p`.execute(tx);
    const { id } = value(
      await startPath(tx, actor.gardenId, {
        ...{
          programmeId: rows[0]!.id,
          customerId: helped.customer,
          subscriptionId: helped.subscription,
          affiliation: 'caf',
          place: words.place,
        },
        ...{ household: 5, reference: words.reference, startsOn: '2025-10-01', endsOn: '2025-12-31', atEnd: 'ends' },
      }),
    );
    await sql`
      insert into referral (garden_id, key, last_name, first_name, place, reference, months, proof, proof_seen_on, informed_on, received_on, state, customer_id, path_id)
      values (${actor.gardenId}, gen_random_uuid(), 'Émond', 'Émile', ${words.place}, ${words.reference}, 3, 'income', '2025-09-20', '2025-09-20', '2025-09-20', 'accepted',
        ${helped.customer}, ${id})`.execute(tx);
  });
  await settleGarden(actor, day);
}

describe('a solidarity basket', () => {
  test('is anybody’s: packers, drivers and depots read the same to the letter', { timeout: 120_000 }, async () => {
    const rights = rightsOf('Préparation et livraison');
    const before = await everything(rights);
    // What this test stands for is among what it read: sheets, labels, depot lists, the driver's page, the shed, deliveries and their exports.
    for (const part of [
      'etiquettes.pdf?par=caisse',
      'route.pdf',
      'depots.pdf?format=xlsx',
      'preparation.pdf',
      'changements.pdf',
      '/en-tournee/',
      `/preparation/${next}`,
      '/affichage',
      '/export',
    ])
      expect(
        [...before.keys()].some((path) => path.includes(part)),
        part,
      ).toBe(true);
    expect([...before.values()].join('\n')).toMatch(/Émond|EMOND|Émile/);
    await help();
    const { rows } = await inGarden(actor, (tx) =>
      sql<{ n: number }>`select count(*)::int as n from own_share where garden_id = app_garden()`.execute(tx),
    );
    expect(rows).toEqual([{ n: 1 }]);
    const after = await everything(rights);
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [path, text] of before) {
      const told = after.get(path)!;
      const at = [...text].findIndex((sign, index) => sign !== told[index]);
      expect(text === told ? '' : `${path}: « ${text.slice(at - 60, at + 60)} » became « ${told.slice(at - 60, at + 60)} »`).toBe('');
    }
  });

  test.each(['Gestion des ventes', 'Comptabilité'])(
    '%s reads no word of it, where the right of solidarity is not given',
    { timeout: 120_000 },
    async (role) => {
      const said = new RegExp(Object.values(words).join('|'));
      const seen = await everything(rightsOf(role));
      expect(seen.size).toBeGreaterThan(30);
      if (role === 'Gestion des ventes')
        for (const page of ['', '/abonnements', '/paniers', '/factures'])
          expect(seen.has(`/mon-compte/bourg/${helped.customer}${page}`), page).toBe(true);
      const told = [...seen].filter(([, text]) => said.test(text)).map(([path]) => path);
      // Who collects gifts says which programme they are for: its name is in public there, nobody else's is.
      expect(told.filter((path) => path !== '/gestion/bourg/dons/collectes/nouvelle')).toEqual([]);
    },
  );

  test('is seen by who is named for it', { timeout: 120_000 }, async () => {
    const seen = await everything(['solidarity:read']);
    const texts = [...seen.values()].join('\n');
    for (const word of [words.programme, words.funder]) expect(texts).toContain(word);
  });
});
