import type { Axis } from './rules/sales.ts';

/** French words of accounting. */
export const journalWords: Record<string, string> = {
  AN: 'À-nouveaux',
  VE: 'Ventes',
  BQ: 'Banque',
  CA: 'Caisse',
  OD: 'Opérations diverses',
};

export const entryLabels = { journal: 'Journal', day: 'Date', label: 'Libellé', document: 'Pièce' };

export const axisLabels: Record<Axis, { label: string; nowhere: string }> = {
  month: { label: 'Mois', nowhere: '' },
  product: { label: 'Produit', nowhere: '' },
  activity: { label: 'Activité', nowhere: 'Sans activité' },
  tour: { label: 'Tournée', nowhere: 'Sans tournée' },
  depot: { label: 'Point de dépôt', nowhere: 'Sans dépôt' },
};

export const closingLabels = { day: 'Jour', month: 'Mois', year: 'Exercice' } as const;

/** 550 → « 5,5 % » */
export const sayRate = (basisPoints: number): string => `${String(basisPoints / 100).replace('.', ',')} %`;

/** What an entry was made from, as people say it; null when somebody wrote it by hand. */
export function saySource(source: string | null): string | null {
  const kind = source?.split(':')[0] ?? '';
  const words: Record<string, string> = {
    document: 'une facture ou un avoir',
    payment: 'un encaissement',
    remittance: 'une remise en banque',
    taking: 'un marché',
    opening: 'un solde repris',
    consumption: 'les paniers livrés du mois',
    result: 'la clôture de l’exercice',
  };
  return source === null || kind === 'manual' ? null : (words[kind] ?? 'une autre opération');
}
