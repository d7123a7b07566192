/** The areas of a garden's work. A right is an area and a verb; to change implies to read. */
export const areas = {
  customers: 'Clients',
  subscriptions: 'Abonnements et demandes',
  catalogue: 'Paniers et prix',
  logistics: 'Tournées, dépôts et calendrier',
  composition: 'Composition et récolte',
  preparation: 'Préparation et feuilles',
  rounds: 'Tournées en route',
  billing: 'Soldes et facturation',
  payments: 'Encaissements, mandats et banque',
  accounting: 'Comptabilité et clôtures',
  solidarity: 'Paniers solidaires',
  giving: 'Dons et reçus fiscaux',
  workshops: 'Ateliers',
  employees: 'Paniers des salariés',
  messages: 'Messages aux clients',
  site: 'Pages publiques',
  imports: 'Imports',
  staff: 'Équipe et rôles',
  settings: 'Réglages du jardin',
} as const;

export type Area = keyof typeof areas;
export type Right = `${Area}:read` | `${Area}:change`;

export const allRights: Right[] = (Object.keys(areas) as Area[]).flatMap((area): Right[] => [`${area}:read`, `${area}:change`]);

export const isRight = (text: string): text is Right => (allRights as string[]).includes(text);

/** The roles a garden starts with; it changes them as it likes. */
export const firstRoles: { name: string; rights: Right[] }[] = [
  { name: 'Administrateur', rights: allRights },
  {
    name: 'Gestion des ventes',
    rights: [
      'customers:change',
      'subscriptions:change',
      'catalogue:change',
      'logistics:change',
      'composition:change',
      'preparation:change',
      'rounds:change',
      'billing:read',
      'payments:read',
      'messages:change',
      'site:change',
      'workshops:change',
      'imports:change',
      'settings:read',
    ],
  },
  {
    name: 'Préparation et livraison',
    rights: ['logistics:read', 'composition:read', 'preparation:change', 'rounds:change', 'subscriptions:read'],
  },
  {
    name: 'Comptabilité',
    rights: [
      'customers:read',
      'subscriptions:read',
      'catalogue:read',
      'logistics:read',
      'billing:change',
      'payments:change',
      'accounting:change',
      'giving:change',
      'messages:read',
      'settings:read',
    ],
  },
];
