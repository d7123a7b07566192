/** What forms of giving call their fields, for the summary of what is to mend. */
export const donorFields = {
  kind: 'Qui donne',
  lastName: 'Nom, ou nom de l’entreprise',
  firstName: 'Prénom',
  email: 'Adresse e-mail',
  address: 'Adresse',
  postcode: 'Code postal',
  city: 'Ville',
  siren: 'SIREN d’une entreprise',
  legalForm: 'Sa forme juridique',
  receipts: 'Reçu fiscal',
};
export const giftFields = {
  ...donorFields,
  donor: 'Donateur',
  nature: 'Ce qui est donné',
  cents: 'Montant ou valeur',
  day: 'Date',
  method: 'Reçu par',
  reference: 'Numéro du chèque',
  bank: 'Banque',
  campaign: 'Collecte',
  label: 'Description',
  valuation: 'Comment le donateur a estimé cette valeur',
  note: 'Remarque',
};
export const campaignFields = {
  title: 'Titre',
  slug: 'Nom dans l’adresse',
  lead: 'En une phrase',
  body: 'Texte',
  goalCents: 'Objectif',
  startsOn: 'Début',
  endsOn: 'Fin',
  counterpart: 'Contrepartie',
  project: 'Projet auquel ces dons sont réservés',
  programme: 'Programme de paniers solidaires à alimenter',
  published: 'Publier sur les pages du jardin',
};
export const statementFields = {
  startsOn: 'À partir du',
  eligible: 'Le jardin peut-il faire des reçus fiscaux ?',
  body: 'Ce qu’est le jardin',
  articles: 'Articles du code général des impôts',
  object: 'Objet de l’association',
  ruling: 'Réponse de l’administration',
  signer: 'Qui signe',
  signerTitle: 'Sa fonction',
  sure: 'Vérification',
};
export const givenFields = { ...donorFields, choice: 'Montant', other: 'Un autre montant', way: 'Comment donner' };
