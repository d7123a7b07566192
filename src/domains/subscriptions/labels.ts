import { type Day, sayDay, sayDayAndYear, shortDay, type Week } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import type { Reason } from './rules/explain.ts';
import type { Frequency } from './rules/frequency.ts';
import type { RequestKind, RequestProblem } from './rules/plan.ts';
import type { AskRefusal } from './rules/requests.ts';

/** After « Simple, »: « chaque semaine ». */
export const frequencyLabels: Record<Frequency, string> = {
  weekly: 'chaque semaine',
  even_weeks: 'les semaines paires',
  odd_weeks: 'les semaines impaires',
  first_of_month: 'la première semaine du mois',
  second_of_month: 'la deuxième semaine du mois',
  third_of_month: 'la troisième semaine du mois',
  fourth_of_month: 'la quatrième semaine du mois',
};

/** « Simple, chaque semaine », « 2 Familial, les semaines paires ». */
export const sayReceives = (line: { product: string; frequency: Frequency; quantity: number }): string =>
  `${line.quantity > 1 ? `${line.quantity} ` : ''}${line.product}, ${frequencyLabels[line.frequency]}`;

const billingLabels = { arrears: 'à terme échu', instalments: 'en mensualités fixes', prepaid: 'payé d’avance', pack: 'carnet' } as const;
export type BillingMode = keyof typeof billingLabels;

/** « payé d’avance par 4 paniers », « carnet de 12 ». */
export function sayBilling(mode: BillingMode, count: number | null): string {
  if (!count) return billingLabels[mode];
  if (mode === 'pack') return `carnet de ${count}`;
  return mode === 'prepaid' ? `payé d’avance par ${count} paniers` : `${billingLabels[mode]} (${count})`;
}

/** « semaine 43 », with its year when it is not the one people have in mind. */
export const sayWeek = (week: Week, year: number): string => `semaine ${week.week}${week.year === year ? '' : ` de ${week.year}`}`;

/** Why a basket is not the usual one. @param year that of the delivery, left unsaid. */
export function sayReason(reason: Reason, year: number): string {
  switch (reason.kind) {
    case 'cancelled':
      return 'annulé';
    case 'postponed_to':
      return `reporté à la ${sayWeek(reason, year)}`;
    case 'postponed_from':
      return `reçu en plus : reporté de la ${sayWeek(reason, year)}`;
    case 'given':
      return 'donné';
    case 'doubled':
      return reason.by === 1 ? 'un panier de plus' : `${reason.by} paniers de plus`;
    case 'made_up':
      return reason.by === 1 ? 'un panier rattrapé' : `${reason.by} paniers rattrapés`;
    case 'elsewhere':
      return 'autre point de dépôt';
    case 'by_hand':
      return 'modifié à la main';
    case 'slot_closed':
      return reason.replaced ? 'point de dépôt fermé : panier reçu ailleurs' : 'point de dépôt fermé : pas de panier';
    case 'used_up':
      return 'tous les paniers achetés sont reçus';
    case 'awaiting':
      return 'en attente : ne commence pas encore';
    case 'moved':
      return `déplacé : livraison ${reason.date < reason.usualDate ? 'avancée' : 'repoussée'} au ${sayDay(reason.date)}`;
    case 'closed':
      return 'pas de livraison cette semaine-là';
    case 'too_late':
      return 'une demande est arrivée trop tard : sans effet';
  }
}

export const problemLabels: Record<RequestProblem['problem'], string> = {
  no_basket: 'pas de panier prévu cette semaine-là',
  no_delivery: 'pas de livraison la semaine demandée',
};

export type SaidRequest = {
  kind: RequestKind;
  year: number;
  week: number;
  toYear: number | null;
  toWeek: number | null;
  untilYear?: number | null;
  untilWeek?: number | null;
  quantity?: number | null;
};

/** « panier de la semaine 43 reporté à la semaine 44 » */
export function sayRequest(request: SaidRequest): string {
  const of = `panier de la semaine ${request.week}`;
  switch (request.kind) {
    case 'cancel':
      return `${of} annulé`;
    case 'postpone':
      return `${of} reporté à la ${sayWeek({ year: request.toYear!, week: request.toWeek! }, request.year)}`;
    case 'gift':
      return `${of} donné`;
    case 'double':
      return `${of} doublé`;
    case 'make_up':
      return `panier rattrapé en semaine ${request.week}`;
    case 'manual':
      return `${of} modifié à la main`;
    case 'move':
      return request.untilWeek
        ? `autre point de dépôt de la semaine ${request.week} à la ${sayWeek({ year: request.untilYear!, week: request.untilWeek }, request.year)}`
        : `${of} à un autre point de dépôt`;
  }
}

/** Why a request is refused, and what to do. */
export function sayRefusal(refusal: AskRefusal): string {
  switch (refusal.why) {
    case 'no_basket':
      return refusal.postponedFrom
        ? `Le panier de cette semaine vient du report de la semaine ${refusal.postponedFrom.week} : retirez plutôt cette demande-là.`
        : 'Il n’y a pas de panier prévu cette semaine-là.';
    case 'closed_week':
      return 'Il n’y a pas de livraison cette semaine-là : rien à annuler ni à reporter.';
    case 'frozen':
      return `Trop tard : la livraison du ${sayDay(refusal.date)} est figée, ses feuilles sont prêtes.`;
    case 'already_asked':
      return `Une demande existe déjà : ${sayRequest(refusal.request)}. Retirez-la d’abord.`;
    case 'same_week':
      return 'C’est la même semaine : choisissez-en une autre.';
    case 'no_target':
      return 'Choisissez la semaine où le panier sera livré.';
    case 'target_closed':
      return 'Il n’y a pas de livraison la semaine choisie : prenez-en une autre.';
    case 'target_frozen':
      return `Trop tard pour la semaine choisie : la livraison du ${sayDay(refusal.date)} est figée.`;
  }
}

/** « du 01/01/2025 au 31/12/2025 » */
export const sayPeriod = (from: Day, to: Day): string => `du ${shortDay(from)} au ${shortDay(to)}`;

const day = (value: unknown) => sayDayAndYear(String(value));
const euros = (value: unknown) => formatEuros(Number(value));
const count = (value: unknown): number =>
  Array.isArray(value) ? value.length : Number((value as { baskets?: number } | null)?.baskets ?? 0);
const baskets = (number: number, one: string, many: string) => (number === 1 ? `1 panier ${one}` : `${number} paniers ${many}`);

function sayStoredRequest(stored: unknown): string {
  const row = stored as {
    kind: RequestKind;
    year: number;
    week: number;
    to_year: number | null;
    to_week: number | null;
    until_year?: number | null;
    until_week?: number | null;
  };
  return sayRequest({ ...row, toYear: row.to_year, toWeek: row.to_week, untilYear: row.until_year, untilWeek: row.until_week });
}

/** How the trail of these tables is told. */
export const subscriptionTrail: Record<string, TableLabels> = {
  subscription: {
    name: 'Abonnement',
    right: 'subscriptions:read',
    columns: {
      product_id: { label: 'Panier', refers: true },
      slot_id: { label: 'Point de dépôt', refers: true },
      frequency: { label: 'Fréquence', say: (value) => frequencyLabels[value as Frequency] ?? String(value) },
      quantity: { label: 'Quantité' },
      price_cents: { label: 'Prix', say: euros },
      starts_on: { label: 'Début', say: day },
      ends_on: { label: 'Fin', say: day },
      billing_mode: { label: 'Règlement', say: (value) => sayBilling(value as BillingMode, null) },
      billing_count: { label: 'Paniers par règlement' },
    },
  },
  request: {
    name: 'Demande',
    right: 'subscriptions:read',
    columns: {},
    summary: ({ action, before, after }) => {
      if (action === 'insert') return `Demande : ${sayStoredRequest(after)}`;
      if (action === 'delete') return `Demande effacée : ${sayStoredRequest(before)}`;
      return (after as { withdrawn_at?: string | null })?.withdrawn_at ? 'Demande retirée' : 'Demande modifiée';
    },
  },
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
export const operationLabels: Record<'calendar' | 'slot_closing' | 'plan' | 'season' | 'renewal' | 'subscriptions', string> = {
  calendar: 'Calendrier',
  slot_closing: 'Point de dépôt',
  plan: 'Formule',
  season: 'Saison',
  renewal: 'Renouvellement',
  subscriptions: 'Abonnements',
};
