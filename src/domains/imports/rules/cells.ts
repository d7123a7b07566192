import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Table, TableRow } from '#kernel/table.ts';
import { fields } from './fields.ts';
import type { Kind, Line, Mapping, Read, Rejected } from './model.ts';
import { isDateShaped, toCents, toDay } from './parse.ts';

/**
 * One line, read field by field. Every fault is noted and reading goes on, so that a line is told all its faults at once;
 * a reader that noted any is not believed, whatever it returned.
 */
export type Cells = {
  /** Trimmed; empty without a column. A required field that is empty is a fault. */
  text(key: string): string;
  /** Exactly what the file holds. */
  raw(key: string): string;
  /** The value `parse` makes of a cell, null when it is empty; a text `parse` refuses is a fault: « Label « text » : expected. » */
  value<T>(key: string, parse: (text: string) => T | null, expected: string): T | null;
  day(key: string): Day | null;
  /** An amount; below zero only when `signed`. */
  cents(key: string, signed?: 'signed'): Cents | null;
  /** Notes a fault on a field, whatever its value. */
  fault(key: string, expected: string): null;
};

/** Reads every row of a table with `one`, which says what a line is worth. Lines come out in the order of the file. */
export function readLines<T>(kind: Kind, table: Table, mapping: Mapping, one: (cells: Cells) => T): Read<T> {
  const known = new Map(fields[kind].map((field) => [field.key, { ...field, column: table.headers.indexOf(mapping[field.key] ?? '') }]));
  const lines: Line<T>[] = [];
  const rejected: Rejected[] = [];
  for (const row of table.rows) {
    const faults: string[] = tooMany(table, row);
    const value = one(cellsOf(row, (key) => known.get(key) ?? neverNamed(key), faults));
    if (faults.length > 0) rejected.push({ line: row.line, reason: faults.join(' ') });
    else lines.push({ line: row.line, value });
  }
  return { lines, rejected };
}

const tooMany = (table: Table, { cells }: TableRow): string[] => {
  const spare = `La ligne a ${cells.length} cellules pour ${table.headers.length} colonnes : un séparateur « ${table.separator} » est de trop.`;
  return cells.length > table.headers.length ? [spare] : [];
};

function neverNamed(key: string): never {
  throw new Error(`No such field: ${key}`);
}

type Column = { label: string; required: boolean; column: number };

function cellsOf(row: TableRow, find: (key: string) => Column, faults: string[]): Cells {
  const cells: Cells = {
    raw: (key) => row.cells[find(key).column] ?? '',
    text(key) {
      const text = cells.raw(key).trim();
      if (text === '' && find(key).required) faults.push(`${find(key).label} : valeur manquante.`);
      return text;
    },
    value(key, parse, expected) {
      const text = cells.text(key);
      return text === '' ? null : (parse(text) ?? cells.fault(key, expected));
    },
    day: (key) =>
      cells.value(key, toDay, isDateShaped(cells.raw(key).trim()) ? 'ce jour n’existe pas' : 'date attendue sous la forme JJ/MM/AAAA'),
    cents(key, signed) {
      const cents = cells.value(key, toCents, 'montant en euros attendu, par exemple 13,80');
      return cents !== null && cents < 0 && !signed ? cells.fault(key, 'le montant ne peut pas être négatif') : cents;
    },
    fault(key, expected) {
      const text = cells.raw(key).trim();
      faults.push(text === '' ? `${find(key).label} : ${expected}.` : `${find(key).label} « ${text} » : ${expected}.`);
      return null;
    },
  };
  return cells;
}

/** Notes a fault when a period ends before it starts. */
export function checkPeriod(cells: Cells, start: Day | null, endKey: string, end: Day | null): void {
  if (start && end && end < start) cells.fault(endKey, `la fin vient avant le début (${start.split('-').reverse().join('/')})`);
}
