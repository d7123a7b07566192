import { addDays, type Day, weekOf } from '#kernel/day.ts';

export type Period = { startsOn: Day; endsOn: Day };

/** The ISO years in which a season has deliveries. Three days at either end may belong to a week of the next year, or of the one before: they do not count. */
export function seasonYears({ startsOn, endsOn }: Period): number[] {
  const [first, last] = [weekOf(addDays(startsOn, 3)).year, weekOf(addDays(endsOn, -3)).year];
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, at) => first + at);
}

const month = (day: Day) => new Intl.DateTimeFormat('fr-FR', { month: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** « Saison 2026 » for a calendar year; else « Avril 2026 – mars 2027 ». */
export function seasonName({ startsOn, endsOn }: Period): string {
  const [from, to] = [startsOn.slice(0, 4), endsOn.slice(0, 4)];
  if (from === to && startsOn.endsWith('-01-01') && endsOn.endsWith('-12-31')) return `Saison ${from}`;
  return from === to
    ? `${capital(month(startsOn))} – ${month(endsOn)} ${to}`
    : `${capital(month(startsOn))} ${from} – ${month(endsOn)} ${to}`;
}

/** What a garden may want next: the period that follows its last season, as long as a year; without any, next calendar year. */
export function followingPeriod(last: Period | null, today: Day): Period {
  const year = Number(today.slice(0, 4));
  if (!last) return { startsOn: `${year + 1}-01-01`, endsOn: `${year + 1}-12-31` };
  const startsOn = addDays(last.endsOn, 1);
  return { startsOn, endsOn: addDays(`${Number(startsOn.slice(0, 4)) + 1}${startsOn.slice(4)}`, -1) };
}

/** Deliveries are made this many years ahead at most. */
const yearsAhead = 2;

/** Why a season cannot have this period, or null. */
export function whyNotPeriod(period: Period, today: Day): string | null {
  if (period.endsOn < period.startsOn) return 'Une saison finit après son début.';
  if (seasonYears(period).length > 3) return 'Une saison dure au plus deux ans.';
  const last = weekOf(today).year + yearsAhead;
  return weekOf(period.endsOn).year > last ? `Une saison se prépare jusqu’à la fin de ${last} : plus loin, rien n’est sûr.` : null;
}
