import { sql } from 'kysely';
import type { Outcome } from '#kernel/outcome.ts';
import type { Table } from '#kernel/table.ts';
import type { Tx } from '#platform/db/index.ts';
import { readTable } from '#platform/files/table.ts';
import type { Kind, Mapping, RecognisedKind } from '../rules/model.ts';
import { headersKey, type Remembered } from '../rules/recognise.ts';
import type { StoredChanges } from './changes.ts';
import type { Remark, RunResult } from './run.ts';

export type GivenFile = { name: string; content: Uint8Array };
export type BatchState = 'proposed' | 'applied' | 'undone';

/** What a batch would do (once proposed) or has done (once applied). Rejected lines stand with their file. */
export type Summary = {
  /** By file id. Files that were left aside are not there. */
  files: Record<number, { added: number; changed: number; unchanged: number }>;
  remarks: Remark[];
  changes: StoredChanges;
  baskets: RunResult['baskets'] | null;
};
export const emptySummary = (): Summary => ({ files: {}, remarks: [], changes: { rows: [], names: {} }, baskets: null });

export type Batch = { id: number; name: string; state: BatchState; year: number; summary: Summary };

/** A file of a batch with what it holds. `kind` and `mapping` are what was recognised or settled. */
export type BatchFile = {
  id: number;
  name: string;
  kind: RecognisedKind | null;
  mapping: Mapping;
  table: Outcome<Table>;
};

export async function insertBatch(
  tx: Tx,
  gardenId: number,
  batch: { name: string; year: number; createdBy: string | null },
): Promise<number> {
  const row = await tx
    .insertInto('batch')
    .values({
      garden_id: gardenId,
      kind: 'import',
      name: batch.name,
      year: batch.year,
      created_by: batch.createdBy,
      summary: JSON.stringify(emptySummary()),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function insertFile(
  tx: Tx,
  gardenId: number,
  batchId: number,
  file: GivenFile & { kind: RecognisedKind | null; mapping: Mapping },
): Promise<number> {
  const row = await tx
    .insertInto('import_file')
    .values({
      garden_id: gardenId,
      batch_id: batchId,
      name: file.name,
      content: Buffer.from(file.content),
      kind: file.kind,
      mapping: JSON.stringify(file.mapping),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** A batch, held until the transaction ends: two people (or one who clicks twice) act on it one after the other. */
export async function lockBatch(tx: Tx, batchId: number): Promise<Batch | null> {
  const row = await tx
    .selectFrom('batch')
    .select(['id', 'name', 'state', 'year', 'summary'])
    .where('id', '=', batchId)
    .where('kind', '=', 'import')
    .forUpdate()
    .executeTakeFirst();
  return row ? { ...row, summary: { ...emptySummary(), ...(row.summary as Partial<Summary>) } } : null;
}

/** The files of a batch, read again from what was given. */
export async function loadFiles(tx: Tx, batchId: number, fileId?: number): Promise<BatchFile[]> {
  let query = tx
    .selectFrom('import_file')
    .select(['id', 'name', 'kind', 'mapping', 'content'])
    .where('batch_id', '=', batchId)
    .orderBy('id');
  if (fileId !== undefined) query = query.where('id', '=', fileId);
  const files: BatchFile[] = [];
  for (const { content, kind, ...file } of await query.execute()) {
    files.push({ ...file, kind: kind as RecognisedKind | null, table: await readTable(file.name, content) });
  }
  return files;
}

/** Keeps what a run found: the batch's summary and, with each file, its rejected lines. Two statements. */
export async function saveResult(tx: Tx, batchId: number, result: RunResult, changes: StoredChanges, state: BatchState): Promise<Summary> {
  const summary: Summary = {
    files: Object.fromEntries(result.files.map(({ id, added, changed, unchanged }) => [id, { added, changed, unchanged }])),
    remarks: result.remarks,
    changes,
    baskets: result.baskets,
  };
  const applied = state === 'applied' ? sql`, applied_at = now()` : sql``;
  await sql`
    update batch set summary = ${JSON.stringify(summary)}::jsonb, state = ${state}, version = version + 1 ${applied} where id = ${batchId}`.execute(
    tx,
  );
  const rejected = JSON.stringify(result.files.map((file) => ({ id: file.id, rejected: file.rejected })));
  await sql`
    update import_file f set rejected = coalesce(r.rejected, '[]')
    from import_file own
    left join jsonb_to_recordset(${rejected}::jsonb) as r(id bigint, rejected jsonb) on r.id = own.id
    where own.batch_id = ${batchId} and f.garden_id = own.garden_id and f.id = own.id`.execute(tx);
  return summary;
}

export async function saveMapping(tx: Tx, fileId: number, { kind, mapping }: Remembered): Promise<void> {
  await tx
    .updateTable('import_file')
    .set({ kind, mapping: JSON.stringify(mapping) })
    .where('id', '=', fileId)
    .execute();
}

/** Keeps the columns a garden settled, for the next file with the same headers. */
export async function rememberMapping(tx: Tx, gardenId: number, headers: string[], { kind, mapping }: Remembered): Promise<void> {
  await sql`
    insert into import_mapping (garden_id, headers_key, kind, mapping)
    values (${gardenId}, ${headersKey(headers)}, ${kind}, ${JSON.stringify(mapping)}::jsonb)
    on conflict (garden_id, headers_key) do update set kind = excluded.kind, mapping = excluded.mapping`.execute(tx);
}

/** What was settled before for files with these headers: key of the headers → kind and columns. */
export async function rememberedMappings(tx: Tx, headers: string[][]): Promise<Map<string, Remembered>> {
  if (headers.length === 0) return new Map();
  const rows = await tx
    .selectFrom('import_mapping')
    .select(['headers_key', 'kind', 'mapping'])
    .where('headers_key', 'in', headers.map(headersKey))
    .execute();
  return new Map(rows.map((row) => [row.headers_key, { kind: row.kind as Kind, mapping: row.mapping }]));
}
