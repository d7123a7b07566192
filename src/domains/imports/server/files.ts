import { ignoredReasons, unknownFileReason } from '../labels.ts';
import { missingFields } from '../rules/fields.ts';
import { type IgnoredKind, type Kind, kinds, type RecognisedKind } from '../rules/model.ts';
import type { FileToRun } from './run.ts';
import type { BatchFile } from './store.ts';

export const isImported = (kind: RecognisedKind | null): kind is Kind => (kinds as readonly string[]).includes(kind ?? '');

/** Why a file is left aside, and what to do; null for one that can be imported. */
export function problemOf({ table, kind, mapping }: BatchFile): { reason: string; mendable: boolean } | null {
  if (!table.ok) return { reason: table.reason, mendable: false };
  if (kind === null) return { reason: unknownFileReason, mendable: true };
  if (!isImported(kind)) return { reason: ignoredReasons[kind as IgnoredKind], mendable: true };
  const missing = missingFields(kind, mapping).map(({ label }) => `« ${label} »`);
  if (missing.length === 0) return null;
  return { reason: `Dites dans quelle colonne se trouve ${missing.join(', ')}.`, mendable: true };
}

/** The files that can be imported as they are. */
export const runnable = (files: BatchFile[]): FileToRun[] =>
  files.flatMap((file) =>
    file.table.ok && problemOf(file) === null
      ? [{ id: file.id, kind: file.kind as Kind, mapping: file.mapping, table: file.table.value }]
      : [],
  );
