import { event } from './event.ts';

/** What customers decide by themselves of their subscriptions and their account. */
export const self = {
  termination_withdrawn: event({
    family: 'Abonnement',
    name: 'Arrêt d’abonnement annulé',
    when: 'Quand un client qui avait arrêté son abonnement change d’avis dans « Mon compte ».',
    kind: 'service',
    blanks: {
      formule: { says: 'ce que donne l’abonnement', sample: '1 panier famille chaque semaine' },
      fin: { says: 'le jour où il se termine', sample: 'jeudi 31 décembre 2026' },
    },
    subject: 'Votre abonnement continue',
    body: `Bonjour {{ prenom }},

Bonne nouvelle : votre abonnement ({{ formule }}) continue comme avant, jusqu’au **{{ fin }}**.

À bientôt au dépôt !`,
  }),
  renewal_done: event({
    family: 'Abonnement',
    name: 'Abonnement renouvelé',
    when: 'Quand un client renouvelle son abonnement dans « Mon compte », ou quand le jardin le renouvelle et coche « Prévenir ».',
    kind: 'service',
    blanks: {
      formule: { says: 'ce que donne l’abonnement', sample: '1 panier famille chaque semaine' },
      debut: { says: 'son premier jour', sample: 'vendredi 1 janvier 2027' },
      fin: { says: 'son dernier jour', sample: 'vendredi 31 décembre 2027' },
      prix: { says: 'le prix d’un panier', sample: '12,80 €' },
    },
    subject: 'C’est reparti pour une saison',
    body: `Bonjour {{ prenom }},

Merci de continuer avec nous ! Votre abonnement ({{ formule }}) est renouvelé **du {{ debut }} au {{ fin }}**, à {{ prix }} le panier.

[Voir mon abonnement]({{ mon_compte }}/abonnements)

À bientôt !`,
  }),
  account_changed: event({
    family: 'Argent',
    name: 'Compte bancaire changé',
    when: 'Quand un client change dans « Mon compte » le compte qui est prélevé.',
    kind: 'service',
    blanks: {
      mandat: { says: 'la référence du mandat', sample: 'COC-1042-1' },
      compte: { says: 'la fin du nouveau compte', sample: '•••• 4521' },
    },
    subject: 'Votre compte bancaire a changé',
    body: `Bonjour {{ prenom }},

Vos prélèvements se feront désormais sur le compte {{ compte }}, avec le même mandat ({{ mandat }}).

Ce n’est pas vous ? Répondez à ce message{% if telephone %} ou appelez-nous au {{ telephone }}{% endif %} : rien ne sera prélevé avant que ce soit réglé.`,
  }),
};
