/** A right to change something (platform/access/rights.ts), which rules do not know. */
export type ChangeRight = `${string}:change`;

/** What a new garden does first, in order. What is done is read from what it holds: nothing is ticked by hand. */

export type StepKey =
  | 'record'
  | 'team'
  | 'baskets'
  | 'places'
  | 'season'
  | 'plans'
  | 'customers'
  | 'subscriptions'
  | 'legal'
  | 'bank'
  | 'letters'
  | 'site'
  | 'online';

export type Step = {
  key: StepKey;
  title: string;
  why: string;
  /** Within the garden's pages, and who may do it. */
  path: string;
  right: ChangeRight;
  /** The page of the handbook. */
  help: string;
  /** Baskets leave without it. */
  later: boolean;
};

const step = (key: StepKey, title: string, why: string, path: string, right: ChangeRight, help: string, later = false): Step => ({
  ...{ key, title, why, path, right, help, later },
});

export const firstSteps: readonly Step[] = [
  step(
    'record',
    'Compléter la fiche du jardin',
    'Son adresse et son téléphone paraissent sur les factures, les messages et le site.',
    '/reglages',
    'settings:change',
    'reglages',
  ),
  step(
    'team',
    'Inviter l’équipe',
    'Chacun se connecte avec sa propre adresse, et voit ce que son rôle permet.',
    '/equipe',
    'staff:change',
    'equipe-roles',
  ),
  step(
    'baskets',
    'Créer les paniers et leurs prix',
    'Petit, grand, œufs : tout ce qui s’abonne.',
    '/paniers',
    'catalogue:change',
    'reglages#les-paniers-et-les-autres-produits',
  ),
  step(
    'places',
    'Poser les tournées et les points de dépôt',
    'Où les paniers s’arrêtent, quel jour, et combien y tiennent.',
    '/tournees',
    'logistics:change',
    'tournees-depots',
  ),
  step(
    'season',
    'Ouvrir la saison',
    'Les semaines livrées, celles qui ne le sont pas, les jours fériés.',
    '/calendrier',
    'logistics:change',
    'calendrier-livraisons',
  ),
  step(
    'plans',
    'Décrire les formules',
    'Ce que vous proposez à l’abonnement, et ce que chacun peut demander.',
    '/formules',
    'catalogue:change',
    'formules',
  ),
  step(
    'customers',
    'Faire entrer les clients',
    'Déposez vos fichiers : Cocagne les reconnaît, et peut tout annuler.',
    '/imports',
    'imports:change',
    'importer',
  ),
  step(
    'subscriptions',
    'Faire entrer les abonnements',
    'Avec eux, les paniers de chaque semaine sont prévus.',
    '/abonnements',
    'subscriptions:change',
    'abonnements',
  ),
  step(
    'legal',
    'Dire qui facture',
    'Raison sociale, SIRET, mentions : sans eux, aucune facture ne part.',
    '/reglages',
    'settings:change',
    'factures#avant-la-premiere-facture',
    true,
  ),
  step(
    'bank',
    'Donner le compte en banque du jardin',
    'Pour les remises de chèques, les prélèvements et les relevés.',
    '/banque/comptes',
    'payments:change',
    'prelevements#une-fois-pour-toutes-le-compte-du-jardin',
    true,
  ),
  step(
    'letters',
    'Signer les messages',
    'De quelle adresse partent vos e-mails, et ce qu’on lit en bas.',
    '/messages/reglages',
    'messages:change',
    'messages',
    true,
  ),
  step(
    'site',
    'Publier les pages du jardin',
    'Vos paniers, vos dépôts, vos nouvelles, et l’inscription en ligne.',
    '/site',
    'site:change',
    'site-public',
    true,
  ),
  step(
    'online',
    'Se faire payer en ligne',
    'Avec HelloAsso ou Stripe, si vous le souhaitez.',
    '/paiements-en-ligne/reglages',
    'settings:change',
    'paiement-en-ligne',
    true,
  ),
];

export type StepState = Step & { done: boolean; mine: boolean };

/** The steps with what is done, and what this person may do. `left`: those without which no basket leaves. */
export function stepsOf(
  has: Record<StepKey, boolean>,
  may: (right: ChangeRight) => boolean,
): { steps: StepState[]; done: number; left: number } {
  const steps = firstSteps.map((one) => ({ ...one, done: has[one.key], mine: may(one.right) }));
  return { steps, done: steps.filter(({ done }) => done).length, left: steps.filter(({ done, later }) => !done && !later).length };
}
