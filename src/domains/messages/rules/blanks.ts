import type { Blank } from './event.ts';

/** Blanks that several occasions share: what each stands for and looks like is said here once. One of a single occasion stands in its event. */

const blank = <const B extends Blank>(one: B): B => one;

export const formule = blank({ says: 'le panier : combien, lequel et quand', sample: '1 panier famille chaque semaine' });
export const depot = blank({ says: 'le lieu et le jour de retrait', sample: 'Mairie de Woippy, le jeudi' });
export const debut = blank({ says: 'le premier jour', sample: 'jeudi 3 décembre' });
export const fin = blank({ says: 'le dernier jour', sample: 'jeudi 31 décembre' });
export const prix = blank({ says: 'le prix d’un panier', sample: '12,80 €' });
export const resume = blank({
  says: 'ce qui a été choisi, ligne par ligne',
  sample: ['48 paniers à 12,50 €', 'Adhésion : 15,00 €', 'Prélèvement le 5 du mois'],
});
export const message = blank({ says: 'ce que le jardin ajoute, s’il ajoute quelque chose', sample: 'Pensez à apporter votre sac.' });
/** In the place of the usual text, where the garden wrote something. */
export const autrement = blank({ says: 'ce que le jardin écrit à la place du texte habituel', sample: '' });
export const raison = blank({ says: 'pourquoi, si c’est connu', sample: 'Congés de fin d’année' });
export const lien = blank({ says: 'l’adresse sur laquelle appuyer', sample: 'https://paniers.exemple/suite' });
export const jusquau = blank({ says: 'jusqu’à quel jour', sample: 'dimanche 6 décembre' });

export const montant = blank({ says: 'le montant', sample: '41,40 €' });
export const jour = blank({ says: 'le jour', sample: 'lundi 7 décembre' });
export const pour = blank({ says: 'ce qu’il paie', sample: ['Facture F2026-0412 : 41,40 €'] });
export const mandat = blank({ says: 'la référence du mandat', sample: 'COC-1042-1' });
export const compte = blank({ says: 'la fin du compte', sample: 'FR76 … 4521' });
export const ics = blank({ says: 'l’identifiant créancier du jardin', sample: 'FR12ZZZ123456' });
