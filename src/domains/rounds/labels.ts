import {
  decisionLabels,
  type OutcomeDecision,
  type OutcomeKind,
  type OutcomeRemedy,
  outcomeLabels,
  remedyLabels,
} from '#domains/subscriptions/labels-outcome.ts';
import type { Settled } from './rules/delivered.ts';

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const options = <T extends string>(labels: Record<T, string>) =>
  (Object.entries(labels) as [T, string][]).map(([value, label]) => ({ value, label: capital(label) }));

/** What may have become of a basket. One that was not collected is noted once the delivery is done. */
export const kindOptions = (delivered: boolean): { value: OutcomeKind; label: string; hint: string }[] => [
  { value: 'missing', label: 'Manquant', hint: 'Il n’est pas arrivé au point de dépôt.' },
  { value: 'refused', label: 'Refusé', hint: 'Le client ou le dépôt n’en a pas voulu.' },
  { value: 'spoiled', label: 'Abîmé', hint: 'Il ne pouvait pas être donné tel quel.' },
  ...(delivered ? [{ value: 'unclaimed' as const, label: 'Non retiré', hint: 'Il est resté au point de dépôt.' }] : []),
];

export const remedyOptions = [
  { value: 'nothing', label: 'Rien' },
  { value: 'credit', label: 'Un avoir', hint: 'Il sera déduit de ce que le client doit.' },
  { value: 'make_up', label: 'Un panier à rattraper', hint: 'Il compte parmi les paniers à rattraper du client.' },
];

export const decisionOptions = options(decisionLabels);

/** A field of what was noted, as people read it. */
export const sayField = (
  field: string,
  { quantity, remedy, decision, note }: { quantity: number; remedy: OutcomeRemedy; decision: OutcomeDecision; note: string },
): string => {
  if (field === 'quantity') return String(quantity);
  if (field === 'remedy') return remedy ? remedyLabels[remedy] : 'rien';
  return field === 'decision' ? decision && decisionLabels[decision] : note;
};

const plural = (count: number, one: string, many: string) => `${count.toLocaleString('fr-FR')} ${count > 1 ? many : one}`;

/** « 139 paniers livrés sur 142 : 2 manquants, 1 refusé. 3 non retirés. 1 avoir, 1 panier à rattraper. » */
export function saySettled({ baskets, delivered, byKind, credits, makeUps }: Settled): string {
  const kinds = byKind.map(({ kind, quantity }) => plural(quantity, outcomeLabels[kind].one, outcomeLabels[kind].many)).join(', ');
  const remedies = [credits && plural(credits, 'avoir', 'avoirs'), makeUps && plural(makeUps, 'panier à rattraper', 'paniers à rattraper')];
  const count =
    plural(delivered, 'panier livré', 'paniers livrés') + (delivered < baskets ? ` sur ${baskets.toLocaleString('fr-FR')}` : '');
  return [`${count}${kinds && ` : ${kinds}`}.`, remedies.filter(Boolean).join(', ')]
    .filter(Boolean)
    .join(' ')
    .replace(/([^.])$/, '$1.');
}
