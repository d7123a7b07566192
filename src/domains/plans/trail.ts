import { paymentLabels } from '#domains/customers/labels.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import {
  billingModeLabels,
  billingRhythmLabels,
  flexibleLabels,
  planLabels,
  remedyLabels,
  sayCounts,
  sayFrequencies,
  sayLimit,
} from './labels.ts';
import { readFlexibility } from './rules/flexibility.ts';
import type { OfferedFrequency } from './rules/offer.ts';
import { always } from './rules/price.ts';
import { sayWeeks } from './rules/weeks.ts';

const euros = (value: unknown) => formatEuros(Number(value));
const yes = (value: unknown) => (value ? 'oui' : 'non');
const list = (value: unknown) => value as string[];
const day = (value: unknown) => sayDayAndYear(value as Day);
const has = <K extends string>(labels: Record<K, unknown>, value: unknown): value is K => String(value) in labels;

function sayFlexibility(value: unknown): string {
  const rules = readFlexibility(value);
  const parts = [
    rules.allowed.length ? rules.allowed.map((kind) => flexibleLabels[kind].label.toLowerCase()).join(', ') : 'rien n’est permis',
    rules.cutoffHours === null ? '' : `jusqu’à ${rules.cutoffHours} h avant la préparation`,
    `un panier annulé donne : ${remedyLabels[rules.remedy].label.toLowerCase()}`,
    rules.postponeWeeks === null ? '' : `report de ${rules.postponeWeeks} semaines au plus`,
    ...rules.limits.map(sayLimit),
  ];
  return parts.filter(Boolean).join(' ; ');
}

/** How the trail of plans, their prices and seasons is told. */
export const planTrail: Record<string, TableLabels> = {
  plan: {
    name: 'Formule',
    right: 'catalogue:read',
    columns: {
      name: { label: planLabels.name },
      description: { label: planLabels.description },
      product_id: { label: planLabels.productId, refers: true },
      season_id: { label: planLabels.seasonId, refers: true, empty: 'toute l’année' },
      frequencies: { label: planLabels.frequencies, say: (value) => sayFrequencies(list(value) as OfferedFrequency[]) },
      basket_counts: { label: planLabels.basketCounts, say: (value) => sayCounts(value as number[]) },
      weeks: { label: planLabels.weeks, say: (value) => sayWeeks(value as number[]), empty: 'toute l’année' },
      billing_mode: {
        label: planLabels.billingMode,
        say: (value) => (has(billingModeLabels, value) ? billingModeLabels[value].label : String(value)),
      },
      billing_count: { label: planLabels.billingCount },
      billing_rhythm: {
        label: planLabels.billingRhythm,
        say: (value) => (has(billingRhythmLabels, value) ? billingRhythmLabels[value] : String(value)),
      },
      payment_methods: {
        label: planLabels.paymentMethods,
        say: (value) =>
          list(value)
            .map((one) => (has(paymentLabels, one) ? paymentLabels[one] : one))
            .join(', ') || 'tous',
      },
      membership_required: { label: planLabels.membershipRequired, say: yes },
      deposit_cents: { label: planLabels.depositCents, say: euros },
      container_fee_cents: { label: planLabels.containerFeeCents, say: euros },
      trial_baskets: { label: planLabels.trialBaskets },
      tacit_renewal: { label: planLabels.tacitRenewal, say: yes },
      notice_days: { label: planLabels.noticeDays, say: (value) => `${value} jours` },
      flexibility: { label: 'Flexibilité', say: sayFlexibility },
      categories: { label: planLabels.categories, say: (value) => list(value).join(', ') || 'tout le monde' },
      min_quantity: { label: planLabels.minQuantity },
      max_quantity: { label: planLabels.maxQuantity, empty: 'sans limite' },
      position: { label: planLabels.position },
      archived_at: { label: 'Archivée', say: () => 'oui', empty: 'non' },
    },
  },
  plan_price: {
    name: 'Prix de la formule',
    right: 'catalogue:read',
    columns: {
      starts_on: { label: 'À partir du', say: (value) => (value === always ? 'début' : day(value)) },
      price_cents: { label: 'Prix', say: euros },
    },
  },
  season: {
    name: 'Saison',
    right: 'logistics:read',
    columns: { name: { label: 'Nom' }, starts_on: { label: 'Début', say: day }, ends_on: { label: 'Fin', say: day } },
  },
};
