import type { Right } from '#platform/access/rights.ts';

/** How one column is told. Columns without a label are not told at all (keys, versions). */
export type ColumnLabel = {
  label: string;
  /** A stored value that is neither null nor empty, as people say it. */
  say?: (value: unknown) => string;
  /** What stands for no value; « rien » otherwise. */
  empty?: string;
  /** Asked for besides the table's own right. */
  right?: Right;
  /** The column refers to another record: its name is looked up among the names that come with the history (« slot_id »). */
  refers?: boolean;
  /** The column holds several values: each that changed is told apart, instead of the whole. `read` fills in what is not stored. */
  parts?: { read: (stored: unknown) => Record<string, unknown>; columns: Record<string, ColumnLabel> };
};

/** How the trail of a table is told: given by the domain that owns it. */
export type TableLabels = {
  /** « Adhésion » */
  name: string;
  right: Right;
  columns: Record<string, ColumnLabel>;
  /** Tells a whole entry in one sentence instead (« 12 paniers prévus »). */
  summary?: (entry: { action: Action; before: unknown; after: unknown }) => string;
};

export type Action = 'insert' | 'update' | 'delete';

export type HistoryEntry = {
  id: number;
  at: Date;
  /** Who did it; null for the garden's own tools (command line, jobs). */
  person: string | null;
  batch: { id: number; name: string } | null;
  table: string;
  rowId: number;
  action: Action;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** Names of the records that entries refer to: column → id → name. */
export type Names = Record<string, Record<string, string>>;

export type ToldChange = { label: string; before: string | null; after: string | null };
/** Ready for `<History>`. */
export type ToldEntry = { at: Date; who: string; what: string; changes: ToldChange[] };

const acts: Record<Action, string> = { insert: 'création', update: 'modification', delete: 'suppression' };

/**
 * An entry in plain French. A creation tells the values that say something; a change tells before and after, column by column.
 * @returns null when the person may not see it, or when nothing of it can be told.
 */
export function tellEntry(
  entry: HistoryEntry,
  tables: Record<string, TableLabels>,
  names: Names,
  may: (right: Right) => boolean,
): ToldEntry | null {
  const table = tables[entry.table];
  if (!table || !may(table.right)) return null;
  const told = { at: entry.at, who: `${entry.person ?? 'le logiciel'}${entry.batch ? ` (${entry.batch.name})` : ''}` };
  if (table.summary) return { ...told, what: table.summary(entry), changes: [] };
  const changes = changesOf(table.columns, entry, names, may);
  if (entry.action === 'update' && changes.length === 0) return null;
  return { ...told, what: `${table.name} : ${acts[entry.action]}`, changes };
}

type Values = Pick<HistoryEntry, 'action' | 'before' | 'after'>;

function changesOf(columns: Record<string, ColumnLabel>, entry: Values, names: Names, may: (right: Right) => boolean): ToldChange[] {
  const changes: ToldChange[] = [];
  for (const [column, label] of Object.entries(columns)) {
    if (label.right && !may(label.right)) continue;
    const inBefore = entry.before && column in entry.before;
    const inAfter = entry.after && column in entry.after;
    if (!inBefore && !inAfter) continue;
    if (label.parts) {
      changes.push(...changesOf(label.parts.columns, partsOf(label.parts.read, entry, column), names, may));
      continue;
    }
    const nothing = (value: unknown) => value === null || value === undefined || value === '';
    const say = (value: unknown): string => {
      if (nothing(value)) return label.empty ?? 'rien';
      if (label.refers) return names[column]?.[String(value)] ?? `n° ${value}`;
      return label.say ? label.say(value) : String(value);
    };
    const [before, after] = [entry.before?.[column], entry.after?.[column]];
    if (entry.action === 'update') changes.push({ label: label.label, before: say(before), after: say(after) });
    else if (entry.action === 'insert') {
      if (!nothing(after)) changes.push({ label: label.label, before: null, after: say(after) });
    } else if (!nothing(before)) changes.push({ label: label.label, before: say(before), after: null });
  }
  return changes;
}

/** What a column holds, before and after: of a change, only what differs. */
function partsOf(read: (stored: unknown) => Record<string, unknown>, { action, ...entry }: Values, column: string): Values {
  const [before, after] = [read(entry.before?.[column]), read(entry.after?.[column])];
  if (action !== 'update') return { action, before: entry.before && before, after: entry.after && after };
  const differs = (key: string) => JSON.stringify(before[key]) !== JSON.stringify(after[key]);
  const only = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).filter(([key]) => differs(key)));
  return { action, before: only(before), after: only(after) };
}

export const tellHistory = (
  history: { entries: HistoryEntry[]; names: Names },
  tables: Record<string, TableLabels>,
  may: (right: Right) => boolean,
): ToldEntry[] => history.entries.flatMap((entry) => tellEntry(entry, tables, history.names, may) ?? []);
