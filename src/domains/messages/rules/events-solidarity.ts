import { event } from './event.ts';

const dossier = { says: 'le numéro de l’orientation', sample: '12' };

/** Around solidarity baskets. What was written is read by who is named for solidarity alone; to prescribers, nobody is named. */
export const solidarity = {
  prescriber_invited: event({
    family: 'Solidarité',
    name: 'Accès d’un prescripteur',
    when: 'Quand le jardin ouvre un espace à une personne qui oriente vers les paniers solidaires.',
    kind: 'service',
    readBy: 'solidarity:read',
    blanks: {
      structure: { says: 'la structure de cette personne', sample: 'CCAS de Woippy' },
      lien: { says: 'l’adresse de son espace', sample: 'https://paniers.exemple/prescripteur/vallee' },
    },
    subject: 'Orienter vers les paniers de {{ jardin }}',
    body: `Bonjour {{ prenom }},

**{{ jardin }}** vous ouvre un espace pour {{ structure }} : vous pouvez y orienter des personnes vers un panier à prix aidé, et suivre ce qu’il en est.

Il n’y a pas de mot de passe à retenir : entrez votre adresse e-mail, et vous recevez un lien de connexion.

[Ouvrir mon espace]({{ lien }})

À bientôt !`,
  }),
  referral_answered: event({
    family: 'Solidarité',
    name: 'Réponse à une orientation',
    when: 'Quand le jardin accepte une orientation, la met en attente ou ne peut pas y donner suite : part au prescripteur.',
    kind: 'service',
    readBy: 'solidarity:read',
    blanks: {
      dossier,
      reponse: { says: 'la réponse, en une phrase', sample: 'La demande est acceptée : le premier panier est le jeudi 3 décembre.' },
      message: { says: 'ce que le jardin ajoute, s’il ajoute quelque chose', sample: 'Le dépôt le plus proche est la mairie.' },
      lien: { says: 'l’adresse de l’orientation', sample: 'https://paniers.exemple/prescripteur/vallee/12' },
    },
    subject: 'Votre orientation n° {{ dossier }}',
    body: `Bonjour {{ prenom }},

Voici notre réponse à votre orientation **n° {{ dossier }}**. {{ reponse }}
{% if message %}
{{ message }}
{% endif %}
[Voir l’orientation]({{ lien }})

Merci de votre confiance.`,
  }),
  referral_refused: event({
    family: 'Solidarité',
    name: 'Demande que le jardin ne peut pas prendre',
    when: 'Quand le jardin ne peut pas donner suite à la demande d’une personne venue d’elle-même.',
    kind: 'service',
    readBy: 'solidarity:read',
    blanks: { message: { says: 'ce que le jardin répond', sample: 'Toutes les places sont prises jusqu’en mars.' } },
    subject: 'Votre demande de panier',
    body: `Bonjour {{ prenom }},

Merci d’avoir pensé à nous. Nous ne pouvons malheureusement pas donner suite à votre demande pour le moment.

{{ message }}

Appelez-nous si vous le souhaitez : nous chercherons ensemble une autre façon de faire.`,
  }),
  path_begins: event({
    family: 'Solidarité',
    name: 'Prix convenu',
    when: 'Quand une aide commence, ou continue : la personne lit son prix, jusqu’à quand, et ce qui vient ensuite.',
    kind: 'service',
    readBy: 'solidarity:read',
    blanks: {
      formule: { says: 'le panier', sample: '1 panier famille chaque semaine' },
      prix: { says: 'ce que la personne règle pour un panier', sample: '1,60 €' },
      debut: { says: 'le premier jour', sample: 'jeudi 3 décembre 2026' },
      fin: { says: 'le dernier jour', sample: 'mercredi 2 juin 2027' },
      suite: {
        says: 'ce qui a été convenu pour la suite',
        sample: 'Vos paniers s’arrêtent ce jour-là, sauf si vous demandez à continuer.',
      },
    },
    subject: 'Vos paniers : ce que nous avons convenu',
    body: `Bonjour {{ prenom }},

Vous recevez **{{ formule }}**, à **{{ prix }}** le panier, du {{ debut }} au {{ fin }}.

{{ suite }} Nous vous écrirons avant : rien ne change sans que vous le sachiez.

À bientôt au dépôt !`,
  }),
  path_ends_soon: event({
    family: 'Solidarité',
    name: 'Le terme approche',
    when: 'Six semaines avant la fin d’une aide : la personne lit ce qui vient ensuite.',
    kind: 'service',
    readBy: 'solidarity:read',
    blanks: {
      fin: { says: 'le dernier jour', sample: 'mercredi 2 juin 2027' },
      suite: {
        says: 'ce qui a été convenu pour la suite',
        sample: 'Vos paniers s’arrêtent ce jour-là, sauf si vous demandez à continuer.',
      },
      orientee: { says: '« oui » si quelqu’un l’a orientée vers le jardin, sinon rien', sample: 'oui' },
    },
    subject: 'Vos paniers après le {{ fin }}',
    body: `Bonjour {{ prenom }},

Le prix convenu pour vos paniers va jusqu’au **{{ fin }}**. {{ suite }}

Vous souhaitez continuer comme aujourd’hui ? Parlez-en {% if orientee %}à la personne qui vous accompagne, ou {% endif %}à nous{% if telephone %}, au {{ telephone }}{% endif %} : nous regarderons ensemble ce qui est possible.

À bientôt !`,
  }),
  referral_ends_soon: event({
    family: 'Solidarité',
    name: 'Le terme approche (prescripteur)',
    when: 'Six semaines avant la fin d’une aide : part à la personne qui a orienté.',
    kind: 'service',
    readBy: 'solidarity:read',
    blanks: {
      dossier,
      fin: { says: 'le dernier jour', sample: 'mercredi 2 juin 2027' },
      lien: { says: 'l’adresse de l’orientation', sample: 'https://paniers.exemple/prescripteur/vallee/12' },
    },
    subject: 'L’orientation n° {{ dossier }} se termine le {{ fin }}',
    body: `Bonjour {{ prenom }},

L’aide qui a suivi votre orientation **n° {{ dossier }}** se termine le **{{ fin }}**. Si elle est encore utile, vous pouvez demander qu’elle continue.

[Demander un renouvellement]({{ lien }})

Merci de votre confiance.`,
  }),
};
