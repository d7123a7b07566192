import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Figures, figuresOf, groupsToTell, type HelpedBasket, monthOf } from '../rules/report.ts';
import { helpedBaskets, type Names, namesOf, type Period } from './helped.ts';
import { namedPayers, type PayerFigure } from './report.ts';

export const toldBy = ['month', 'programme', 'place', 'depot'] as const;
export type ToldBy = (typeof toldBy)[number];
/** `name` null: groups of fewer than five people, put together. No rows: fewer than five people were helped. */
export type ToldTable = { payers: PayerFigure[]; rows: (Figures & { name: string | null; payers: PayerFigure[] })[] };

const keys: Record<ToldBy, (one: HelpedBasket) => string | number> = {
  month: ({ day }) => monthOf(day),
  programme: ({ programme }) => programme,
  place: ({ place }) => place,
  depot: ({ depot }) => depot ?? 0,
};
const nameOf = (by: ToldBy, key: string | number, names: Names): string => {
  if (by === 'month') return String(key);
  if (by === 'place') return String(key) || 'non précisée';
  return names[by].get(Number(key)) || 'sans dépôt (paniers donnés)';
};

/** The report of a period as it may leave the garden: no name of a person, no group under five. Three queries. */
export function reportTable(actor: Actor, period: Period, by: ToldBy): Promise<ToldTable> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const [baskets, names] = [await helpedBaskets(tx, period), await namesOf(tx)];
    const rows = groupsToTell(baskets, keys[by]).map(({ key, baskets: some }) => ({
      ...{ name: key === null ? null : nameOf(by, key, names), payers: namedPayers(some, names) },
      ...figuresOf(some),
    }));
    const told = (row: ToldTable['rows'][number]) => (row.name === null ? '\uffff' : row.name);
    return {
      payers: rows.length === 0 ? [] : namedPayers(baskets, names),
      rows: rows.sort((a, b) => told(a).localeCompare(told(b), 'fr')),
    };
  });
}
