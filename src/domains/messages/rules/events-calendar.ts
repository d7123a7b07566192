import { message } from './blanks.ts';
import { type Blank, event } from './event.ts';

/** What the garden does to its calendar, told to those whose baskets it changes: one letter each, with all of theirs. */

const quand: Blank = { says: 'les jours concernés, s’il y en a un ou deux', sample: 'le jeudi 24 décembre' };
const lines = (...sample: string[]): Blank => ({ says: 'ce que devient chaque panier', sample });
const reach = 'Si cela ne vous convient pas, répondez à ce message{% if telephone %} ou appelez-nous au {{ telephone }}{% endif %}.';

export const calendar = {
  delivery_moved: event({
    family: 'Paniers',
    name: 'Livraison déplacée',
    when: 'Quand le jardin change le jour d’une livraison et coche « Prévenir ».',
    kind: 'service',
    blanks: { quand, paniers: lines('vendredi 15 mai : 1 panier famille à Mairie de Woippy, au lieu du jeudi 14 mai'), message },
    subject: 'Votre panier change de jour',
    body: `Bonjour {{ prenom }},

Votre panier ne vient pas le jour habituel. Voici quand il vous attend :

{{ paniers }}

{{ message }}

${reach}

[Voir mes paniers]({{ mon_compte }})

À bientôt !`,
    sms: '{{ jardin }} : votre panier change de jour. {{ paniers }}',
  }),
  delivery_closed: event({
    family: 'Paniers',
    name: 'Livraison supprimée',
    when: 'Quand le jardin ferme une livraison ou une semaine et coche « Prévenir ».',
    kind: 'service',
    blanks: { quand, paniers: lines('jeudi 24 décembre : 1 panier famille en moins, à rattraper un autre jour'), message },
    subject: 'Pas de livraison {{ quand | default: "certains jours" }}',
    body: `Bonjour {{ prenom }},

Le jardin ne livre pas {{ quand | default: "certains jours" }}. Voici ce qui change pour vos paniers :

{{ paniers }}

{{ message }}

${reach}

[Voir mes paniers]({{ mon_compte }})

À bientôt !`,
    sms: '{{ jardin }} : pas de livraison {{ quand | default: "certains jours" }}. {{ paniers }}',
  }),
  delivery_reopened: event({
    family: 'Paniers',
    name: 'Livraison rétablie',
    when: 'Quand le jardin rouvre une livraison ou une semaine et coche « Prévenir ».',
    kind: 'service',
    blanks: { quand, paniers: lines('jeudi 24 décembre : 1 panier famille en plus, à Mairie de Woippy'), message },
    subject: 'Finalement, le jardin livre {{ quand | default: "certains jours" }}',
    body: `Bonjour {{ prenom }},

Bonne nouvelle : le jardin livre finalement {{ quand | default: "certains jours où il devait être fermé" }}. Voici ce qui change pour vos paniers :

{{ paniers }}

{{ message }}

${reach}

[Voir mes paniers]({{ mon_compte }})

À bientôt !`,
    sms: '{{ jardin }} : le jardin livre finalement {{ quand | default: "certains jours" }}. {{ paniers }}',
  }),
};
