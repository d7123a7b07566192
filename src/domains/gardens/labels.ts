import { areas } from '#platform/access/rights.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import { settingsTrail } from './labels-settings.ts';

/** « Clients : changer » */
function sayRights(value: unknown): string {
  const rights = (value as string[]).map((right) => {
    const [area, verb] = right.split(':');
    return `${areas[area as keyof typeof areas] ?? area} : ${verb === 'change' ? 'changer' : 'lire'}`;
  });
  return rights.length ? rights.join(', ') : 'aucun droit';
}

/** How the trail of the garden and its team is told. */
export const gardenTrail: Record<string, TableLabels> = {
  garden: {
    name: 'Jardin',
    right: 'settings:read',
    columns: {
      name: { label: 'Nom' },
      address: { label: 'Adresse' },
      postcode: { label: 'Code postal' },
      city: { label: 'Commune' },
      phone: { label: 'Téléphone' },
      email: { label: 'E-mail' },
      accent: { label: 'Couleur' },
      settings: settingsTrail,
      taken_over_on: { label: 'Changement d’outil le' },
      host: { label: 'Nom de domaine' },
    },
  },
  role: { name: 'Rôle', right: 'staff:read', columns: { name: { label: 'Nom' }, rights: { label: 'Droits', say: sayRights } } },
  staff: {
    name: 'Membre de l’équipe',
    right: 'staff:read',
    columns: { role_id: { label: 'Rôle' }, ended_at: { label: 'A quitté l’équipe', say: () => 'oui', empty: 'non' } },
  },
};
