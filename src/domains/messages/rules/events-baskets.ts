import { debut, fin, formule, jusquau, message, prix, raison } from './blanks.ts';
import { event } from './event.ts';

/** The life of baskets, and of the subscriptions that give them. */
export const baskets = {
  basket_reminder: event({
    family: 'Paniers',
    name: 'Rappel du panier de demain',
    when: 'La veille de chaque livraison, à qui a un panier.',
    kind: 'reminder',
    offAtFirst: true,
    blanks: {
      jour: { says: 'le jour du panier', sample: 'jeudi 8 octobre' },
      paniers: { says: 'ce qui attend, et où', sample: ['1 panier famille : Mairie de Woippy, de 16 h à 19 h'] },
      contenu: { says: 'ce qu’il y a dedans, quand c’est publié', sample: ['carottes', 'poireaux', 'pommes'] },
    },
    subject: 'Demain, votre panier',
    body: `Bonjour {{ prenom }},

Demain, **{{ jour }}**, votre panier vous attend :

{{ paniers }}
{% if contenu %}
Dedans, cette semaine :

{{ contenu }}
{% endif %}
Bonne cuisine !`,
    sms: '{{ jardin }} : demain {{ jour }}, {{ paniers }}. Bonne cuisine !',
  }),
  change_confirmed: event({
    family: 'Paniers',
    name: 'Changement confirmé',
    when: 'Quand un panier est annulé, décalé, doublé, donné ou change de dépôt, à la demande du client.',
    kind: 'service',
    blanks: {
      changement: { says: 'ce qui change, en une phrase', sample: 'Votre panier du jeudi 8 octobre est décalé au jeudi 15 octobre.' },
      suite: { says: 'les prochains paniers', sample: ['jeudi 15 octobre : 2 paniers famille, Mairie de Woippy'] },
    },
    subject: 'C’est noté pour votre panier',
    body: `Bonjour {{ prenom }},

C’est noté. {{ changement }}
{% if suite %}
Vos prochains paniers :

{{ suite }}
{% endif %}
Vous avez changé d’avis ? Tout se voit dans « Mon compte ».

[Voir mes paniers]({{ mon_compte }})

À bientôt !`,
  }),
  exception_answered: event({
    family: 'Paniers',
    name: 'Réponse à une demande particulière',
    when: 'Quand le jardin répond à un client qui a demandé ce que les règles ne permettent pas.',
    kind: 'service',
    blanks: {
      demande: { says: 'ce qui était demandé', sample: 'Annuler le panier du jeudi 8 octobre' },
      acceptee: { says: 'vrai si le jardin a dit oui', sample: true },
      message,
    },
    subject: '{% if acceptee %}Votre demande est acceptée{% else %}Votre demande : notre réponse{% endif %}',
    body: `Bonjour {{ prenom }},

Vous nous avez demandé : {{ demande }}.

{% if acceptee %}C’est d’accord, et c’est fait.{% else %}Nous ne pouvons malheureusement pas cette fois-ci.{% endif %}
{% if message %}
{{ message }}
{% endif %}
À bientôt !`,
  }),
  depot_closed: event({
    family: 'Paniers',
    name: 'Dépôt fermé',
    when: 'Quand un dépôt ferme quelque temps et que le jardin prévient.',
    kind: 'service',
    blanks: {
      depot: { says: 'le dépôt qui ferme', sample: 'Mairie de Woippy' },
      quand: { says: 'de quand à quand', sample: 'du 21 décembre au 3 janvier' },
      raison,
      paniers: { says: 'ce que devient chaque panier', sample: ['jeudi 24 décembre, 1 panier famille : à la Biocoop, de 10 h à 19 h'] },
    },
    subject: '{{ depot }} : fermé {{ quand }}',
    body: `Bonjour {{ prenom }},

Votre dépôt **{{ depot }}** est fermé {{ quand }}{% if raison %} ({{ raison }}){% endif %}. Voici ce que deviennent vos paniers :

{{ paniers }}

Si cela ne vous convient pas, répondez à ce message{% if telephone %} ou appelez-nous au {{ telephone }}{% endif %}.

À bientôt !`,
  }),
  subscription_ending: event({
    family: 'Abonnement',
    name: 'Abonnement qui se termine',
    when: 'Trois semaines avant la fin d’un abonnement que rien ne continue.',
    kind: 'reminder',
    offAtFirst: true,
    blanks: {
      formule,
      fin,
    },
    subject: 'Votre abonnement se termine le {{ fin }}',
    body: `Bonjour {{ prenom }},

Votre abonnement ({{ formule }}) se termine le **{{ fin }}**. Rien ne le prolonge tout seul : dites-nous si vous souhaitez continuer.

[Voir mon abonnement]({{ mon_compte }}/abonnements)

Quoi qu’il en soit, merci pour cette saison passée ensemble.`,
    sms: '{{ jardin }} : votre abonnement se termine le {{ fin }}. Pour continuer : {{ telephone }}',
  }),
  renewal_proposed: event({
    family: 'Abonnement',
    name: 'Renouvellement proposé',
    when: 'Quand le jardin propose de continuer à des clients dont l’abonnement se termine (Renouvellement, « Proposer de continuer »).',
    kind: 'service',
    blanks: {
      ...{ formule, fin, debut, jusquau, prix, message },
      fini: { says: 'vrai si l’abonnement est déjà terminé', sample: false },
      tacite: { says: 'vrai si l’abonnement continue de lui-même sans réponse', sample: true },
    },
    subject: 'Continuons ensemble : votre abonnement {% if fini %}s’est terminé{% else %}se termine{% endif %} le {{ fin }}',
    body: `Bonjour {{ prenom }},

Votre abonnement ({{ formule }}) {% if fini %}s’est terminé{% else %}se termine{% endif %} le **{{ fin }}**. Nous serions heureux de continuer avec vous, **du {{ debut }} au {{ jusquau }}**, à {{ prix }} le panier.

{{ message }}

[Répondre à cette proposition]({{ mon_compte }}/abonnements)

{% if tacite %}Sans réponse de votre part, il continue de lui-même.{% else %}Oui ou non, en deux gestes.{% endif %} Une question, un autre panier, un autre dépôt ? Répondez à ce message{% if telephone %} ou appelez-nous au {{ telephone }}{% endif %}.

À bientôt !`,
    sms: '{{ jardin }} : votre abonnement {% if fini %}s’est terminé{% else %}se termine{% endif %} le {{ fin }}. Pour continuer : {{ mon_compte }}',
  }),
  termination_noted: event({
    family: 'Abonnement',
    name: 'Arrêt d’abonnement noté',
    when: 'Quand un client arrête son abonnement depuis « Mon compte ».',
    kind: 'service',
    blanks: {
      formule,
      dernier: { says: 'le dernier panier', sample: 'jeudi 29 octobre' },
    },
    subject: 'Votre abonnement s’arrête le {{ dernier }}',
    body: `Bonjour {{ prenom }},

C’est noté : votre abonnement ({{ formule }}) s’arrête après le panier du **{{ dernier }}**.

Merci pour le chemin fait ensemble. La porte du jardin vous reste ouverte !`,
  }),
};
