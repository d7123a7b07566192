import { stateLabels } from '#domains/signup/labels.ts';
import type { Filter } from '#ui/table.ts';

export const stateFilter: Filter = {
  key: 'etat',
  label: 'État',
  all: 'Toutes',
  options: Object.entries(stateLabels).map(([value, { label }]) => ({ value, label })),
};
