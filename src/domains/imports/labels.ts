import type { IgnoredKind, RecognisedKind } from './rules/model.ts';

/** What each kind of file holds, as a heading or a choice in a list. */
export const kindLabels: Record<RecognisedKind, string> = {
  tours: 'Tournées',
  depots: 'Points de dépôt',
  products: 'Formules (paniers)',
  calendar: 'Calendrier des livraisons',
  customers: 'Clients et adhérents',
  subscriptions: 'Abonnements',
  requests: 'Demandes (absences et reports)',
  composition: 'Composition des paniers',
};

/** Why a file that was recognised is left aside. */
export const ignoredReasons: Record<IgnoredKind, string> = {
  composition: 'La composition des paniers ne s’importe pas encore : ce fichier est laissé de côté.',
};

/** Why a file nobody recognises is left aside, and what to do. */
export const unknownFileReason =
  'Ses colonnes ne ressemblent à aucun fichier connu. Dites ce que contient ce fichier, puis associez ses colonnes.';

/** What has become of a batch, in a word. A proposal that was given up is no import that was taken back. */
export function sayState(batch: { state: 'proposed' | 'applied' | 'undone'; appliedAt: Date | null }): {
  word: string;
  tone: 'attention' | 'good' | 'neutral';
} {
  if (batch.state === 'applied') return { word: 'Importé', tone: 'good' };
  if (batch.state === 'proposed') return { word: 'À vérifier', tone: 'attention' };
  return { word: batch.appliedAt ? 'Annulé' : 'Abandonné', tone: 'neutral' };
}
