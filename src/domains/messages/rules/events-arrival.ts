import { debut, depot, formule, jusquau, lien, message, resume } from './blanks.ts';
import { event } from './event.ts';

/** From the first word to the first basket. */
export const arrival = {
  signup_resume: event({
    family: 'Arrivée',
    name: 'Inscription à finir plus tard',
    when: 'Quand une personne demande à finir son inscription plus tard.',
    kind: 'service',
    blanks: {
      lien,
      jusquau,
    },
    subject: 'Votre inscription vous attend',
    body: `Bonjour,

Votre inscription aux paniers de **{{ jardin }}** est gardée telle que vous l’avez laissée, jusqu’au {{ jusquau }}.

[Reprendre mon inscription]({{ lien }})

À bientôt !`,
  }),
  signup_received: event({
    family: 'Arrivée',
    name: 'Inscription reçue',
    when: 'Quand une personne s’inscrit et que le jardin doit encore valider.',
    kind: 'service',
    blanks: {
      formule,
      depot,
      debut,
      resume,
    },
    subject: 'Nous avons bien reçu votre inscription',
    body: `Bonjour {{ prenom }},

Merci de votre confiance ! Nous avons bien reçu votre inscription : **{{ formule }}**, à retirer à {{ depot }}, à partir du {{ debut }}.

{{ resume }}

Nous la regardons et nous vous répondons très vite.

À bientôt !`,
  }),
  signup_accepted: event({
    family: 'Arrivée',
    name: 'Inscription validée',
    when: 'Quand l’inscription est validée, ou tout de suite si le jardin valide sans attendre.',
    kind: 'service',
    blanks: {
      formule,
      depot,
      horaires: { says: 'les heures de retrait, si elles sont connues', sample: 'de 16 h à 19 h' },
      debut,
      resume,
      message,
      attend: { says: 'ce que les paniers attendent pour commencer ; rien quand ils n’attendent rien', sample: '' },
    },
    subject: 'Bienvenue ! {% if attend %}Votre place est gardée{% else %}Vos paniers commencent le {{ debut }}{% endif %}',
    body: `Bonjour {{ prenom }},

C’est fait : vous faites partie de l’aventure. {% if attend %}Votre place est gardée à{% else %}Votre premier panier vous attend le **{{ debut }}** à{% endif %} **{{ depot }}**{% if horaires %}, {{ horaires }}{% endif %}.

{{ resume }}
{% if message %}
{{ message }}
{% endif %}
Dans « Mon compte », vous pouvez voir vos prochains paniers, les décaler ou changer de dépôt.

[Ouvrir mon compte]({{ mon_compte }})

À très bientôt !`,
    sms: '{{ jardin }} : bienvenue {{ prenom }} ! {% if attend %}Place gardée{% else %}Premier panier le {{ debut }}{% endif %}, {{ depot }}.',
  }),
  signup_refused: event({
    family: 'Arrivée',
    name: 'Inscription que le jardin ne peut pas prendre',
    when: 'Quand le jardin ne peut pas donner suite à une inscription.',
    kind: 'service',
    blanks: { message: { says: 'ce que le jardin répond', sample: 'Ce dépôt n’est plus servi cet hiver.' } },
    subject: 'Votre inscription à nos paniers',
    body: `Bonjour {{ prenom }},

Merci de l’intérêt que vous portez à notre jardin. Nous ne pouvons malheureusement pas donner suite à votre inscription pour le moment.

{{ message }}

Rien ne vous sera demandé. Appelez-nous si vous le souhaitez : nous chercherons ensemble une autre façon de faire.

À bientôt, peut-être !`,
  }),
  waiting_added: event({
    family: 'Arrivée',
    name: 'Inscrit en liste d’attente',
    when: 'Quand le dépôt choisi est complet et que la personne veut attendre une place.',
    kind: 'service',
    blanks: {
      formule,
      depots: { says: 'les lieux souhaités', sample: ['Mairie de Woippy, le jeudi'] },
    },
    subject: 'Vous êtes en liste d’attente',
    body: `Bonjour {{ prenom }},

Il n’y a plus de place pour l’instant, mais votre demande est notée : **{{ formule }}**.

{{ depots }}

Dès qu’une place se libère, nous vous écrivons. Vous n’avez rien à faire.

À bientôt !`,
  }),
  waiting_offer: event({
    family: 'Arrivée',
    name: 'Une place se libère',
    when: 'Quand le jardin propose une place à une personne de la liste d’attente.',
    kind: 'service',
    blanks: {
      formule,
      depot,
      jusquau,
    },
    subject: 'Une place s’est libérée : {{ depot }}',
    body: `Bonjour {{ prenom }},

Bonne nouvelle : une place s’est libérée à **{{ depot }}** pour {{ formule }}.

Nous vous la gardons jusqu’au **{{ jusquau }}**. Dites-nous simplement si vous la prenez : répondez à ce message{% if telephone %}, ou appelez-nous au {{ telephone }}{% endif %}.

À bientôt !`,
    sms: '{{ jardin }} : une place est libre à {{ depot }}, gardée jusqu’au {{ jusquau }}. La prenez-vous ? Tél. {{ telephone }}',
  }),
};
