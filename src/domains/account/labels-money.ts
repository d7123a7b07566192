import { type Day, sayDay, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import type { DocumentState } from './rules/money-due.ts';

/** French words of the account's pages about money and oneself. */

export const documentStates: Record<DocumentState, { label: string; tone: 'good' | 'attention' | 'danger' | 'info' | 'neutral' }> = {
  paid: { label: 'Réglée', tone: 'good' },
  to_pay: { label: 'À régler', tone: 'info' },
  partly: { label: 'Réglée en partie', tone: 'info' },
  late: { label: 'En retard', tone: 'attention' },
  credit: { label: 'Avoir', tone: 'neutral' },
};

/** Why people stop, as they say it of themselves. Nobody has to say. */
export const ownReasons = [
  'Je déménage',
  'C’est trop cher pour moi',
  'J’ai trop de légumes',
  'Le contenu du panier ne me convient pas',
  'Les horaires ou le dépôt ne me conviennent pas',
  'J’ai mon potager',
  'Ma santé, ma famille',
  'Une autre raison',
] as const;

/** What the garden reads as the reason of an end: « Par le client : je déménage ». */
export const sayOwnReason = (reason: string): string =>
  reason === '' ? 'Par le client' : `Par le client : ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
/** The customer says no to a renewal. */
export const notRenewed = 'Par le client : ne renouvelle pas';
export const isOwnReason = (reason: string): boolean => reason.startsWith('Par le client');

/** A remark of a renewal, as it is said to whom it is about. */
export function sayRemark(remark: string): string {
  const said = remark
    .replace(/^sa formule/, 'votre formule')
    .replace(/^a déjà/, 'vous avez déjà')
    .replace(/^son prix/, 'votre prix')
    .replace('le sien est gardé', 'le vôtre est gardé')
    .replace('commencera à son paiement', 'il commencera dès votre premier règlement')
    .replace('commencera à son contrat signé', 'il commencera une fois votre contrat signé');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

export const depositLabels = {
  back: { label: 'Me la rendre', told: 'à rendre' },
  gift: { label: 'La laisser au jardin, en don', told: 'laissée au jardin' },
} as const;

/** « le jeudi 4 décembre, 25,20 € » */
export const sayDebit = ({ dueOn, cents }: { dueOn: Day; cents: number }): string => `le ${sayDay(dueOn)}, ${formatEuros(cents)}`;

export const requestStates = {
  open: { label: 'À traiter', tone: 'attention' },
  done: { label: 'Fait', tone: 'good' },
  refused: { label: 'Refusé', tone: 'neutral' },
  withdrawn: { label: 'Retiré par le client', tone: 'neutral' },
} as const;

const day = (value: unknown) => sayDayAndYear(String(value));
const state = (value: unknown) => requestStates[value as keyof typeof requestStates]?.label ?? String(value);

/** How the trail of these tables is told. */
export const accountTrail: Record<string, TableLabels> = {
  household_member: {
    name: 'Personne du foyer',
    right: 'customers:read',
    columns: { name: { label: 'Nom' }, phone: { label: 'Téléphone' } },
  },
  address_change: {
    name: 'Changement d’adresse e-mail',
    right: 'customers:read',
    columns: {
      email: { label: 'Nouvelle adresse' },
      confirmed_at: { label: 'Confirmée', say: (value) => (value ? 'oui' : 'non'), empty: 'non' },
      withdrawn_at: { label: 'Abandonnée', say: (value) => (value ? 'oui' : 'non'), empty: 'non' },
    },
  },
  account_request: {
    name: 'Demande du compte client',
    right: 'customers:read',
    columns: {
      kind: { label: 'Demande', say: (value) => (value === 'ending' ? 'résiliation' : 'effacer ses données') },
      ends_on: { label: 'Dernier jour', say: day },
      reason: { label: 'Raison' },
      note: { label: 'Précision' },
      deposit: { label: 'Caution', say: (value) => depositLabels[value as keyof typeof depositLabels]?.told ?? String(value) },
      state: { label: 'État', say: state },
      answer: { label: 'Réponse' },
    },
  },
};

/** « du 22/11/2025 » */
export const ofDay = (on: Day): string => `du ${shortDay(on)}`;
