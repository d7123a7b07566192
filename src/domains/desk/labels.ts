import { sayDayAndYear } from '#kernel/day.ts';
import type { TableLabels } from '#platform/audit/say.ts';

/** French names of the desk. */
export const postItLabels = { text: 'À ne pas oublier', due: 'Pour quand', shared: 'Pour qui' };

export const deskTrail: Record<string, TableLabels> = {
  post_it: {
    name: 'Post-it',
    right: 'staff:read',
    columns: {
      due_on: { label: postItLabels.due, say: (value) => sayDayAndYear(String(value)), empty: 'sans date' },
      shared: { label: postItLabels.shared, say: (value) => (value === true ? 'toute l’équipe' : 'soi seul') },
      done_at: { label: 'Fait', say: () => 'oui', empty: 'non' },
    },
  },
};
