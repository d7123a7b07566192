import { event } from './event.ts';

/** « Mon compte », and what is written to the garden. */
export const account = {
  email_change: event({
    family: 'Compte',
    name: 'Nouvelle adresse e-mail à confirmer',
    when: 'Quand un client change son adresse e-mail ; part à la nouvelle adresse.',
    kind: 'service',
    blanks: {
      lien: { says: 'l’adresse qui confirme', sample: 'https://paniers.exemple/mon-compte/confirmer' },
      jusquau: { says: 'jusqu’à quand elle sert', sample: 'lundi 23 novembre' },
    },
    subject: 'Confirmez votre nouvelle adresse',
    body: `Bonjour {{ prenom }},

Vous nous avez donné cette adresse pour vos messages. Il reste à la confirmer, jusqu’au {{ jusquau }} :

[Confirmer mon adresse]({{ lien }})

Si vous ne l’avez pas demandé, ne faites rien : tout reste comme avant.`,
  }),
  email_changed: event({
    family: 'Compte',
    name: 'Adresse e-mail changée',
    when: 'Quand la nouvelle adresse est confirmée ; part à l’ancienne.',
    kind: 'service',
    blanks: { adresse: { says: 'la nouvelle adresse, en partie cachée', sample: 'c…@exemple.fr' } },
    subject: 'Votre adresse e-mail a changé',
    body: `Bonjour {{ prenom }},

Vos messages iront désormais à {{ adresse }}, et c’est avec elle que vous ouvrirez « Mon compte ».

Ce n’est pas vous ? Répondez à ce message{% if telephone %} ou appelez-nous au {{ telephone }}{% endif %}.`,
  }),
  data_request_answered: event({
    family: 'Compte',
    name: 'Demande d’effacement : réponse',
    when: 'Quand le jardin a traité une demande d’effacement de données.',
    kind: 'service',
    blanks: {
      message: {
        says: 'ce qui a été fait, et ce que la loi oblige à garder',
        sample: 'Vos coordonnées sont effacées. Les factures sont gardées dix ans.',
      },
    },
    subject: 'Votre demande d’effacement',
    body: `Bonjour {{ prenom }},

Vous avez demandé l’effacement de vos données.

{{ message }}

Vous pouvez répondre à ce message pour toute question.`,
  }),
  contact_received: event({
    family: 'Compte',
    name: 'Message reçu par le site public',
    when: 'Quand un visiteur écrit au jardin ; part à l’adresse du jardin.',
    kind: 'service',
    blanks: {
      qui: { says: 'le nom du visiteur', sample: 'Dominique Petit' },
      adresse: { says: 'son adresse e-mail', sample: 'dominique@exemple.fr' },
      tel: { says: 'son téléphone, s’il l’a donné', sample: '' },
      sujet: { says: 'de quoi il s’agit', sample: 'Une question' },
      texte: { says: 'ce qu’il écrit', sample: 'Bonjour, livrez-vous à Metz-Sablon ?' },
    },
    subject: 'Site public : {{ sujet }} ({{ qui }})',
    body: `**{{ qui }}** ({{ adresse }}{% if tel %}, {{ tel }}{% endif %}) écrit par le site public :

{{ texte }}

Répondez à ce message : la réponse lui parviendra.`,
  }),
};
