import { documentList, documentPdf, issue } from '../src/domains/billing/index.server.ts';
import type { Draft } from '../src/domains/billing/rules/draft.ts';
import { createGarden } from '../src/domains/gardens/index.server.ts';
import { systemNetwork } from '../src/domains/network/index.server.ts';
import { systemActor } from '../src/platform/access/actor.ts';
import { inGarden } from '../src/platform/db/tenancy.ts';
import { kilobytes, median, megabytes, ms, peakMemory, type Result, seconds, timed, told, within } from './measure.ts';
import { part } from './part.ts';

const COUNT = 1000;
const LINES = 4;
const day = '2025-10-31';

/** A thousand invoices of four lines and two rates, each drawn as its page draws it: read from the database, then a PDF/A of its own. */
async function measure(): Promise<Result[]> {
  const made = await createGarden(systemNetwork, { name: 'Jardin des factures', address: '1 chemin', postcode: '88000', city: 'Épinal' });
  if (!made.ok) throw new Error(made.reason);
  const garden = made.value.id;
  const actor = systemActor(garden);
  const customers = await inGarden(actor, (tx) => tx.insertInto('customer').values(people(garden)).returning('id').execute());
  const issued = await timed(() => inGarden(actor, (tx) => issue(tx, garden, customers.map(({ id }) => draft(id))))); // biome-ignore format: one line reads better
  const cpu = process.cpuUsage();
  const sizes: number[] = [];
  const drawn = await timed(async () => {
    for (const { id } of issued.value) sizes.push((await documentPdf(actor, id))!.content.length);
  });
  const used = process.cpuUsage(cpu);
  const asked = { search: '', sort: 'numero', direction: 'desc', page: 1, perPage: 50, filters: {} } as const;
  const list: number[] = [];
  for (let time = 0; time < 20; time++) list.push((await timed(() => documentList(actor, asked))).took);
  return [
    told(`${COUNT.toLocaleString('en-GB')} invoices of ${LINES} lines issued, with their entries`, seconds(issued.took)),
    within(`${COUNT.toLocaleString('en-GB')} PDF/A drawn, one file each`, drawn.took, 20_000, seconds),
    told('… processor time of each, Node alone', ms((used.user + used.system) / 1000 / COUNT)),
    told('… size of one, median', kilobytes(median(sizes))),
    told('Peak memory of Node', megabytes(peakMemory())),
    told('First page of the list, median of 20', ms(median(list))),
  ];
}

const people = (garden: number) =>
  Array.from({ length: COUNT }, (_, at) => ({
    ...{ garden_id: garden, number: String(1001 + at), last_name: `Martin ${at}`, first_name: 'Claire', civility: 'Mme' },
    ...{ address: `${at + 1} rue du Moulin`, postcode: '88000', city: 'Épinal' },
  }));

const draft = (customer: number): Draft => ({
  ...{ customer, day, dueOn: '2025-11-30', title: 'Paniers d’octobre 2025', source: `bench:${customer}` },
  lines: Array.from({ length: LINES }, (_, at) => ({
    ...{ kind: 'charge', label: ['Panier simple', 'Panier familial', 'Contenants', 'Livraison'][at]!, detail: 'Gare de Charmes' },
    ...{ quantity: 1000 * (1 + ((customer + at) % 4)), unitPrice: 1380 + at * 100, vatBasisPoints: at < 2 ? 550 : 2000, vatIncluded: true },
    ...{ account: at < 2 ? '701000' : '708800', activity: 'MAR', from: '2025-10-03', until: day },
  })),
});

await part(measure);
