import { event } from './event.ts';

/** To the garden itself: somebody wrote from its public pages. */
export const contact = {
  contact_message: event({
    family: 'Arrivée',
    name: 'Message écrit depuis les pages publiques',
    when: 'Quand une personne écrit au jardin par la page Contact : il part à l’adresse du jardin.',
    kind: 'service',
    blanks: {
      auteur: { says: 'qui écrit', sample: 'Jeanne Petit' },
      adresse: { says: 'l’adresse e-mail de qui écrit', sample: 'jeanne@exemple.test' },
      appel: { says: 'son téléphone, s’il est donné', sample: '06 39 98 00 00' },
      objet: { says: 'l’objet choisi', sample: 'Les paniers' },
      texte: { says: 'ce qui est écrit', sample: ['Bonjour,', 'Avez-vous un dépôt près de la gare ?'] },
    },
    subject: '{{ objet }} : {{ auteur }} vous écrit',
    body: `Bonjour,

**{{ auteur }}** ({{ adresse }}{% if appel %}, {{ appel }}{% endif %}) vous écrit depuis vos pages publiques :

{{ texte }}

Répondez à cette lettre : votre réponse ira à {{ adresse }}.`,
  }),
};
