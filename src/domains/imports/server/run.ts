import { sql } from 'kysely';
import { productNames } from '#domains/catalogue/index.server.ts';
import { customerNumbers, mandateOwners } from '#domains/customers/index.server.ts';
import { readSettings } from '#domains/gardens/index.server.ts';
import { ensureSeason, logisticsNames } from '#domains/logistics/index.server.ts';
import { ensurePlans } from '#domains/plans/index.server.ts';
import { planBaskets, subscribedProducts } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Table } from '#kernel/table.ts';
import type { Tx } from '#platform/db/index.ts';
import { type FileRead, type Kind, type Known, kinds, type Mapping, type Rejected } from '../rules/model.ts';
import { readFile } from '../rules/read.ts';
import { crossCheck, subscriptionKey } from '../rules/references.ts';
import { checkMandates, inOrder, settleNames } from '../rules/settle.ts';
import { remarksOn } from './remarks.ts';
import { takeOver } from './take-over.ts';
import { type WriteContext, writers } from './write.ts';

/** A file whose kind and columns are settled. */
export type FileToRun = { id: number; kind: Kind; mapping: Mapping; table: Table };
export type FileResult = { id: number; kind: Kind; added: number; changed: number; unchanged: number; rejected: Rejected[] };
/** Something to know about a line that was taken nevertheless. */
export type Remark = { fileId: number; line: number; text: string };
export type RunResult = { files: FileResult[]; remarks: Remark[]; baskets: { inserted: number; updated: number; removed: number } };

/**
 * The one way in: reads the files, checks them against each other and against the garden, stores the good lines in the order of `kinds`
 * and plans the baskets. The first pass does exactly this too, and is rolled back by its caller.
 */
export async function runImport(tx: Tx, gardenId: number, files: FileToRun[], when: { year: number; today: Day }): Promise<RunResult> {
  // Changes to one garden's plan wait for one another; planning takes the same lock.
  await sql`select pg_advisory_xact_lock(1, ${gardenId})`.execute(tx);
  const read = await readAll(tx, files, when.year);
  const garden = await tx.selectFrom('garden').select(['settings', 'taken_over_on']).where('id', '=', gardenId).executeTakeFirstOrThrow();
  const { cutoffHours } = readSettings(garden.settings);
  let takenOverOn = garden.taken_over_on;
  if (read.some(({ kind, lines }) => kind === 'subscriptions' && lines.length > 0)) {
    takenOverOn = await takeOver(tx, gardenId, { today: when.today, cutoffHours, takenOverOn });
  }
  const context = { gardenId, ...when, cutoffHours, takenOverOn };

  const results = new Map<FileToRun, FileResult>();
  const requestLines = new Map<number, { fileId: number; line: number }>();
  for (const kind of kinds) {
    if (kind === 'calendar') await ensureSeason(tx, gardenId, when.year);
    // Files know baskets, not plans: what is subscribed to is sold under a plan of the basket's name.
    if (kind === 'subscriptions' && files.some((file) => file.kind === 'products' || file.kind === kind)) await ensurePlans(tx, gardenId);
    for (const [index, file] of files.entries()) {
      if (file.kind !== kind) continue;
      const { result, ids } = await writeFile(tx, context, file, read[index]!);
      results.set(file, result);
      for (const [id, line] of ids) requestLines.set(id, { fileId: file.id, line });
    }
  }
  const { problems, changes } = await planBaskets(tx, gardenId, { today: when.today, takenOver: true });
  const remarks = remarksOn(problems, requestLines);
  const baskets = { inserted: basketsIn(changes.insert), updated: changes.update.length, removed: basketsIn(changes.remove) };
  return { files: files.map((file) => results.get(file)!), remarks, baskets };
}

/** As people count them, and as the calendar does: two baskets of one customer on one day are two. */
const basketsIn = (planned: readonly { quantity: number }[]): number => planned.reduce((sum, { quantity }) => sum + quantity, 0);

async function readAll(tx: Tx, files: FileToRun[], year: number): Promise<FileRead[]> {
  const known = await loadKnown(tx);
  const read = settleNames(
    files.map(({ kind, table, mapping }) => readFile(kind, table, mapping, { year })),
    known,
  );
  const references = read.flatMap((file) =>
    file.kind === 'customers' ? file.lines.flatMap(({ value }) => value.mandate?.reference ?? []) : [],
  );
  return crossCheck(checkMandates(read, await mandateOwners(tx, references)), known);
}

/** What the lines of files may refer to in the garden. Five queries. */
async function loadKnown(tx: Tx): Promise<Known> {
  const { tours, depots } = await logisticsNames(tx);
  const subscribed = await subscribedProducts(tx);
  return {
    tours: new Set(tours),
    depots: new Set(depots),
    products: new Set(await productNames(tx)),
    customers: new Set(await customerNumbers(tx)),
    subscriptions: new Set(subscribed.map(({ customerNumber, productName }) => subscriptionKey(customerNumber, productName))),
  };
}

/** Stores the good lines of a file. @returns besides the result, the lines of stored requests. */
async function writeFile(tx: Tx, context: WriteContext, file: FileToRun, { lines, rejected }: FileRead) {
  const write = writers[file.kind] as (typeof writers)['tours'];
  const values = lines.map(({ value }) => value) as never[];
  const { added, changed, refused, ids = [] } = await write(tx, context, values, new Set(Object.keys(file.mapping)));
  const late = refused.map(({ index, reason }) => ({ line: lines[index]!.line, reason }));
  const result: FileResult = {
    id: file.id,
    kind: file.kind,
    added: added.length,
    changed: changed.length,
    unchanged: lines.length - added.length - changed.length - refused.length,
    rejected: inOrder([...rejected, ...late]),
  };
  return { result, ids: ids.flatMap((id, index) => (id === null ? [] : [[id, lines[index]!.line] as const])) };
}
