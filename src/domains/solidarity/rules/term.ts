import { addDays, addMonths, type Day } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';

/** The last day of a stay of so many months, or an earlier one that something else sets: the end of the subscription, of the programme. */
export function lastDayOf(startsOn: Day, months: number, bounds: readonly (Day | null)[]): Day {
  const wished = addDays(addMonths(startsOn, months), -1);
  return bounds.reduce<Day>((last, bound) => (bound !== null && bound < last ? bound : last), wished);
}

/** What was agreed for after the term, as it is told to the person after its day. @param priceCents of a basket, for everybody. */
export function sayNext(atEnd: 'ends' | 'ordinary' | 'renewal', priceCents: number): string {
  if (atEnd === 'ordinary')
    return `Ensuite vos paniers continuent au prix de tous, ${formatEuros(priceCents)} le panier : dites-nous avant si vous préférez arrêter.`;
  if (atEnd === 'renewal')
    return 'Avant ce jour, nous regardons avec vous comment continuer ; sans cela, vos paniers s’arrêtent ce jour-là.';
  return 'Vos paniers s’arrêtent ce jour-là, sauf si vous demandez à continuer.';
}
