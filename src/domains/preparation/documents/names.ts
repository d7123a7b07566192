import type { StopSheet } from './model.ts';

/** The names of the stops of a tour; two cabinets at one place also show their number: « Ferme des Hauts (n° 39) ». */
export function distinctNames(stops: StopSheet[]): string[] {
  const uses = new Map<string, number>();
  for (const { depotName } of stops) uses.set(depotName, (uses.get(depotName) ?? 0) + 1);
  return stops.map(({ depotName, depotNumber }) => (uses.get(depotName)! > 1 ? `${depotName} (n°\u00a0${depotNumber})` : depotName));
}

const french = new Intl.Collator('fr', { sensitivity: 'base', numeric: true });

/** By name as a French reader expects: « Émile » next to « Emma », not after « Zoé ». */
export const alphabetically = <T extends { name: string }>(rows: T[]): T[] => rows.toSorted((a, b) => french.compare(a.name, b.name));
