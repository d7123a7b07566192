import { ageLabels } from '#domains/receivables/labels.ts';
import { ages } from '#domains/receivables/rules/age.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

export const agedFilters: Filter[] = [
  { key: 'age', label: 'En retard de', all: 'Peu importe', options: ages.map((age) => ({ value: age, label: ageLabels[age] })) },
];

export const askedOf = (params: URLSearchParams): Query =>
  readQuery(params, { sorts: ['depuis', 'retard', 'nom'], filters: agedFilters, perPage: 50, perPageChoices: [50, 200] });
