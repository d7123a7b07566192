import type { TableLabels } from '#platform/audit/say.ts';
import { inCrates, type Load } from './rules/crates.ts';

/** How the packing shed is told. */

/** « 3 caisses ». */
export const many = (count: number, one: string, several: string) => `${count} ${count > 1 ? several : one}`;

/** (17, 8) → « 2 caisses + 1 », '' when they fill none. Short: it stands beside the number of baskets. */
export function sayCrates(baskets: number, perCrate: number | null): string {
  if (perCrate === null || baskets === 0) return '';
  const { full, rest } = inCrates(baskets, perCrate);
  if (full === 0) return '';
  return `${many(full, 'caisse', 'caisses')}${rest ? ` + ${rest}` : ''}`;
}

/** « 43 caisses · 2 palettes · 1 roll (de 3 caisses) · 5 sangles »; '' when the garden counts no crates. */
export function sayLoad({ crates, pallets, lastPallet, rolls, lastRoll, straps }: Load): string {
  if (crates === 0) return '';
  const begun = (left: number, last: string) => (left ? ` (${last}de ${many(left, 'caisse', 'caisses')})` : '');
  return [
    many(crates, 'caisse', 'caisses'),
    pallets ? many(pallets, 'palette', 'palettes') + begun(lastPallet, pallets > 1 ? 'la dernière ' : '') : '',
    rolls ? many(rolls, 'roll', 'rolls') + begun(lastRoll, rolls > 1 ? 'le dernier ' : '') : '',
    straps ? many(straps, 'sangle', 'sangles') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The name of the field that says who prepares a kind of basket, or the whole tour. */
export const taskField = (productId: number | null): string => `who-${productId ?? 'tout'}`;

/** How the trail of the packing shed is told. */
export const packingTrail: Record<string, TableLabels> = {
  packing: { name: 'Pointage de préparation', right: 'preparation:read', columns: { packed: { label: 'Prêts' } } },
  packing_task: { name: 'Qui prépare quoi', right: 'preparation:read', columns: { who: { label: 'Qui' } } },
};
