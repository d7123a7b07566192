import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { writeCsv } from '#platform/files/table.ts';
import { fields } from '../rules/fields.ts';
import { type Kind, kinds, type Mapping, type RecognisedKind, type Rejected } from '../rules/model.ts';
import { isAddedHeader, proposeMapping } from '../rules/recognise.ts';
import { rejectsFile } from '../rules/rejects.ts';
import { problemOf } from './files.ts';
import { type BatchFile, type BatchState, emptySummary, loadFiles, type Summary } from './store.ts';
import { type ToldChange, tellChanges } from './tell.ts';

export type Counts = { added: number; changed: number; unchanged: number; rejected: number };
export type BatchRow = {
  id: number;
  name: string;
  year: number;
  state: BatchState;
  createdAt: Date;
  appliedAt: Date | null;
  undoneAt: Date | null;
  by: string | null;
  files: number;
} & Counts;

/** The garden's imports, latest first. One query. */
export function listBatches(actor: Actor, { limit = 50, offset = 0 } = {}): Promise<{ rows: BatchRow[]; total: number }> {
  requireRight(actor, 'imports:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<BatchRow & { total: number }>`
      select b.id, b.name, b.year, b.state, b.created_at as "createdAt", b.applied_at as "appliedAt", b.undone_at as "undoneAt", u.name as by,
        f.files, f.rejected, c.added, c.changed, c.unchanged, count(*) over ()::integer as total
      from batch b
      left join auth."user" u on u.id = b.created_by
      cross join lateral (
        select count(*)::integer as files, coalesce(sum(jsonb_array_length(rejected)), 0)::integer as rejected
        from import_file where garden_id = b.garden_id and batch_id = b.id) f
      cross join lateral (
        select coalesce(sum((v ->> 'added')::integer), 0)::integer as added, coalesce(sum((v ->> 'changed')::integer), 0)::integer as changed,
          coalesce(sum((v ->> 'unchanged')::integer), 0)::integer as unchanged
        from jsonb_each(coalesce(b.summary -> 'files', '{}')) as e(k, v)) c
      where b.kind = 'import'
      order by b.id desc
      limit ${limit} offset ${offset}`.execute(tx);
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  });
}

export type FileDetails = {
  id: number;
  name: string;
  kind: RecognisedKind | null;
  /** Why it is left aside; null when it is imported. */
  problem: string | null;
  /** Saying what it holds, or in which columns, may mend it. */
  mendable: boolean;
  counts: Counts | null;
  headers: string[];
  /** Rejected lines with their cells; at most as many as a page can show. */
  rejected: { line: number; reason: string; cells: string[] }[];
  remarks: { line: number; text: string }[];
};
export type BatchDetails = Pick<BatchRow, 'id' | 'name' | 'year' | 'state' | 'createdAt' | 'appliedAt' | 'undoneAt' | 'by'> & {
  files: FileDetails[];
  /** By kind, in the order of import; only the kinds that the files hold. */
  kinds: ({ kind: Kind } & Counts)[];
  changes: ToldChange[];
  baskets: Summary['baskets'];
  ready: boolean;
};

const mostShown = 100;

/** A batch with what it would do, or has done. Three queries; the files are read again for the cells of their rejected lines. */
export function batchDetails(actor: Actor, batchId: number): Promise<BatchDetails | null> {
  requireRight(actor, 'imports:read');
  return readInGarden(actor, async (tx) => {
    const batch = await tx
      .selectFrom('batch as b')
      .leftJoin('auth.user as u', 'u.id', 'b.created_by')
      .select([
        'b.id',
        'b.name',
        'b.year',
        'b.state',
        'b.created_at as createdAt',
        'b.applied_at as appliedAt',
        'b.undone_at as undoneAt',
        'u.name as by',
      ])
      .select('b.summary')
      .where('b.id', '=', batchId)
      .where('b.kind', '=', 'import')
      .executeTakeFirst();
    if (!batch) return null;
    const { summary: stored, ...about } = batch;
    const summary: Summary = { ...emptySummary(), ...(stored as Partial<Summary>) };
    const rejected = await loadRejected(tx, batchId);
    const files = (await loadFiles(tx, batchId)).map((file) => fileDetails(file, rejected.get(file.id) ?? [], summary));
    const byKind = kinds.flatMap((kind) => {
      const counts = files.flatMap((file) => (file.kind === kind && file.counts ? [file.counts] : []));
      return counts.length > 0 ? [{ kind, ...counts.reduce(add) }] : [];
    });
    const ready = files.some((file) => file.problem === null);
    return { ...about, files, kinds: byKind, changes: tellChanges(actor, summary.changes), baskets: summary.baskets, ready };
  });
}

const add = (a: Counts, b: Counts): Counts => ({
  added: a.added + b.added,
  changed: a.changed + b.changed,
  unchanged: a.unchanged + b.unchanged,
  rejected: a.rejected + b.rejected,
});

async function loadRejected(tx: Tx, batchId: number): Promise<Map<number, Rejected[]>> {
  const rows = await tx.selectFrom('import_file').select(['id', 'rejected']).where('batch_id', '=', batchId).execute();
  return new Map(rows.map((row) => [row.id, row.rejected]));
}

function fileDetails(file: BatchFile, rejected: Rejected[], summary: Summary): FileDetails {
  const { id, name, kind, table } = file;
  const problem = problemOf(file);
  const counts = summary.files[id];
  const rows = new Map(table.ok ? table.value.rows.map(({ line, cells }) => [line, cells]) : []);
  return {
    id,
    name,
    kind,
    problem: problem?.reason ?? null,
    mendable: problem?.mendable ?? true,
    counts: counts ? { ...counts, rejected: rejected.length } : null,
    headers: table.ok ? table.value.headers : [],
    rejected: rejected.slice(0, mostShown).map(({ line, reason }) => ({ line, reason, cells: rows.get(line) ?? [] })),
    remarks: summary.remarks.filter(({ fileId }) => fileId === id).map(({ line, text }) => ({ line, text })),
  };
}

export type FileColumns = {
  batch: { id: number; name: string; state: BatchState };
  id: number;
  name: string;
  kind: Kind | null;
  mapping: Mapping;
  /** Columns of the file with a value met in each, to recognise them by. */
  columns: { header: string; sample: string }[];
  /** Fields of the kind, with the column proposed for each. */
  fields: { key: string; label: string; required: boolean }[];
};

/**
 * What the page of a file's columns shows.
 * @param kind another kind than the one found, that somebody has just chosen: its columns are proposed anew.
 */
export function fileColumns(actor: Actor, batchId: number, fileId: number, kind?: Kind): Promise<Outcome<FileColumns>> {
  requireRight(actor, 'imports:change');
  return inGarden(actor, async (tx) => {
    const batch = await tx
      .selectFrom('batch')
      .select(['id', 'name', 'state'])
      .where('id', '=', batchId)
      .where('kind', '=', 'import')
      .executeTakeFirst();
    const file = (await loadFiles(tx, batchId, fileId))[0];
    if (!batch || !file) return refuse('Ce fichier n’existe plus.');
    if (!file.table.ok) return file.table;
    const { headers, rows } = file.table.value;
    const found = (kinds as readonly string[]).includes(file.kind ?? '') ? (file.kind as Kind) : null;
    const chosen = kind ?? found;
    const columns = headers.flatMap((header, index) => {
      if (isAddedHeader(header)) return [];
      return [
        {
          header,
          sample:
            rows
              .find(({ cells }) => cells[index]?.trim())
              ?.cells[index]?.trim()
              .slice(0, 60) ?? '',
        },
      ];
    });
    return done({
      batch,
      id: file.id,
      name: file.name,
      kind: chosen,
      mapping: chosen === null ? {} : chosen === found ? file.mapping : proposeMapping(chosen, headers),
      columns,
      fields: chosen === null ? [] : fields[chosen].map(({ key, label, required }) => ({ key, label, required })),
    });
  });
}

/** The rejected lines of a file as a CSV file to correct and import again, named after it. */
export function rejectsOf(actor: Actor, batchId: number, fileId: number): Promise<Outcome<{ name: string; content: Uint8Array }>> {
  requireRight(actor, 'imports:read');
  return readInGarden(actor, async (tx) => {
    const file = (await loadFiles(tx, batchId, fileId))[0];
    if (!file?.table.ok) return refuse('Ce fichier n’existe plus.');
    const rejected = (await loadRejected(tx, batchId)).get(fileId) ?? [];
    const { headers, rows } = rejectsFile(file.table.value, rejected);
    const stem = file.name.replace(/\.[^.]*$/, '').replace(/( - lignes à corriger)+$/, '');
    return done({ name: `${stem} - lignes à corriger.csv`, content: writeCsv(headers, rows) });
  });
}
