import type { Endings, EndingsAsked } from '#domains/subscriptions/index.server.ts';
import { renewalLabels } from '#domains/subscriptions/labels-renewal.ts';
import { type RenewalState, renewalStates } from '#domains/subscriptions/rules/renewal.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

const monthOf = (day: Day) => new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));

/** The last days of this month and the eleven to come. */
function monthEnds(today: Day): Day[] {
  const [year, month] = today.split('-').map(Number) as [number, number];
  return Array.from({ length: 12 }, (_, at) => {
    const next = month + at;
    return addDays(`${year + Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, '0')}-01`, -1);
  });
}

type Known = Pick<Endings, 'plans' | 'seasons'>;

/** A choice of nothing is not shown. */
export const endingFilters = ({ plans, seasons }: Known, today: Day): Filter[] =>
  [
    {
      key: 'etat',
      label: 'Où en est-on',
      all: 'Pas encore renouvelés',
      options: [{ value: 'all', label: 'Tous' }, ...renewalStates.map((state) => ({ value: state, label: renewalLabels[state].many }))],
    },
    { key: 'formule', label: 'Formule', all: 'Toutes', options: plans.map(({ id, name }) => ({ value: String(id), label: name })) },
    { key: 'saison', label: 'Saison', all: 'Toutes', options: seasons.map(({ id, name }) => ({ value: String(id), label: name })) },
    {
      key: 'avant',
      label: 'Fin',
      all: 'D’ici la date du jardin',
      options: monthEnds(today).map((day) => ({ value: day, label: `avant fin ${monthOf(day)}` })),
    },
  ].filter(({ options }) => options.length > 0);

export const readEndingQuery = (params: URLSearchParams, filters: Filter[]): Query =>
  readQuery(params, { sorts: ['fin'], filters, perPage: 100 });

/** The question to the store. */
export function endingsAsked(params: URLSearchParams, today: Day): EndingsAsked {
  const number = (key: string) => (/^\d{1,15}$/.test(params.get(key) ?? '') ? Number(params.get(key)) : undefined);
  const state = params.get('etat') ?? '';
  const until = params.get('avant') ?? '';
  return {
    today,
    search: (params.get('q') ?? '').trim().slice(0, 100),
    planId: number('formule'),
    seasonId: number('saison'),
    until: monthEnds(today).includes(until) ? until : undefined,
    state: state === 'all' || (renewalStates as readonly string[]).includes(state) ? (state as RenewalState | 'all') : 'not_renewed',
  };
}
