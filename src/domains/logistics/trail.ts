import { type Day, sayDayAndYear, type Weekday, weekdayNames } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import { type DepotCategory, depotCategories, sayTime } from './labels.ts';

const weekday = (value: unknown) => weekdayNames[value as Weekday] ?? String(value);
const day = (value: unknown) => sayDayAndYear(value as Day);
const degrees = (value: unknown) => String(value).replace('.', ',');

/** How the trail of tours, depots, stops and deliveries is told. */
export const logisticsTrail: Record<string, TableLabels> = {
  tour: {
    name: 'Tournée',
    right: 'logistics:read',
    columns: {
      code: { label: 'Code' },
      name: { label: 'Nom' },
      preparation_weekday: { label: 'Jour de préparation', say: weekday },
      delivery_weekday: { label: 'Jour de livraison', say: weekday },
      color: { label: 'Couleur' },
      vehicle_baskets: { label: 'Paniers dans le véhicule', empty: 'non dit' },
      leaves_at: { label: 'Départ du jardin', say: (value) => sayTime(String(value)), empty: 'non dit' },
      archived_at: { label: 'Archivée', say: () => 'oui', empty: 'non' },
    },
  },
  depot: {
    name: 'Point de dépôt',
    right: 'logistics:read',
    columns: {
      number: { label: 'Numéro' },
      name: { label: 'Nom' },
      address: { label: 'Adresse' },
      postcode: { label: 'Code postal' },
      city: { label: 'Ville' },
      phone: { label: 'Téléphone' },
      contact: { label: 'Contact' },
      category: { label: 'Qui peut y retirer', say: (value) => depotCategories[value as DepotCategory] },
      mention: { label: 'Mention' },
      access_note: { label: 'Accès' },
      fee_cents: { label: 'Frais par panier', say: (value) => formatEuros(Number(value)) },
      latitude: { label: 'Latitude', say: degrees },
      longitude: { label: 'Longitude', say: degrees },
      archived_at: { label: 'Archivé', say: () => 'oui', empty: 'non' },
    },
  },
  slot: {
    name: 'Passage',
    right: 'logistics:read',
    columns: {
      depot_id: { label: 'Point de dépôt', refers: true },
      tour_id: { label: 'Tournée', refers: true },
      name: { label: 'Nom du passage' },
      stop_order: { label: 'Ordre dans la tournée' },
      arrival: { label: 'Heure d’arrivée', say: (value) => sayTime(String(value)) },
      pickup: { label: 'Retrait' },
      capacity: { label: 'Places', empty: 'sans limite' },
      archived_at: { label: 'Archivé', say: () => 'oui', empty: 'non' },
    },
  },
  depot_photo: { name: 'Photo du dépôt', right: 'logistics:read', columns: {} },
  delivery: {
    name: 'Livraison',
    right: 'logistics:read',
    columns: {
      date: { label: 'Date', say: day },
      usual_date: { label: 'Jour habituel', say: day },
      closed: { label: 'Fermée', say: (value) => (value ? 'oui' : 'non') },
      note: { label: 'Remarque' },
      holiday: { label: 'Jour férié décidé' },
      delivered_at: { label: 'Livraison effectuée', say: () => 'oui', empty: 'non' },
    },
  },
  season: {
    name: 'Saison',
    right: 'logistics:read',
    columns: {
      name: { label: 'Nom' },
      starts_on: { label: 'Premier jour', say: day },
      ends_on: { label: 'Dernier jour', say: day },
    },
  },
};
