/** The ISO weeks in which a plan is delivered, as people write them: « 18 à 44, 50 ». */

export type WeeksRead = { ok: true; weeks: number[] | null } | { ok: false; reason: string };

const last = 53;

/**
 * « 18 à 44, 50 », « 18-44 ; 50 » → [18 … 44, 50], in order, without repeats. A range over New Year turns round: « 44 à 8 » → [1 … 8, 44 … 53].
 * Nothing, or all the weeks, → null (delivered all year round).
 */
export function readWeeks(text: string): WeeksRead {
  const parts = text
    .toLowerCase()
    .replace(/\b(semaines?|sem\.?|s\.?)(?=\s*\d)/g, '')
    .split(/\s*(?:[,;+]|\bet\b|\n)\s*/)
    .map((part) => part.trim())
    .filter(Boolean);
  const found = new Set<number>();
  for (const part of parts) {
    const match = /^(?:de\s+)?(\d{1,2})(?:\s*(?:à|a|au|-|–|—|\.{2,3}|…)\s*(\d{1,2}))?$/.exec(part);
    if (!match) return { ok: false, reason: `« ${part} » n’est pas lisible. Écrivez par exemple : 18 à 44, 50.` };
    const [from, until] = [Number(match[1]), Number(match[2] ?? match[1])];
    const wrong = [from, until].find((week) => week < 1 || week > last);
    if (wrong !== undefined) return { ok: false, reason: `Il n’y a pas de semaine ${wrong} : les semaines vont de 1 à ${last}.` };
    for (let week = from; ; week = week === last ? 1 : week + 1) {
      found.add(week);
      if (week === until) break;
    }
  }
  if (found.size === 0 || found.size === last) return { ok: true, weeks: null };
  return { ok: true, weeks: [...found].sort((a, b) => a - b) };
}

/** Weeks that follow one another, as [first, last]; a run over New Year is one, and stands last. Weeks 52 and 53 both come before week 1. */
export function weekRuns(weeks: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const week of [...weeks].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run[1] === week - 1) run[1] = week;
    else runs.push([week, week]);
  }
  const first = runs[0];
  if (runs.length > 1 && first?.[0] === 1 && runs.at(-1)![1] === last) {
    runs.shift();
    runs.at(-1)![1] = first[1];
  }
  return runs;
}

/** [18 … 44, 50] → « 18 à 44, 50 », as it is typed; null → ''. */
export const typedWeeks = (weeks: readonly number[] | null): string =>
  weeks === null
    ? ''
    : weekRuns(weeks)
        .map(([from, until]) => (from === until ? `${from}` : `${from} à ${until}`))
        .join(', ');

/** « toute l’année », « semaines 18 à 44 et 50 », « semaine 50 ». */
export function sayWeeks(weeks: readonly number[] | null): string {
  if (weeks === null) return 'toute l’année';
  const said = typedWeeks(weeks).replace(/, (?=[^,]*$)/, ' et ');
  return `${weeks.length > 1 ? 'semaines' : 'semaine'} ${said}`;
}
