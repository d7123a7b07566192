import { compte, debut, fin, formule, mandat, prix } from './blanks.ts';
import { event } from './event.ts';

/** What customers decide by themselves of their subscriptions and their account. */
export const self = {
  termination_withdrawn: event({
    family: 'Abonnement',
    name: 'Arrêt d’abonnement annulé',
    when: 'Quand un client qui avait arrêté son abonnement change d’avis dans « Mon compte ».',
    kind: 'service',
    blanks: {
      formule,
      fin,
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
      formule,
      debut,
      fin,
      prix,
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
      mandat,
      compte,
    },
    subject: 'Votre compte bancaire a changé',
    body: `Bonjour {{ prenom }},

Vos prélèvements se feront désormais sur le compte {{ compte }}, avec le même mandat ({{ mandat }}).

Ce n’est pas vous ? Répondez à ce message{% if telephone %} ou appelez-nous au {{ telephone }}{% endif %} : rien ne sera prélevé avant que ce soit réglé.`,
  }),
};
