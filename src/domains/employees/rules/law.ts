import type { Day } from '#kernel/day.ts';

/**
 * What the law says of taking something from pay, as dated data. Code du travail: L3251-1 forbids an employer to set off what an employee owes for supplies against
 * wages of his own accord; it takes her own agreement, in writing, that she may withdraw. L3251-3 limits what is taken back of advances to a tenth of the wages due;
 * that tenth is the ceiling kept here, out of caution. Each garden has its own adviser confirm it.
 */
const rules: readonly { from: Day; key: string; says: string }[] = [
  {
    from: '2008-05-01',
    key: 'L3251-1, L3251-3',
    says: 'un accord écrit du salarié, qu’il peut retirer, et au plus le dixième du salaire à chaque paie',
  },
];

/** The rule in force on a day. @throws for a day before the first: a bug of the caller. */
export function ruleOn(day: Day): { key: string; says: string } {
  const found = rules.findLast(({ from }) => from <= day);
  if (!found) throw new Error(`No rule about pay on ${day}.`);
  return found;
}
