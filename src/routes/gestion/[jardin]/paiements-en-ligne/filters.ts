import { onlineLabels } from '#domains/online/labels.ts';
import { onlineStates } from '#domains/online/rules/settle.ts';
import type { Filter } from '#ui/table.ts';

const states = [
  ...onlineStates.map((state) => ({ value: state as string, label: onlineLabels[state].one })),
  { value: 'a-enregistrer', label: 'Payé, à enregistrer' },
];

export const onlineFilters: Filter[] = [{ key: 'etat', label: 'État', all: 'Tous', options: states }];
