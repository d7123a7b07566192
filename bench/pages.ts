import { advanceRun, startRun } from '../src/domains/billing/index.server.ts';
import { runFilters } from '../src/domains/billing/schema-runs.ts';
import { post } from '../src/domains/ledger/index.server.ts';
import { deliveries } from '../src/domains/logistics/index.server.ts';
import { lastOfMonth } from '../src/domains/plans/rules/rhythm.ts';
import { addDays } from '../src/kernel/day.ts';
import { systemActor } from '../src/platform/access/actor.ts';
import { today } from '../src/platform/clock.ts';
import { database } from '../src/platform/db/index.ts';
import { inGarden } from '../src/platform/db/tenancy.ts';
import { serveBare } from './bare.ts';
import { kilobytes, ms, type Result, told, within } from './measure.ts';
import { log, PILOT, part } from './part.ts';
import { type Answer, ask, cpu, serve, signIn } from './server.ts';

// The engine gives a function its best code after three thousand calls (`node --v8-options`, invocation-count-for-turbofan), and a server lives
// for months: its first minutes are not what it costs.
const WARM_UP = 3200;
const MEASURED = 200;

const headersOf = (cookie: string) => ({ cookie, 'accept-encoding': 'gzip, br, zstd', accept: 'text/html' });

/** Milliseconds of the server's processor, and of time, that one answer takes once the server is warm. */
async function costs(origin: string, cookie: string, path: string): Promise<{ perRequest: number; elapsed: number; answer: Answer }> {
  const headers = headersOf(cookie);
  for (let time = 0; time < WARM_UP; time++) await ask(origin + path, { headers });
  const before = await cpu(origin);
  const start = performance.now();
  let answer = await ask(origin + path, { headers });
  for (let time = 1; time < MEASURED; time++) answer = await ask(origin + path, { headers });
  const elapsed = (performance.now() - start) / MEASURED;
  return { perRequest: (((await cpu(origin)) - before) * 1000) / MEASURED, elapsed, answer };
}

/** What the framework and the sign-in cost before a page says anything: the same machine, the same run. */
async function floor(origin: string, cookie: string): Promise<Result[]> {
  const bare = await costs(origin, cookie, '/health');
  const small = await costs(origin, cookie, `/gestion/${PILOT}/saisons`);
  return [
    told('An answer without a page (/health): server CPU per request', ms(bare.perRequest)),
    told('A page of two lines (/saisons): server CPU per request', ms(small.perRequest)),
  ];
}

/** What SvelteKit alone takes for as many rows. */
async function bare(): Promise<Result> {
  const { origin, stop } = await serveBare();
  try {
    return told('200 rows from memory by SvelteKit alone: server CPU per request', ms((await costs(origin, '', '/rows')).perRequest));
  } finally {
    await stop();
  }
}

async function page(origin: string, cookie: string, path: string, what: string, limit: number): Promise<Result[]> {
  const plain = await ask(origin + path, { headers: { cookie, accept: 'text/html' } });
  if (plain.status !== 200) throw new Error(`${path} was answered by ${plain.status}.`);
  const html = plain.body.toString();
  const { perRequest, elapsed, answer } = await costs(origin, cookie, path);
  return [
    within(`${what}: server CPU per request (${MEASURED} requests)`, perRequest, limit, ms),
    told(`${what}: time to answer, mean`, ms(elapsed)),
    within(
      `${what}: compressed (${answer.encoding}; ${kilobytes(plain.body.length)} plain, ${html.split('<tr').length - 1} rows)`,
      answer.body.length,
      15 * 1024,
      kilobytes,
    ),
    within(`${what}: <script in the page`, html.split('<script').length - 1, 0, String),
  ];
}

/** Balances brought over for everybody, three in four owing, and the months of this year billed: the page of balances then has its rows. */
async function openAccounts(gardenId: number): Promise<void> {
  const actor = systemActor(gardenId);
  const since = await inGarden(actor, async (tx) => {
    const { taken_over_on } = await tx.selectFrom('garden').select('taken_over_on').where('id', '=', gardenId).executeTakeFirstOrThrow();
    const day = taken_over_on ?? `${today().slice(0, 4)}-01-01`;
    const customers = await tx.selectFrom('customer').select('id').orderBy('id').execute();
    const entries = customers.map(({ id }, at) => {
      const amount = (at % 4 === 0 ? -1 : 1) * (1000 + (at % 37) * 250);
      const lines = [
        { account: '411000', amount, customer: id },
        { account: '890000', amount: -amount },
      ];
      return { ...{ day, document: 'AN', documentDay: day, source: `opening:${id}` }, label: 'Solde repris', lines };
    });
    await post(tx, 'AN', entries);
    return day;
  });
  for (const until of [lastOfMonth(since), addDays(`${today().slice(0, 7)}-01`, -1)]) {
    const wish = { name: until, until, day: until, dueOn: addDays(until, 15), filters: runFilters.parse({}), key: `bench-${until}` };
    const begun = await startRun(actor, wish);
    if (!begun.ok) throw new Error(begun.reason);
    await advanceRun(actor, begun.value.id);
  }
}

await part(async (ownerUrl) => {
  const garden = await database().selectFrom('garden').select('id').where('slug', '=', PILOT).executeTakeFirstOrThrow();
  const season = await inGarden(systemActor(garden.id), (tx) => deliveries(tx, { since: Number(today().slice(0, 4)) }));
  const next = season.find((delivery) => delivery.date >= today() && !delivery.closed)!;
  await openAccounts(garden.id);
  const { origin, stop } = await serve(ownerUrl);
  try {
    const cookie = await signIn(origin);
    log('signed in');
    return [
      ...(await floor(origin, cookie)),
      await bare(),
      ...(await page(origin, cookie, `/gestion/${PILOT}/clients?par=200`, 'List of 200 customers', 3)),
      ...(await page(origin, cookie, `/gestion/${PILOT}/livraisons/${next.id}`, 'A delivery', 5)),
      ...(await page(origin, cookie, `/gestion/${PILOT}/soldes`, 'Balances of 50 customers', 5)),
    ];
  } finally {
    await stop();
  }
});
