import { type Day, daysBetween, sayDay } from '#kernel/day.ts';

export type PostIt = {
  id: number;
  text: string;
  dueOn: Day | null;
  shared: boolean;
  /** Who wrote it, by name; null once that person is gone. */
  author: string | null;
  mine: boolean;
  done: boolean;
  doneBy: string | null;
  version: number;
};

/** « en retard de 3 jours », « aujourd’hui », « demain », « vendredi 24 octobre »; nothing without a day. */
export function sayDue(dueOn: Day | null, today: Day): string {
  if (dueOn === null) return '';
  const days = daysBetween(today, dueOn);
  if (days < -1) return `en retard de ${-days} jours`;
  return days === -1 ? 'depuis hier' : days === 0 ? 'aujourd’hui' : days === 1 ? 'demain' : sayDay(dueOn);
}

/** Late or for today: to be seen first. */
export const isPressing = (dueOn: Day | null, today: Day): boolean => dueOn !== null && dueOn <= today;

/** What the first page shows: all that has no day or whose day comes within a week; the others wait on their own page. */
export function forToday(all: readonly PostIt[], today: Day): { shown: PostIt[]; later: number } {
  const shown = all.filter(({ dueOn, done }) => !done && (dueOn === null || daysBetween(today, dueOn) <= 7)).toSorted(byDay);
  return { shown, later: all.filter(({ done }) => !done).length - shown.length };
}

/** Dated ones first, the oldest on top; then those without a day, as they were written. */
export const byDay = (a: PostIt, b: PostIt): number =>
  a.dueOn === b.dueOn ? a.id - b.id : a.dueOn === null ? 1 : b.dueOn === null ? -1 : a.dueOn < b.dueOn ? -1 : 1;
