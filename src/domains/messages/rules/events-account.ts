import { jusquau, lien } from './blanks.ts';
import { event } from './event.ts';

/** « Mon compte »: addresses and data. */
export const account = {
  email_change: event({
    family: 'Compte',
    name: 'Nouvelle adresse e-mail à confirmer',
    when: 'Quand un client change son adresse e-mail ; part à la nouvelle adresse.',
    kind: 'service',
    blanks: {
      lien,
      jusquau,
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
};
