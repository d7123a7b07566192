export const depotLabels = {
  number: 'Numéro',
  name: 'Nom',
  address: 'Adresse',
  postcode: 'Code postal',
  city: 'Ville',
  phone: 'Téléphone',
  contact: 'Contact sur place',
  category: 'Qui peut y retirer',
  mention: 'Mention',
  password: 'Mot de passe du dépôt',
  fee: 'Frais par panier',
  accessCode: 'Code d’accès',
  accessNote: 'Comment s’y prendre',
  latitude: 'Latitude',
  longitude: 'Longitude',
};

export const slotLabels = {
  tourId: 'Tournée',
  depotId: 'Point de dépôt',
  name: 'Nom du passage',
  order: 'Ordre dans la tournée',
  arrival: 'Heure d’arrivée',
  pickup: 'Heures de retrait',
  capacity: 'Nombre de places',
};
