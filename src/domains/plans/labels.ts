import { paymentLabels } from '#domains/customers/labels.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { FlexibleKind, Limit, Remedy } from './rules/flexibility.ts';
import type { OfferedFrequency, OfferRefusal } from './rules/offer.ts';
import { always } from './rules/price.ts';
import { sayWeeks, typedWeeks } from './rules/weeks.ts';
import type { billingModes, billingRhythms, PlanValues } from './schema.ts';

/** French names of what a plan says. */

export const offeredLabels: Record<OfferedFrequency, string> = {
  weekly: 'chaque semaine',
  fortnightly: 'une semaine sur deux',
  monthly: 'une fois par mois',
};

export const billingModeLabels: Record<(typeof billingModes)[number], { label: string; hint: string }> = {
  arrears: { label: 'À terme échu', hint: 'On règle ce qui a été livré.' },
  instalments: { label: 'En mensualités fixes', hint: 'Le prix de la période est partagé en parts égales.' },
  prepaid: { label: 'Payé d’avance', hint: 'On règle quelques paniers avant de les recevoir, puis on ajuste sur ce qui a été reçu.' },
  pack: { label: 'Carnet', hint: 'On achète un nombre de paniers en une fois ; le carnet suivant se règle quand il est fini.' },
};

export const billingRhythmLabels: Record<(typeof billingRhythms)[number], string> = {
  delivery: 'à chaque livraison',
  month: 'chaque mois',
  quarter: 'chaque trimestre',
  half_year: 'chaque semestre',
  year: 'chaque année',
  once: 'en une fois',
};

export const flexibleLabels: Record<FlexibleKind, { label: string; hint: string }> = {
  cancel: { label: 'Annuler un panier', hint: '« Je serai absente cette semaine-là. »' },
  postpone: { label: 'Reporter un panier', hint: 'Le recevoir une autre semaine, avant ou après.' },
  double: { label: 'Doubler un panier', hint: 'En recevoir un de plus, une semaine.' },
  move: { label: 'Changer de dépôt ou de jour', hint: 'Pour une semaine ou quelques-unes.' },
  gift: { label: 'Offrir un panier', hint: 'Il reste payé et va à quelqu’un d’autre.' },
};

export const remedyLabels: Record<Remedy, { label: string; hint: string }> = {
  none: { label: 'Rien', hint: 'Un panier annulé est simplement annulé.' },
  credit: { label: 'Un avoir', hint: 'Son prix est déduit de ce qui reste à régler.' },
  counter: { label: 'Un panier à rattraper', hint: 'Il s’ajoute au compteur « à rattraper » avant la fin de l’abonnement.' },
  make_up_date: {
    label: 'Une autre date, tout de suite',
    hint: 'Pas d’annulation seule : la personne choisit la semaine où elle recevra le panier.',
  },
};

const join = (parts: readonly string[], last = 'et'): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1)}`;

/** « chaque semaine ou une fois par mois » */
export const sayFrequencies = (frequencies: readonly OfferedFrequency[]): string =>
  join(
    frequencies.map((one) => offeredLabels[one]),
    'ou',
  );

const briefLabels: Record<OfferedFrequency, string> = { weekly: 'semaine', fortnightly: 'quinzaine', monthly: 'mois' };
/** « semaine, quinzaine, mois »: where a line of a list has no room. */
export const briefFrequencies = (frequencies: readonly OfferedFrequency[]): string => frequencies.map((one) => briefLabels[one]).join(', ');

/** « par période », « 12 ou 24 paniers » */
export const sayCounts = (counts: readonly number[]): string =>
  counts.length ? `${join(counts.map(String), 'ou')} paniers` : 'par période';

/** « de 2 à 4 », « 1 au moins » */
export const sayQuantity = (min: number, max: number | null): string =>
  max === null ? (min > 1 ? `${min} au moins` : 'autant qu’on veut') : min === max ? String(min) : `de ${min} à ${max}`;

/** « payé d’avance par 4 paniers, chaque mois » */
export function sayPlanBilling({
  billingMode,
  billingCount,
  billingRhythm,
}: Pick<PlanValues, 'billingMode' | 'billingCount' | 'billingRhythm'>): string {
  const mode = billingModeLabels[billingMode].label.toLowerCase();
  if (billingMode === 'pack') return billingCount ? `carnet de ${billingCount} paniers` : 'carnet';
  if (billingMode === 'instalments') return billingCount ? `en ${billingCount} mensualités fixes` : mode;
  const by = billingMode === 'prepaid' && billingCount ? ` par ${billingCount} paniers` : '';
  return `${mode}${by}, ${billingRhythmLabels[billingRhythm]}`;
}

/** « depuis toujours », « depuis le 1er janvier 2026 » */
export const sayPriceStart = (startsOn: Day, today: Day): string =>
  startsOn === always
    ? 'depuis le début'
    : `${startsOn <= today ? 'depuis le' : 'à partir du'} ${sayDayAndYear(startsOn).replace(/^\S+ /, '')}`;

/** « 07-01 » → « 01/07 », as it is typed. */
const yearDay = (text: string): string => text.split('-').reverse().join('/');

const limitedNames = { cancel: 'annulations', postpone: 'reports' } as const;
/** « 3 annulations et reports au plus du 01/07 au 31/08 » */
export const sayLimit = ({ from, until, kinds, max }: Limit): string =>
  `${max === 0 ? 'pas d’' : `${max} `}${join(kinds.map((kind) => limitedNames[kind]))}${max === 0 ? '' : ' au plus'} du ${yearDay(from)} au ${yearDay(until)}`;

export function sayOfferRefusal(refusal: OfferRefusal): string {
  switch (refusal.why) {
    case 'archived':
      return 'Cette formule n’est plus proposée.';
    case 'reserved':
      return `Cette formule est réservée à : ${refusal.categories.join(', ')}.`;
    case 'frequency':
      return `Cette formule est livrée ${sayFrequencies(refusal.offered)} : choisissez une de ces fréquences.`;
    case 'too_few':
      return `Pas moins de ${refusal.min} dans cette formule.`;
    case 'too_many':
      return `Pas plus de ${refusal.max} dans cette formule.`;
    case 'by_count':
      return `Cette formule se prend par ${sayCounts(refusal.counts)} : choisissez un de ces nombres.`;
    case 'by_period':
      return 'Cette formule se prend pour une période, pas pour un nombre de paniers.';
  }
}

/** Fields of the form that are told one by one. `limits` stands for the rows of limits. */
export type PlanField = Exclude<keyof PlanValues, 'flexibility'> | 'allowed' | 'cutoffHours' | 'remedy' | 'postponeWeeks' | 'limits';

export const planLabels: Record<PlanField, string> = {
  name: 'Nom de la formule',
  description: 'Présentation',
  productId: 'Produit',
  seasonId: 'Saison',
  frequencies: 'Fréquences proposées',
  basketCounts: 'Nombres de paniers',
  weeks: 'Semaines livrées',
  billingMode: 'Règlement',
  billingCount: 'Par combien de paniers ou de parts',
  billingRhythm: 'Rythme du règlement',
  paymentMethods: 'Moyens de paiement',
  membershipRequired: 'Adhésion demandée',
  depositCents: 'Caution',
  containerFeeCents: 'Frais de contenant',
  trialBaskets: 'Paniers d’essai',
  tacitRenewal: 'Tacite reconduction',
  noticeDays: 'Préavis',
  allowed: 'Ce que les clients peuvent demander',
  cutoffHours: 'Demander jusqu’à',
  remedy: 'Ce que devient un panier annulé',
  postponeWeeks: 'Reporter au plus de',
  limits: 'Limites',
  categories: 'Réservée à',
  minQuantity: 'Quantité minimum',
  maxQuantity: 'Quantité maximum',
  position: 'Place dans les listes',
};

const yes = (value: boolean) => (value ? 'oui' : 'non');

/** Each field of a plan as people read it; '' when it says nothing. @param names of its product and its season. */
export function tellPlan(plan: PlanValues, names: { product: string; season: string | null }): Record<PlanField, string> {
  const { flexibility: rules } = plan;
  return {
    name: plan.name,
    description: plan.description,
    productId: names.product,
    seasonId: names.season ?? 'toute l’année',
    frequencies: sayFrequencies(plan.frequencies),
    basketCounts: sayCounts(plan.basketCounts),
    weeks: sayWeeks(plan.weeks),
    billingMode: billingModeLabels[plan.billingMode].label,
    billingCount: plan.billingCount === null ? '' : String(plan.billingCount),
    billingRhythm: billingRhythmLabels[plan.billingRhythm],
    paymentMethods: plan.paymentMethods.length ? plan.paymentMethods.map((one) => paymentLabels[one]).join(', ') : 'tous',
    membershipRequired: yes(plan.membershipRequired),
    depositCents: plan.depositCents ? formatEuros(plan.depositCents) : '',
    containerFeeCents: plan.containerFeeCents ? formatEuros(plan.containerFeeCents) : '',
    trialBaskets: plan.trialBaskets === null ? '' : `${plan.trialBaskets} paniers`,
    tacitRenewal: yes(plan.tacitRenewal),
    noticeDays: `${plan.noticeDays} jours`,
    allowed: rules.allowed.length ? rules.allowed.map((kind) => flexibleLabels[kind].label.toLowerCase()).join(', ') : 'rien',
    cutoffHours: rules.cutoffHours === null ? 'la limite du jardin' : `${rules.cutoffHours} h avant la préparation`,
    remedy: remedyLabels[rules.remedy].label.toLowerCase(),
    postponeWeeks: rules.postponeWeeks === null ? 'sans limite' : `${rules.postponeWeeks} semaines`,
    limits: rules.limits.map(sayLimit).join(' ; '),
    categories: plan.categories.length ? plan.categories.join(', ') : 'tout le monde',
    minQuantity: String(plan.minQuantity),
    maxQuantity: plan.maxQuantity === null ? 'sans limite' : String(plan.maxQuantity),
    position: String(plan.position),
  };
}

const comma = (cents: number): string => (cents === 0 ? '' : (cents / 100).toFixed(2).replace('.', ','));
const text = (number: number | null): string => (number === null ? '' : String(number));

/** A plan as its form shows it: each field as it is typed. */
export function typedPlan(plan: PlanValues): Record<string, string | string[]> {
  const { flexibility: rules } = plan;
  const limits = rules.limits.flatMap(({ from, until, kinds, max }, index): [string, string][] => [
    [`limit${index + 1}From`, yearDay(from)],
    [`limit${index + 1}Until`, yearDay(until)],
    [`limit${index + 1}Kinds`, kinds.length > 1 ? 'both' : kinds[0]!],
    [`limit${index + 1}Max`, String(max)],
  ]);
  return {
    name: plan.name,
    description: plan.description,
    productId: String(plan.productId),
    seasonId: text(plan.seasonId),
    frequencies: plan.frequencies,
    basketCounts: plan.basketCounts.join(', '),
    weeks: typedWeeks(plan.weeks),
    billingMode: plan.billingMode,
    billingCount: text(plan.billingCount),
    billingRhythm: plan.billingRhythm,
    paymentMethods: plan.paymentMethods,
    membershipRequired: plan.membershipRequired ? 'oui' : '',
    depositCents: comma(plan.depositCents),
    containerFeeCents: comma(plan.containerFeeCents),
    trialBaskets: text(plan.trialBaskets),
    tacitRenewal: plan.tacitRenewal ? 'oui' : '',
    noticeDays: String(plan.noticeDays),
    allowed: rules.allowed,
    cutoffHours: text(rules.cutoffHours),
    remedy: rules.remedy,
    postponeWeeks: text(rules.postponeWeeks),
    ...Object.fromEntries(limits),
    categories: plan.categories,
    minQuantity: String(plan.minQuantity),
    maxQuantity: text(plan.maxQuantity),
    position: String(plan.position),
  };
}
