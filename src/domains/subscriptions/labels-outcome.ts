import type { TableLabels } from '#platform/audit/say.ts';

/** What became of a basket that was not simply received: said the same on the record, the delivery's page and its list. */

export type OutcomeKind = 'missing' | 'refused' | 'spoiled' | 'unclaimed';
/** What the customer gets for it; null: nothing. */
export type OutcomeRemedy = 'credit' | 'make_up' | null;
/** What was done with the basket itself; '' when nothing is said of it. */
export type OutcomeDecision = '' | 'given' | 'kept' | 'composted' | 'sold';

export const outcomeLabels: Record<OutcomeKind, { one: string; many: string }> = {
  missing: { one: 'manquant', many: 'manquants' },
  refused: { one: 'refusé', many: 'refusés' },
  spoiled: { one: 'abîmé', many: 'abîmés' },
  unclaimed: { one: 'non retiré', many: 'non retirés' },
};

export const remedyLabels: Record<NonNullable<OutcomeRemedy>, string> = { credit: 'avoir', make_up: 'à rattraper' };

export const decisionLabels: Record<Exclude<OutcomeDecision, ''>, string> = {
  given: 'donné',
  kept: 'gardé pour le client',
  composted: 'composté',
  sold: 'remis en vente',
};

export type SaidOutcome = { kind: OutcomeKind; quantity: number; remedy: OutcomeRemedy; decision: OutcomeDecision };

/** « manquant, avoir », « 1 non retiré sur 2, donné ». @param held how many baskets there were. */
export function sayOutcome({ kind, quantity, remedy, decision }: SaidOutcome, held: number): string {
  const word = outcomeLabels[kind][quantity > 1 ? 'many' : 'one'];
  return [
    held === 1 ? word : `${quantity} ${word}${quantity < held ? ` sur ${held}` : ''}`,
    decision && decisionLabels[decision],
    remedy && remedyLabels[remedy],
  ]
    .filter(Boolean)
    .join(', ');
}

/** How the trail of what was noted is told. */
export const outcomeTrail: TableLabels = {
  name: 'Panier noté',
  right: 'subscriptions:read',
  columns: {
    kind: { label: 'Ce qui est arrivé', say: (value) => outcomeLabels[value as OutcomeKind].one },
    quantity: { label: 'Combien' },
    remedy: { label: 'Pour le client', say: (value) => remedyLabels[value as NonNullable<OutcomeRemedy>] },
    decision: { label: 'Le panier', say: (value) => decisionLabels[value as Exclude<OutcomeDecision, ''>] },
    note: { label: 'Remarque' },
  },
};
