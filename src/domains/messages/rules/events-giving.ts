import { event } from './event.ts';

/** Gifts and their tax receipts. */
export const giving = {
  gift_promised: event({
    family: 'Argent',
    name: 'Don promis',
    when: 'Quand quelqu’un annonce un don par chèque ou par virement depuis les pages publiques.',
    kind: 'service',
    blanks: {
      montant: { says: 'le montant', sample: '50,00 €' },
      pour: { says: 'la collecte', sample: 'Une serre pour l’hiver' },
      comment: { says: 'comment l’envoyer', sample: 'Chèque à l’ordre des Jardins de la Moselle, 12 chemin des Champs, 88130 Charmes.' },
    },
    subject: 'Merci pour votre promesse de don',
    body: `Bonjour {{ prenom }},

Merci ! Vous nous annoncez un don de **{{ montant }}** pour « {{ pour }} ».

{{ comment }}

À bientôt !`,
  }),
  gift_received: event({
    family: 'Argent',
    name: 'Don reçu',
    when: 'Quand un don fait en ligne est confirmé.',
    kind: 'service',
    blanks: {
      montant: { says: 'le montant', sample: '50,00 €' },
      jour: { says: 'le jour', sample: 'lundi 7 décembre' },
      pour: { says: 'la collecte ; vide quand il n’y en a pas', sample: 'Une serre pour l’hiver' },
    },
    subject: 'Merci pour votre don de {{ montant }}',
    body: `Bonjour {{ prenom }},

Votre don de **{{ montant }}**{% if pour %} pour « {{ pour }} »{% endif %} est bien arrivé, {{ jour }}. Toute l’équipe du jardin vous dit merci.

À bientôt !`,
  }),
  gift_receipt: event({
    family: 'Argent',
    name: 'Reçu fiscal',
    when: 'Quand le jardin envoie un reçu fiscal ; il est joint.',
    kind: 'service',
    blanks: {
      numero_recu: { says: 'le numéro du reçu', sample: 'RF2026-00012' },
      montant: { says: 'le montant des dons', sample: '120,00 €' },
    },
    subject: 'Votre reçu fiscal {{ numero_recu }}',
    body: `Bonjour {{ prenom }},

Merci pour vos dons au jardin. Vous trouverez ci-joint votre reçu fiscal {{ numero_recu }}, de **{{ montant }}** : gardez-le avec votre déclaration.

À bientôt !`,
  }),
};
