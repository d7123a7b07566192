/** The questions of a workshop, as its form and its errors name them. */
export const labels = {
  title: 'Nom de l’atelier',
  kind: 'Thème',
  description: 'Présentation',
  day: 'Jour',
  from: 'De',
  until: 'À',
  place: 'Lieu',
  address: 'Adresse',
  seats: 'Nombre de places',
  enrolUntil: 'Inscriptions jusqu’au',
  fee: 'Participation demandée',
  cost: 'Ce qu’il coûte',
  funder: 'Qui le paie',
  published: 'Le proposer à tous les abonnés',
};
