import { sayBriefDay } from '#domains/logistics/labels.ts';
import type { Fate } from '#domains/subscriptions/rules/closed-weeks.ts';
import type { Day, Week } from '#kernel/day.ts';

/** What becomes of the baskets of a delivery that closes, as forms ask it: « credit », « make_up », « none », or « 2026-16 » (another week). */
export const fateOptions = [
  { value: 'make_up', label: 'À rattraper', hint: 'Chaque client choisira une autre date, avec le jardin.' },
  { value: 'credit', label: 'Crédités', hint: 'Le client ne les paie pas.' },
  { value: 'none', label: 'Pas livrés', hint: 'Rien d’autre n’est noté.' },
] as const;

/** « 2026-16 » */
export const weekValue = ({ year, week }: Week): string => `${year}-${week}`;

/** The choices of a select, with the weeks that could take the baskets. */
export const fateChoices = (others: readonly (Week & { date: Day })[]): { value: string; label: string }[] => [
  ...fateOptions.map(({ value, label }) => ({ value, label })),
  ...others.map((other) => ({ value: weekValue(other), label: `Reportés en semaine ${other.week} (${sayBriefDay(other.date)})` })),
];

/** What a chosen word means to the plan; « none » and '' are null: nothing is stored. */
export function fateOf(chosen: string): Fate | null {
  if (chosen === 'credit' || chosen === 'make_up') return chosen;
  const [, year, week] = /^(\d{4})-(\d{1,2})$/.exec(chosen) ?? [];
  return year && week ? { year: Number(year), week: Number(week) } : null;
}

/** « semaine 3 », « semaines 3, 4 et 5 » */
export function sayWeeks(weeks: readonly number[]): string {
  const last = weeks.at(-1);
  return weeks.length > 1 ? `semaines ${weeks.slice(0, -1).join(', ')} et ${last}` : `semaine ${last}`;
}
