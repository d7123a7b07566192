import type { Outcome } from '#kernel/outcome.ts';
import type { Place } from '../distance/port.ts';

/** Where somebody says to be. Degrees; `label` as people write it: « Metz (57000) », « 8 rue des Clercs, 57000 Metz ». */
export type FoundPlace = Place & {
  label: string;
  /** A town's middle, or a street or a house. */
  kind: 'commune' | 'address';
  /** Told by its neighbours: a few kilometres off. */
  approximate: boolean;
};

/** Whoever knows addresses. It may refuse: not there, too slow, unreadable. The reason is for the log. */
export type Geocoder = { search: (text: string, limit: number) => Promise<Outcome<FoundPlace[]>> };
