import { sql } from 'kysely';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { refreshStatistics } from '#platform/db/statistics.ts';
import { inGarden, markBatch } from '#platform/db/tenancy.ts';
import { readTable } from '#platform/files/table.ts';
import { headersKey, recognise } from '../rules/recognise.ts';
import { parseMapping } from '../schema.ts';
import { changesOf } from './changes.ts';
import { runnable } from './files.ts';
import { checkGiven, type GivenImport, sameProposal } from './given.ts';
import { type RunResult, runImport } from './run.ts';
import * as store from './store.ts';

type When = { today: Day };

/**
 * First pass: keeps the files as a batch, recognises what they hold, and finds what importing them would do, changing nothing else. The same
 * files proposed again by the same person while the first proposal waits are that proposal.
 */
export async function proposeImport(actor: Actor, given: GivenImport, when: When): Promise<Outcome<{ batchId: number }>> {
  requireRight(actor, 'imports:change');
  const refusal = checkGiven(given);
  if (refusal) return refusal;
  return inGarden(actor, async (tx) => {
    await lockGarden(tx, actor.gardenId);
    const waiting = await sameProposal(tx, actor, given);
    if (waiting !== null) return done({ batchId: waiting });
    const batchId = await keepFiles(tx, actor, given, when);
    await firstPass(tx, actor.gardenId, (await store.lockBatch(tx, batchId))!, when);
    return done({ batchId });
  });
}

/** Settles what a file of a proposed batch holds and in which columns, remembers it for the next such file, and does the first pass again. */
export async function settleFile(actor: Actor, batchId: number, fileId: number, input: unknown, when: When): Promise<Outcome<null>> {
  requireRight(actor, 'imports:change');
  return inGarden(actor, async (tx) => {
    await lockGarden(tx, actor.gardenId);
    const batch = await store.lockBatch(tx, batchId);
    const file = (await store.loadFiles(tx, batchId, fileId))[0];
    if (!batch || !file) return refuse('Ce fichier n’existe plus.');
    if (batch.state !== 'proposed') return refuse('Cet import est terminé : ses fichiers ne changent plus.');
    if (!file.table.ok) return file.table;
    const settled = parseMapping(file.table.value.headers, input);
    if (!settled.ok) return settled;
    await store.saveMapping(tx, fileId, settled.value);
    await store.rememberMapping(tx, actor.gardenId, file.table.value.headers, settled.value);
    await firstPass(tx, actor.gardenId, batch, when);
    return done(null);
  });
}

/** Second pass: does what the first one announced, in one transaction. Sent twice, it acts once and answers the same. */
export async function applyImport(actor: Actor, batchId: number, when: When): Promise<Outcome<{ batchId: number }>> {
  requireRight(actor, 'imports:change');
  let large = false;
  const outcome = await inGarden(actor, async (tx) => {
    await lockGarden(tx, actor.gardenId);
    const batch = await store.lockBatch(tx, batchId);
    if (!batch) return refuse('Cet import n’existe plus.');
    if (batch.state === 'applied') return done({ batchId });
    if (batch.state === 'undone') return refuse('Cet import a été annulé. Proposez ses fichiers à nouveau pour les importer.');
    const files = runnable(await store.loadFiles(tx, batchId));
    if (files.length === 0) return refuse('Aucun de ces fichiers n’est prêt : dites d’abord ce qu’ils contiennent.');
    large = isLarge(await secondPass(tx, actor.gardenId, batch, files, when));
    return done({ batchId });
  });
  if (large) await refreshStatistics();
  return outcome;
}

/** A proposal that will not be followed: it changed nothing, so there is nothing to put back. */
export async function abandonImport(actor: Actor, batchId: number): Promise<Outcome<null>> {
  requireRight(actor, 'imports:change');
  return inGarden(actor, async (tx) => {
    const batch = await store.lockBatch(tx, batchId);
    if (batch?.state === 'applied') return refuse('Cet import a déjà été fait : vous pouvez encore l’annuler.');
    await sql`update batch set state = 'undone', undone_at = now(), version = version + 1 where id = ${batchId} and state = 'proposed'`.execute(
      tx,
    );
    return done(null);
  });
}

/**
 * Both passes at once, for the command line: nobody is there to look at the first one.
 * @returns what each file became; `problems` are files that were left aside, with why.
 */
export async function importAtOnce(actor: Actor, given: GivenImport, when: When): Promise<Outcome<DoneAtOnce>> {
  requireRight(actor, 'imports:change');
  const refusal = checkGiven(given);
  if (refusal) return refusal;
  const atOnce = await inGarden(actor, async (tx) => {
    await lockGarden(tx, actor.gardenId);
    const batchId = await keepFiles(tx, actor, given, when);
    const batch = (await store.lockBatch(tx, batchId))!;
    const files = await store.loadFiles(tx, batchId);
    const result = await secondPass(tx, actor.gardenId, batch, runnable(files), when);
    return { batchId, files, result };
  });
  if (isLarge(atOnce.result)) await refreshStatistics();
  return done(atOnce);
}
export type DoneAtOnce = { batchId: number; files: store.BatchFile[]; result: RunResult };

const lockGarden = (tx: Tx, gardenId: number) => sql`select pg_advisory_xact_lock(1, ${gardenId})`.execute(tx);

/** Enough new rows for PostgreSQL to count again. */
const isLarge = ({ files, baskets }: RunResult): boolean => baskets.inserted > 1000 || files.some((file) => file.added > 200);

/** Keeps the files as a proposed batch, with what they seem to hold. */
async function keepFiles(tx: Tx, actor: Actor, { files, year, name }: GivenImport, { today }: When): Promise<number> {
  const tables = await Promise.all(files.map((file) => readTable(file.name, file.content)));
  const remembered = await store.rememberedMappings(
    tx,
    tables.flatMap((table) => (table.ok ? [table.value.headers] : [])),
  );
  const title = name?.trim() || `Import du ${sayDayAndYear(today)}`;
  const batchId = await store.insertBatch(tx, actor.gardenId, { name: title, year, createdBy: actor.userId });
  for (const [index, file] of files.entries()) {
    const table = tables[index]!;
    const found = table.ok ? recognise(table.value.headers, file.name, remembered.get(headersKey(table.value.headers))) : null;
    await store.insertFile(tx, actor.gardenId, batchId, { ...file, kind: found?.kind ?? null, mapping: found?.mapping ?? {} });
  }
  return batchId;
}

/** Runs the import for real, looks at what it did, and takes it back: what the page announces is what will happen. */
async function firstPass(tx: Tx, gardenId: number, batch: store.Batch, { today }: When): Promise<void> {
  const files = runnable(await store.loadFiles(tx, batch.id));
  await sql`savepoint first_pass`.execute(tx);
  await markBatch(tx, batch.id);
  const result = await runImport(tx, gardenId, files, { year: batch.year, today });
  const changes = await changesOf(tx, batch.id);
  await sql`rollback to savepoint first_pass`.execute(tx);
  await store.saveResult(tx, batch.id, result, changes, 'proposed');
}

async function secondPass(tx: Tx, gardenId: number, batch: store.Batch, files: ReturnType<typeof runnable>, { today }: When) {
  await markBatch(tx, batch.id);
  const result = await runImport(tx, gardenId, files, { year: batch.year, today });
  const changes = await changesOf(tx, batch.id);
  await store.saveResult(tx, batch.id, result, changes, 'applied');
  return result;
}
