import type { Day } from '#kernel/day.ts';

/**
 * What the law says of taking something from pay, as dated data, as it was read on code.travail.gouv.fr and Légifrance (texts in force since 1 May 2008):
 * - L3251-1: an employer may not keep back wages to set off what an employee owes him for supplies of any kind; L3251-2 excepts tools and materials for the
 *   work alone. Baskets are no exception: so nothing is taken without her own agreement, in writing, that she may withdraw at any time.
 * - L3251-3: advances in cash are taken back by successive parts of a tenth of the wages due at most, apart from what may be seized or assigned. It is not about
 *   supplies: its tenth is kept here as a ceiling, out of caution.
 * No text was found that says in which form such an agreement holds against L3251-1: screens and handbook say « à confirmer » with who makes up the pay.
 */
const rules: readonly { from: Day; key: string; says: string }[] = [
  {
    from: '2008-05-01',
    key: 'L3251-1, L3251-3',
    says: 'l’employeur ne peut pas retenir de lui-même ce qu’on lui doit pour des fournitures. D’où un accord écrit du salarié, qu’il peut retirer, et par prudence un plafond d’un dixième du salaire, celui des avances en espèces',
  },
];

/** The rule in force on a day. @throws for a day before the first: a bug of the caller. */
export function ruleOn(day: Day): { key: string; says: string } {
  const found = rules.findLast(({ from }) => from <= day);
  if (!found) throw new Error(`No rule about pay on ${day}.`);
  return found;
}
