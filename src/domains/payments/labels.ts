import type { MethodKind, PaymentState } from './rules/states.ts';

/** French names of payments, ways of paying, slips and markets. */

type Tone = 'neutral' | 'good' | 'attention' | 'danger' | 'info';

export const stateLabels: Record<PaymentState, { one: string; out: string; hint: string; tone: Tone }> = {
  expected: { one: 'Attendu', out: 'À rendre', hint: 'Annoncé, pas encore reçu.', tone: 'info' },
  scheduled: { one: 'En cours à la banque', out: 'En cours à la banque', hint: 'Remis à la banque, pas encore confirmé.', tone: 'info' },
  uncertain: { one: 'À vérifier', out: 'À vérifier', hint: 'On ne sait pas encore s’il est bon : il ne compte pas.', tone: 'attention' },
  paid: { one: 'Reçu', out: 'Rendu', hint: 'Il compte dans le solde du client.', tone: 'good' },
  rejected: { one: 'Rejeté', out: 'Rejeté', hint: 'Refusé par la banque : il ne compte plus.', tone: 'danger' },
  cancelled: { one: 'Annulé', out: 'Annulé', hint: 'Une erreur : il ne compte plus.', tone: 'neutral' },
};

export const sayState = ({ state, direction }: { state: PaymentState; direction: 'in' | 'out' }): string =>
  direction === 'out' ? stateLabels[state].out : stateLabels[state].one;

export const kindLabels: Record<MethodKind, string> = {
  direct_debit: 'Prélèvement',
  cheque: 'Chèque',
  card: 'Carte bancaire',
  cash: 'Espèces',
  transfer: 'Virement',
  meal_voucher: 'Titres-restaurant',
  local_currency: 'Monnaie locale',
  other: 'Autre',
};

/** What a slip is called, and what it counts: « Remise de chèques », « 12 chèques ». */
export const slipLabels: Record<MethodKind, { of: string; one: string; many: string }> = {
  direct_debit: { of: 'de prélèvements', one: 'prélèvement', many: 'prélèvements' },
  cheque: { of: 'de chèques', one: 'chèque', many: 'chèques' },
  card: { of: 'de cartes', one: 'paiement', many: 'paiements' },
  cash: { of: 'd’espèces', one: 'règlement', many: 'règlements' },
  transfer: { of: 'de virements', one: 'virement', many: 'virements' },
  meal_voucher: { of: 'de titres-restaurant', one: 'règlement', many: 'règlements' },
  local_currency: { of: 'de monnaie locale', one: 'règlement', many: 'règlements' },
  other: { of: '', one: 'règlement', many: 'règlements' },
};

export const slipStates: Record<'made' | 'deposited' | 'undone', { one: string; tone: Tone }> = {
  made: { one: 'Prête, à déposer', tone: 'attention' },
  deposited: { one: 'Déposée', tone: 'good' },
  undone: { one: 'Défaite', tone: 'neutral' },
};

export const methodLabels = {
  name: 'Nom',
  kind: 'Ce que c’est',
  account: 'Compte',
  remitted: 'Remis à la banque avec un bordereau',
  position: 'Place dans les listes',
};

export const paymentLabels = {
  customer: 'Client',
  method: 'Moyen de paiement',
  amount: 'Montant',
  day: 'Date',
  state: 'Où en est-il ?',
  reference: 'Numéro',
  bank: 'Banque',
  document: 'Paie d’abord',
  note: 'Remarque',
  total: 'Total attendu',
  reason: 'Motif',
  fee: 'Frais demandés au client',
  beyond: 'Rendre plus que son avance',
};

/** Which way of paying a customer's usual one is. */
export const usualKind = (method: string | null): MethodKind | null =>
  method === 'voucher' ? 'meal_voucher' : method !== null && method in kindLabels ? (method as MethodKind) : null;
