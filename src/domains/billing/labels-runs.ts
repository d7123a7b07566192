import { type Day, sayDayAndYear } from '#kernel/day.ts';
import type { LineKind } from './rules/draft.ts';

/** French names of what runs say. */

export const runStates = {
  running: { label: 'En cours', tone: 'attention' },
  done: { label: 'Terminée', tone: 'good' },
  undoing: { label: 'Annulation en cours', tone: 'attention' },
  undone: { label: 'Annulée', tone: 'neutral' },
} as const;

/** What lines bill, as a total names it. */
export const lineKinds: Record<LineKind, string> = {
  basket: 'Paniers livrés',
  advance: 'Payé d’avance, mensualités',
  settlement: 'Régularisations',
  delivery_fee: 'Frais de livraison',
  charge: 'Adhésions, contenants et autres',
};

const months = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** « Octobre 2025 » on the last day of a month, « Jusqu’au 20 octobre 2025 » on another: what a run is called unless it is said. */
export function runName(until: Day, lastOfMonth: Day): string {
  if (until !== lastOfMonth) return `Jusqu’au ${sayDayAndYear(until).replace(/^\S+ /, '')}`;
  const said = months.format(new Date(`${until}T00:00:00Z`));
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** « 4 × Panier Simple », « Mensualité 2 sur 11 : Panier Simple ». Quantities are thousandths. */
export const sayLine = ({ label, quantity }: { label: string; quantity: number }): string =>
  quantity === 1000 ? label : `${(quantity / 1000).toLocaleString('fr-FR').replace('-', '−')} × ${label}`;

/** « 312 factures et 4 avoirs », « 1 facture », « aucune facture ». */
export function sayDocuments(invoices: number, creditNotes: number): string {
  const say = (count: number, one: string) => `${count.toLocaleString('fr-FR')} ${one}${count > 1 ? 's' : ''}`;
  if (creditNotes === 0) return invoices === 0 ? 'aucune facture' : say(invoices, 'facture');
  return invoices === 0 ? say(creditNotes, 'avoir') : `${say(invoices, 'facture')} et ${say(creditNotes, 'avoir')}`;
}
