import { stateLabels } from '#domains/solidarity/labels-referral.ts';
import type { Filter } from '#ui/table.ts';

export const states = ['sent', 'waiting', 'accepted', 'refused', 'withdrawn'] as const;
export const stateFilter: Filter = {
  key: 'etat',
  label: 'État',
  all: 'Toutes',
  options: states.map((value) => ({ value, label: stateLabels[value].label })),
};
