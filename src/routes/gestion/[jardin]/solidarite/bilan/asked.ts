import { type After, afters, type Choice } from '#domains/solidarity/rules/report.ts';
import { addDays, type Day, parseDay } from '#kernel/day.ts';

/** The period that an address asks for: the last twelve months unless it says otherwise. */
export function periodAsked(params: URLSearchParams, today: Day): { from: Day; until: Day } {
  const until = parseDay(params.get('jusque') ?? '') ?? addDays(today, -1);
  const from = parseDay(params.get('depuis') ?? '') ?? addDays(until, -364);
  return from <= until ? { from, until } : { from: until, until: from };
}

export const views = ['paniers', 'personnes', 'parcours', 'ateliers'] as const;
export type View = (typeof views)[number];

/** What rows are opened. */
export const viewAsked = (params: URLSearchParams): View => views.find((one) => one === params.get('voir')) ?? 'paniers';

/** Which of them; `payeur` 0 is the people themselves, `depot` 0 no depot: a basket that was given. */
export function choiceAsked(params: URLSearchParams): Choice {
  const number = (key: string) => {
    const typed = params.get(key);
    return typed !== null && /^\d{1,12}$/.test(typed) ? Number(typed) : undefined;
  };
  const [payer, month] = [number('payeur'), params.get('mois') ?? ''];
  const [programme, place, depot] = [number('programme'), params.get('commune'), number('depot')];
  return {
    ...(/^\d{4}-\d{2}$/.test(month) ? { month } : {}),
    ...(programme === undefined ? {} : { programme }),
    ...(place === null ? {} : { place: place.slice(0, 80) }),
    ...(depot === undefined ? {} : { depot }),
    ...(payer === undefined ? {} : { funder: payer === 0 ? null : payer }),
  };
}

/** Of ended stays, those that had this after them. */
export const afterAsked = (params: URLSearchParams): After | null => afters.find((one) => one === params.get('suite')) ?? null;
