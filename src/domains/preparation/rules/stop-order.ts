/** In which order a garden wants the stops of a tour on its sheets: as driven, backwards for loading, by name, by number. */
export type SheetOrder = 'tour' | 'reverse' | 'name' | 'number';

type Stop = { order: number; depotName: string; depotNumber: string };

const french = new Intl.Collator('fr', { sensitivity: 'base', numeric: true });

/** The same stops in another order; those that are alike stay as they were. */
export function inSheetOrder<T extends Stop>(stops: readonly T[], order: SheetOrder): T[] {
  if (order === 'reverse') return stops.toReversed();
  if (order === 'name') return stops.toSorted((a, b) => french.compare(a.depotName, b.depotName));
  if (order === 'number') return stops.toSorted((a, b) => french.compare(a.depotNumber, b.depotNumber));
  return [...stops];
}
