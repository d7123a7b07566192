import { type Cents, formatEuros } from '#kernel/money.ts';

/** What was counted; null where the person may not know. */
export type Counts = {
  signups: number | null;
  exceptions: number | null;
  requests: number | null;
  waiting: number | null;
  fullSlots: number | null;
  failedMessages: number | null;
  onlineToRecord: number | null;
  rejected: number | null;
  referrals: number | null;
  undecided: number | null;
  lowEnvelopes: number | null;
  lateClaims: number | null;
  late: { customers: number; cents: Cents } | null;
};

export type Alert = {
  key: keyof Counts;
  count: number;
  /** A sentence that says what and how many: « 3 inscriptions à valider ». */
  text: string;
  /** Within the garden's pages. */
  path: string;
  tone: 'danger' | 'attention' | 'info';
};

type Said = { path: string; tone: Alert['tone']; one: string; many: string };

/** In the order of urgency: people who wait for an answer, money that is missing, what to keep an eye on. */
const said: Record<keyof Counts, Said> = {
  signups: { path: '/inscriptions', tone: 'attention', one: 'inscription à traiter', many: 'inscriptions à traiter' },
  exceptions: {
    path: '/demandes',
    tone: 'attention',
    one: 'demande d’exception attend votre réponse',
    many: 'demandes d’exception attendent votre réponse',
  },
  requests: {
    path: '/demandes/donnees',
    tone: 'attention',
    one: 'demande faite depuis « Mon compte »',
    many: 'demandes faites depuis « Mon compte »',
  },
  referrals: {
    path: '/solidarite/orientations',
    tone: 'attention',
    one: 'personne orientée attend votre réponse',
    many: 'personnes orientées attendent votre réponse',
  },
  undecided: {
    path: '/solidarite#a-decider',
    tone: 'danger',
    one: 'panier livré que personne ne paie : à décider',
    many: 'paniers livrés que personne ne paie : à décider',
  },
  lowEnvelopes: {
    path: '/solidarite',
    tone: 'danger',
    one: 'enveloppe solidaire presque vide',
    many: 'enveloppes solidaires presque vides',
  },
  lateClaims: {
    path: '/solidarite/demandes-de-paiement',
    tone: 'attention',
    one: 'demande à un financeur n’est pas payée à sa date',
    many: 'demandes à des financeurs ne sont pas payées à leur date',
  },
  onlineToRecord: {
    path: '/paiements-en-ligne?etat=a-enregistrer',
    tone: 'danger',
    one: 'paiement en ligne à enregistrer',
    many: 'paiements en ligne à enregistrer',
  },
  rejected: {
    path: '/soldes/rejets',
    tone: 'danger',
    one: 'paiement rejeté par la banque, à traiter',
    many: 'paiements rejetés par la banque, à traiter',
  },
  late: { path: '/soldes?solde=retard', tone: 'attention', one: 'client en retard', many: 'clients en retard' },
  failedMessages: {
    path: '/messages?etat=soucis',
    tone: 'attention',
    one: 'message n’est pas arrivé',
    many: 'messages ne sont pas arrivés',
  },
  waiting: { path: '/attente', tone: 'info', one: 'personne attend une place', many: 'personnes attendent une place' },
  fullSlots: { path: '/depots', tone: 'info', one: 'dépôt complet', many: 'dépôts complets' },
};

/** What deserves a look, in order; nothing for what is not there, or not known. */
export function alertsOf(counts: Counts): Alert[] {
  return (Object.keys(said) as (keyof Counts)[]).flatMap((key) => {
    const found = counts[key];
    const count = typeof found === 'object' ? (found?.customers ?? 0) : found;
    if (!count) return [];
    const { path, tone, one, many } = said[key];
    const sum = typeof found === 'object' && found ? `, ${formatEuros(found.cents)}` : '';
    return [{ key, count, path, tone, text: `${count} ${count > 1 ? many : one}${sum}` }];
  });
}
