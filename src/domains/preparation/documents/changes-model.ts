import type { Day } from '#kernel/day.ts';

/** What the sheet of changes prints, in plain values; no price, nothing about who pays. */
export type ChangesSheet = {
  garden: string;
  /** the day of delivery */
  date: Day;
  /** the day the sheet is made, for « édité le … » */
  editedOn: Day;
  /** in the order of the day */
  tours: ChangesTour[];
};

export type ChangesTour = {
  code: string;
  name: string;
  /** « #2e7d32 »; anything else prints black */
  color: string;
  /** ISO week the delivery belongs to */
  week: number;
  /** the delivery before, with its baskets; null for the first of all */
  previous: { date: Day; baskets: number } | null;
  baskets: number;
  /** « 3 », « nouveaux » */
  counts: { count: number; what: string }[];
  /** in the order of the tour; those where nothing changes are left out */
  stops: ChangesStop[];
};

export type ChangesStop = { order: number; depotName: string; baskets: number; lines: ChangesLine[] };

/** `more`: baskets more at the stop, less when negative. */
export type ChangesLine = { name: string; words: string; what: string; more: number };
