import { event } from './event.ts';

const of = {
  atelier: { says: 'le nom de l’atelier', sample: 'Cuisiner les courges' },
  quand: { says: 'le jour et les heures', sample: 'samedi 28 novembre, de 14 h à 16 h 30' },
  lieu: { says: 'où il a lieu', sample: 'Salle du jardin, 12 chemin des Prés' },
} as const;
const coming = {
  ...of,
  personnes: { says: 'combien viennent', sample: '2' },
  participation: { says: 'ce qui est demandé, et comment', sample: '5,00 € par personne, à régler sur place' },
} as const;

/** Workshops: cooking, preserving, gardening. */
export const workshops = {
  workshop_enrolled: event({
    family: 'Ateliers',
    name: 'Inscription à un atelier',
    when: 'Quand un client a sa place à un atelier.',
    kind: 'service',
    blanks: coming,
    subject: 'Votre place est gardée : {{ atelier }}',
    body: `Bonjour {{ prenom }},

C’est noté ! Nous vous attendons à l’atelier **{{ atelier }}**, {{ quand }}.

- Où : {{ lieu }}
- Combien : {{ personnes }}
- Participation : {{ participation }}

Un empêchement ? Désinscrivez-vous dans « Mon compte » : quelqu’un d’autre aura votre place.

[Voir mes ateliers]({{ mon_compte }}/ateliers)

À bientôt !`,
  }),
  workshop_waiting: event({
    family: 'Ateliers',
    name: 'En liste d’attente pour un atelier',
    when: 'Quand un client s’inscrit à un atelier complet.',
    kind: 'service',
    blanks: of,
    subject: 'En liste d’attente : {{ atelier }}',
    body: `Bonjour {{ prenom }},

L’atelier **{{ atelier }}** ({{ quand }}) est complet pour l’instant. Vous êtes sur la liste d’attente : si une place se libère, elle est à vous et nous vous écrivons.

[Voir mes ateliers]({{ mon_compte }}/ateliers)

À bientôt !`,
  }),
  workshop_place: event({
    family: 'Ateliers',
    name: 'Une place se libère à un atelier',
    when: 'Quand un client qui attendait a sa place.',
    kind: 'service',
    blanks: coming,
    subject: 'Vous avez une place : {{ atelier }}',
    body: `Bonjour {{ prenom }},

Bonne nouvelle : une place s’est libérée, elle est à vous. Nous vous attendons à l’atelier **{{ atelier }}**, {{ quand }}.

- Où : {{ lieu }}
- Combien : {{ personnes }}
- Participation : {{ participation }}

Vous ne pouvez plus venir ? Désinscrivez-vous dans « Mon compte », ou répondez à ce message.

[Voir mes ateliers]({{ mon_compte }}/ateliers)

À bientôt !`,
    sms: '{{ jardin }} : une place s’est libérée, vous êtes inscrit à « {{ atelier }} », {{ quand }}. Empêchement : {{ telephone }}',
  }),
  workshop_reminder: event({
    family: 'Ateliers',
    name: 'Rappel d’un atelier',
    when: 'Deux jours avant un atelier, à qui y est inscrit.',
    kind: 'reminder',
    blanks: coming,
    subject: 'Bientôt : {{ atelier }}',
    body: `Bonjour {{ prenom }},

Nous vous attendons à l’atelier **{{ atelier }}**, **{{ quand }}**.

- Où : {{ lieu }}
- Combien : {{ personnes }}
- Participation : {{ participation }}

Un empêchement ? Dites-le dans « Mon compte » : des personnes attendent peut-être une place.

[Voir mes ateliers]({{ mon_compte }}/ateliers)

À très bientôt !`,
    sms: '{{ jardin }} : rendez-vous à « {{ atelier }} », {{ quand }}. Empêchement : {{ telephone }}',
  }),
  workshop_moved: event({
    family: 'Ateliers',
    name: 'Atelier déplacé',
    when: 'Quand le jour, l’heure ou le lieu d’un atelier change.',
    kind: 'service',
    blanks: { ...of, avant: { says: 'ce qui était prévu', sample: 'jeudi 26 novembre, de 14 h à 16 h, Salle du jardin' } },
    subject: 'Changement : {{ atelier }}',
    body: `Bonjour {{ prenom }},

L’atelier **{{ atelier }}** change. Il était prévu {{ avant }}.

**Il a lieu {{ quand }}**, {{ lieu }}.

Votre inscription est gardée. Si cela ne vous convient plus, désinscrivez-vous dans « Mon compte ».

[Voir mes ateliers]({{ mon_compte }}/ateliers)

À bientôt !`,
    sms: '{{ jardin }} : « {{ atelier }} » change. Nouveau rendez-vous : {{ quand }}, {{ lieu }}.',
  }),
  workshop_cancelled: event({
    family: 'Ateliers',
    name: 'Atelier annulé',
    when: 'Quand le jardin annule un atelier.',
    kind: 'service',
    blanks: { ...of, raison: { says: 'pourquoi, si le jardin l’a écrit', sample: 'L’animatrice est souffrante.' } },
    subject: 'Annulé : {{ atelier }}',
    body: `Bonjour {{ prenom }},

L’atelier **{{ atelier }}**, prévu {{ quand }}, n’aura pas lieu.{% if raison %} {{ raison }}{% endif %}

Nous en sommes désolés. Les prochains ateliers sont dans « Mon compte ».

[Voir les ateliers]({{ mon_compte }}/ateliers)

À bientôt !`,
    sms: '{{ jardin }} : « {{ atelier }} » ({{ quand }}) est annulé. {{ raison }}',
  }),
};
