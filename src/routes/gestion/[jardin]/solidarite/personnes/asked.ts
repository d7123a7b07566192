import type { StayFilter } from '#domains/solidarity/index.server.ts';
import type { Filter } from '#ui/table.ts';

export const stayFilter: Filter = {
  key: 'etat',
  label: 'Parcours',
  all: 'Tous',
  options: [
    { value: 'running', label: 'En cours et à venir' },
    { value: 'ending', label: 'Terme proche' },
    { value: 'ended', label: 'Terminés' },
  ] satisfies { value: StayFilter; label: string }[],
};
