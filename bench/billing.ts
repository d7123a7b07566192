import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { advanceRun, startRun } from '../src/domains/billing/index.server.ts';
import { runFilters } from '../src/domains/billing/schema-runs.ts';
import { ledgerBreaks } from '../src/domains/ledger/index.server.ts';
import { systemActor } from '../src/platform/access/actor.ts';
import { inGarden } from '../src/platform/db/tenancy.ts';
import { ms, type Result, seconds, timed, told, within } from './measure.ts';
import { log, part } from './part.ts';

/**
 * A month for the whole network: 102 gardens of 267 customers, each with a weekly basket brought to a depot that asks a fee, so two lines an invoice. Ten
 * months of baskets stand there, nine of them billed in one run before: what is owed to date is reckoned from all of them, as at the end of October.
 * `node bench/billing.ts DATABASE_URL 20` asks for fewer, for a quick look.
 */
const GARDENS = Number(process.argv[3] ?? 102);
const CUSTOMERS = 267;
const WEEKS = 44;
const SEPTEMBER = '2025-09-30';
const OCTOBER = '2025-10-31';

async function sow(owner: pg.Client): Promise<number[]> {
  await owner.query("select set_config('app.network', 'yes', false)");
  const gardens: number[] = [];
  for (let index = 1; index <= GARDENS; index++) {
    const one = async (text: string): Promise<number> => Number((await owner.query(text)).rows[0].id);
    const garden = await one(`insert into garden (slug, name) values ('banc-${index}', 'Banc ${index}') returning id`);
    await owner.query(`select set_config('app.garden', '${garden}', false), install_ledger(${garden}), install_billing(${garden})`);
    const into = (table: string, columns: string, values: string) =>
      one(`insert into ${table} (garden_id, ${columns}) values (${garden}, ${values}) returning id`);
    const tour = await into('tour', 'code, name, preparation_weekday, delivery_weekday', "'ME1', 'Mercredi', 2, 3");
    const depot = await into('depot', 'number, name, fee_cents', "'1', 'Gare', 50");
    const slot = await into('slot', 'tour_id, depot_id, stop_order', `${tour}, ${depot}, 1`);
    const product = await into('product', 'name, price_cents', "'Simple', 1380");
    await owner.query(`
      insert into delivery (garden_id, tour_id, year, week, usual_date, date)
      select ${garden}, ${tour}, 2025, n, date '2025-01-01' + 7 * (n - 1), date '2025-01-01' + 7 * (n - 1) from generate_series(1, ${WEEKS}) n;
      insert into customer (garden_id, number, last_name, address, postcode, city)
      select ${garden}, n::text, 'Client ' || n, n || ' rue du Verger', '88000', 'Épinal' from generate_series(1, ${CUSTOMERS}) n;
      insert into subscription (garden_id, customer_id, product_id, slot_id, frequency, quantity, price_cents, starts_on, ends_on)
      select garden_id, id, ${product}, ${slot}, 'weekly', 1, 1380, '2025-01-01', '2025-12-31' from customer where garden_id = ${garden};
      insert into basket (garden_id, subscription_id, delivery_id, slot_id, product_id, quantity, price_cents)
      select s.garden_id, s.id, l.id, s.slot_id, s.product_id, 1, 1380 from subscription s join delivery l on l.garden_id = s.garden_id where s.garden_id = ${garden}`);
    gardens.push(garden);
    if (index % 25 === 0) log(`${index} of ${GARDENS} gardens`);
  }
  await owner.query('analyze');
  return gardens;
}

/** Milliseconds of processor of everything PostgreSQL does on this machine for a database: its connections, as `/proc` tells them. */
function postgresCpu(database: string): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(` ${database} `)) continue;
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks * 10;
}

async function month(gardens: number[], until: string, database: string) {
  let [documents, elapsed, node, server] = [0, 0, 0, 0];
  for (const garden of gardens) {
    const actor = systemActor(garden);
    // In this order: reading /proc is work of the bench, not of billing.
    const [before, cpu] = [postgresCpu(database), process.cpuUsage()];
    const wish = { name: until, until, day: until, dueOn: until, filters: runFilters.parse({}), key: `bench-${garden}-${until}` };
    const { took } = await timed(async () => {
      const begun = await startRun(actor, wish);
      if (!begun.ok) throw new Error(begun.reason);
      await advanceRun(actor, begun.value.id);
    });
    elapsed += took;
    const used = process.cpuUsage(cpu);
    node += (used.user + used.system) / 1000;
    server += postgresCpu(database) - before;
    documents += CUSTOMERS;
  }
  return { documents, elapsed, node, server };
}

await part(async (ownerUrl) => {
  const database = new URL(ownerUrl).pathname.slice(1);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const gardens = await sow(owner);
  await month(gardens, SEPTEMBER, database);
  log('nine months billed');
  await owner.query('analyze');
  const { documents, elapsed, node, server } = await month(gardens, OCTOBER, database);
  let [lines, invoices] = [0, 0];
  for (const garden of gardens) {
    await owner.query(`select set_config('app.garden', '${garden}', false)`);
    const { rows } = await owner.query(
      `select count(*)::int as lines, count(distinct d.id)::int as invoices, sum(l.gross_cents)::int as gross from document d
       join document_line l on l.garden_id = d.garden_id and l.document_id = d.id where d.garden_id = ${garden} and d.day = '${OCTOBER}'`,
    );
    lines += rows[0].lines;
    invoices += rows[0].invoices;
    // Five Wednesdays in October.
    if (rows[0].gross !== 5 * CUSTOMERS * (1380 + 50)) throw new Error(`Garden ${garden}: ${rows[0].gross} cents were billed.`);
  }
  const breaks = await inGarden(systemActor(gardens[0]!), ledgerBreaks);
  await owner.end();
  if (invoices !== documents || lines !== 2 * documents || breaks.length > 0)
    throw new Error(`${invoices} invoices, ${lines} lines, ${breaks.length} breaks.`);
  return [
    told('Gardens, invoices, lines', `${GARDENS}, ${invoices.toLocaleString('en-GB')}, ${lines.toLocaleString('en-GB')}`),
    told('Baskets they are reckoned from', (GARDENS * CUSTOMERS * WEEKS).toLocaleString('en-GB')),
    within('Processor per invoice, Node and database, entries and numbers included', (node + server) / invoices, 0.5, ms),
    told('… of it Node', ms(node / invoices)),
    told('… of it PostgreSQL', ms(server / invoices)),
    told('The whole month, all gardens', seconds(elapsed)),
  ] satisfies Result[];
});
