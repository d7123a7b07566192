import { shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import type { ChargeKind } from './rules/charge.ts';
import type { MembershipTerms } from './rules/membership.ts';
import type { MembershipTypeValues } from './schema-memberships.ts';
import type { moveKinds } from './schema-returnables.ts';

export const chargeKindLabels: Record<ChargeKind, string> = {
  membership: 'Adhésion',
  container_fee: 'Frais de contenant',
  deposit: 'Caution',
  deposit_back: 'Caution rendue',
  delivery_fee: 'Frais de livraison',
  extra: 'Supplément',
  discount: 'Remise',
  rejection_fee: 'Frais de rejet',
  gift: 'Don au jardin',
  other: 'Autre',
};

export const chargeKindHints: Partial<Record<ChargeKind, string>> = {
  extra: 'Quelque chose en plus : des œufs, un bouquet…',
  discount: 'Le jardin enlève ce montant de ce que doit le client.',
  delivery_fee: 'Une livraison chez le client, par exemple.',
  container_fee: 'Un contenant qui n’est pas rendu.',
  deposit: 'Une somme que le jardin rendra.',
  deposit_back: 'Le jardin rend la somme.',
  other: 'Ce qui n’entre dans aucune case.',
};

export const chargeLabels = {
  kind: 'Ce que c’est',
  label: 'Ce qui sera écrit sur la facture',
  quantity: 'Quantité',
  unitPriceCents: 'Prix de l’unité',
  vatIncluded: 'Ce prix est',
  vatBasisPoints: 'TVA',
  account: 'Compte',
  activity: 'Activité',
  subscriptionId: 'Combien de fois',
  billOn: 'À partir du',
  untilOn: 'Jusqu’au',
  note: 'Précision, écrite sous la ligne',
};

/** Rates of VAT in France (CGI, articles 278 to 281 octies), in basis points. */
export const vatRates = [
  { value: 550, label: '5,5 % (alimentation)' },
  { value: 1000, label: '10 %' },
  { value: 2000, label: '20 %' },
  { value: 210, label: '2,1 %' },
  { value: 0, label: 'Sans TVA' },
] as const;

export const membershipLabels: Record<keyof MembershipTypeValues | 'pricing', string> = {
  name: 'Nom',
  amountCents: 'Prix',
  period: 'Dure',
  yearStarts: 'Début de l’année',
  pricing: 'Quand on adhère en cours d’année',
  steps: 'Prix en cours d’année',
  account: 'Compte',
  position: 'Rang dans la liste',
};

export const monthNames = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];

/** « 09-01 » → « 1er septembre ». */
export function sayMonthDay(monthDay: string): string {
  const [month, day] = monthDay.split('-').map(Number) as [number, number];
  return `${day === 1 ? '1er' : day} ${monthNames[month - 1]}`;
}

/** « du 1er janvier au 31 décembre », « un an à partir du jour d’adhésion ». */
export const sayPeriod = ({ period, yearStarts }: Pick<MembershipTerms, 'period' | 'yearStarts'>): string =>
  period === 'anniversary' ? 'un an à partir du jour d’adhésion' : `une année qui commence le ${sayMonthDay(yearStarts)}`;

/** « 10,00 € à partir du 1er juillet »; '' when the price is whole. */
export const saySteps = ({ steps }: Pick<MembershipTerms, 'steps'>): string =>
  steps.map(({ from, amountCents }) => `${formatEuros(amountCents)} à partir du ${sayMonthDay(from)}`).join(', ');

export const moveLabels: Record<(typeof moveKinds)[number], string> = { lent: 'Confié', returned: 'Rendu', given: 'Laissé au jardin' };

/** A balance in words, never a sign alone: above zero the customer owes. */
export const sayBalance = (cents: Cents): string =>
  cents > 0 ? `${formatEuros(cents)} à régler` : cents < 0 ? `${formatEuros(-cents)} d’avance` : 'À jour';

const day = (value: unknown) => shortDay(String(value));
const euros = (value: unknown) => formatEuros(Number(value));
const number = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 3 });
export const sayQuantity = (thousandths: number): string => number.format(thousandths / 1000).replace('-', '−');

/** How the trail of charges, kinds of membership and containers is told. */
export const chargesTrail: Record<string, TableLabels> = {
  charge: {
    name: 'Ligne à facturer',
    right: 'billing:read',
    columns: {
      kind: { label: chargeLabels.kind, say: (value) => chargeKindLabels[value as ChargeKind] ?? String(value) },
      label: { label: 'Libellé' },
      quantity_milli: { label: chargeLabels.quantity, say: (value) => sayQuantity(Number(value)) },
      unit_price_cents: { label: chargeLabels.unitPriceCents, say: euros },
      bill_on: { label: chargeLabels.billOn, say: day },
      until_on: { label: chargeLabels.untilOn, say: day },
      note: { label: 'Précision' },
      withdrawn_at: { label: 'Retirée', say: (value) => (value ? 'oui' : 'non'), empty: 'non' },
    },
  },
  membership_type: {
    name: 'Type d’adhésion',
    right: 'billing:read',
    columns: {
      name: { label: membershipLabels.name },
      amount_cents: { label: membershipLabels.amountCents, say: euros },
      period: {
        label: membershipLabels.period,
        say: (value) => (value === 'anniversary' ? 'un an à partir du jour d’adhésion' : 'une année fixe'),
      },
      year_starts: { label: membershipLabels.yearStarts, say: (value) => sayMonthDay(String(value)) },
      steps: { label: membershipLabels.steps, say: (value) => saySteps({ steps: value as MembershipTerms['steps'] }) || 'le prix entier' },
      account: { label: membershipLabels.account },
      position: { label: membershipLabels.position },
      archived_at: { label: 'Archivé', say: (value) => (value ? 'oui' : 'non'), empty: 'non' },
    },
  },
  returnable: {
    name: 'Contenant consigné',
    right: 'billing:read',
    columns: {
      name: { label: 'Nom' },
      deposit_cents: { label: 'Consigne', say: euros },
      position: { label: 'Rang dans la liste' },
      archived_at: { label: 'Archivé', say: (value) => (value ? 'oui' : 'non'), empty: 'non' },
    },
  },
};
