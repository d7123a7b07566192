import { type Day, dayOfWeek, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import type { BatchKind } from '#platform/db/schema.ts';
import { outcomeTrail } from './labels-outcome.ts';
import type { Rhythm } from './rules/frequency.ts';
import { tellRequest } from './rules/say-request.ts';
import { type WaitingState, waitingLabels } from './rules/waiting.ts';

export { fieldOf, sayCap, sayCapToCustomer, sayRefusal, sayWithdrawal } from './rules/say-refusal.ts';
export { kindLabels, problemLabels, type SaidRequest, sayBaskets, sayOwed, sayReason, sayRequest, sayWeek } from './rules/say-request.ts';

/** After « Simple, »: « chaque semaine ». */
export const frequencyLabels: Record<Rhythm, string> = {
  weekly: 'chaque semaine',
  even_weeks: 'les semaines paires',
  odd_weeks: 'les semaines impaires',
  first_of_month: 'la première semaine du mois',
  second_of_month: 'la deuxième semaine du mois',
  third_of_month: 'la troisième semaine du mois',
  fourth_of_month: 'la quatrième semaine du mois',
  given: 'quand on lui en donne',
};

/** « Simple, chaque semaine », « 2 Familial, les semaines paires ». */
export const sayReceives = (line: { product: string; frequency: Rhythm; quantity: number }): string =>
  `${line.quantity > 1 ? `${line.quantity} ` : ''}${line.product}, ${frequencyLabels[line.frequency]}`;

const billingLabels = { arrears: 'à terme échu', instalments: 'en mensualités fixes', prepaid: 'payé d’avance', pack: 'carnet' } as const;
export type BillingMode = keyof typeof billingLabels;

/** « payé d’avance par 4 paniers », « carnet de 12 ». */
export function sayBilling(mode: BillingMode, count: number | null): string {
  if (!count) return billingLabels[mode];
  if (mode === 'pack') return `carnet de ${count}`;
  return mode === 'prepaid' ? `payé d’avance par ${count} paniers` : `${billingLabels[mode]} (${count})`;
}

/** « du 01/01/2025 au 31/12/2025 » */
export const sayPeriod = (from: Day, to: Day): string => `du ${shortDay(from)} au ${shortDay(to)}`;

const day = (value: unknown) => sayDayAndYear(String(value));
const euros = (value: unknown) => formatEuros(Number(value));
const count = (value: unknown): number =>
  Array.isArray(value) ? value.length : Number((value as { baskets?: number } | null)?.baskets ?? 0);
const baskets = (number: number, one: string, many: string) => (number === 1 ? `1 panier ${one}` : `${number} paniers ${many}`);

/** How the trail of these tables is told. */
export const subscriptionTrail: Record<string, TableLabels> = {
  subscription: {
    name: 'Abonnement',
    right: 'subscriptions:read',
    columns: {
      product_id: { label: 'Panier', refers: true },
      slot_id: { label: 'Point de dépôt', refers: true },
      frequency: { label: 'Fréquence', say: (value) => frequencyLabels[value as Rhythm] ?? String(value) },
      quantity: { label: 'Quantité' },
      price_cents: { label: 'Prix', say: euros },
      starts_on: { label: 'Début', say: day },
      ends_on: { label: 'Fin', say: day },
      billing_mode: { label: 'Règlement', say: (value) => sayBilling(value as BillingMode, null) },
      billing_count: { label: 'Paniers par règlement' },
      plan_id: { label: 'Formule', refers: true },
      basket_count: { label: 'Paniers achetés' },
      awaiting: { label: 'En attente', say: (value) => (value === 'contract' ? 'du contrat signé' : 'du paiement'), empty: 'non' },
      renews: { label: 'Se renouvelle', say: (value) => (value ? 'oui' : 'non') },
      deposit_cents: { label: 'Caution', say: euros },
      container_fee_cents: { label: 'Frais de contenant', say: euros },
      trial_baskets: { label: 'Paniers d’essai' },
      end_reason: { label: 'Raison de la fin' },
    },
  },
  subscription_change: {
    name: 'Conditions de l’abonnement',
    right: 'subscriptions:read',
    columns: {},
    summary: ({ action, after }) => {
      if (action !== 'insert') return 'Nouvelles conditions retirées';
      const { from_year, from_week, quantity, frequency } = after as {
        from_year: number;
        from_week: number;
        quantity: number;
        frequency: Rhythm;
      };
      const monday = sayDayAndYear(dayOfWeek({ year: from_year, week: from_week }, 1));
      return `Nouvelles conditions à partir du ${monday} : ${quantity === 1 ? '1 panier' : `${quantity} paniers`}, ${frequencyLabels[frequency]}`;
    },
  },
  slot_closing: {
    name: 'Fermeture d’un point de dépôt',
    right: 'logistics:read',
    columns: {
      slot_id: { label: 'Point de dépôt', refers: true },
      from_on: { label: 'Du', say: day },
      until_on: { label: 'Au', say: day },
      reason: { label: 'Raison' },
      withdrawn_at: { label: 'Rouvert', say: () => 'oui', empty: 'non' },
    },
  },
  waiting_entry: {
    name: 'Liste d’attente',
    right: 'subscriptions:read',
    columns: {
      frequency: { label: 'Fréquence', say: (value) => frequencyLabels[value as Rhythm] ?? String(value) },
      quantity: { label: 'Quantité' },
      wished_from: { label: 'À partir du', say: day },
      state: { label: 'État', say: (value) => waitingLabels[value as WaitingState] ?? String(value) },
      offered_until: { label: 'Place gardée jusqu’au', say: day },
      note: { label: 'Remarque' },
    },
  },
  request: {
    name: 'Demande',
    right: 'subscriptions:read',
    columns: {},
    summary: tellRequest,
  },
  basket_outcome: outcomeTrail,
  basket: {
    name: 'Paniers',
    right: 'subscriptions:read',
    columns: {},
    summary: ({ action, before, after }) => {
      if (action === 'insert') return baskets(count(after), 'prévu', 'prévus');
      return action === 'delete' ? baskets(count(before), 'retiré', 'retirés') : baskets(count(after), 'modifié', 'modifiés');
    },
  },
};

/** How many baskets a change to many customers adds, takes away, moves or alters; nothing for what it leaves alone. */
export function sayCounts(counts: { added: number; removed: number; moved: number; changed: number }): { count: number; what: string }[] {
  const said: [number, string, string][] = [
    [counts.added, 'panier en plus', 'paniers en plus'],
    [counts.removed, 'panier en moins', 'paniers en moins'],
    [counts.moved, 'panier déplacé', 'paniers déplacés'],
    [counts.changed, 'panier modifié', 'paniers modifiés'],
  ];
  return said.filter(([count]) => count > 0).map(([count, one, many]) => ({ count, what: count === 1 ? one : many }));
}

/** What was done in bulk, by kind, in a word. */
export const operationLabels: Record<Exclude<BatchKind, 'import'>, string> = {
  calendar: 'Calendrier',
  slot_closing: 'Point de dépôt',
  plan: 'Formule',
  season: 'Saison',
  renewal: 'Renouvellement',
  subscriptions: 'Abonnements',
  composition: 'Composition',
  delivered: 'Livraison effectuée',
  stops: 'Ordre des arrêts',
  reminders: 'Rappels',
};
