import { sql } from 'kysely';
import type { Day, Weekday } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Written } from '#platform/db/upsert.ts';
import { type CutoffContext, deliveryState } from '../rules/cutoff.ts';

/** `tourCode` null: every tour. `date` null: no delivery that week. */
export type WeekToImport = { year: number; week: number; tourCode: string | null; date: Day | null; note: string };

type Stored = {
  id: number;
  code: string;
  year: number;
  week: number;
  usualDate: Day;
  date: Day;
  closed: boolean;
  note: string;
  preparationWeekday: Weekday;
  deliveryWeekday: Weekday;
  hasBaskets: boolean;
};

/**
 * Closes weeks and moves deliveries, in one query and one update. A line about all tours leaves alone those that have a line of
 * their own for that week. Deliveries past their cut-off that have baskets are frozen: a line that would change one is refused.
 * `added` are the lines about deliveries that nobody had touched yet.
 */
export async function importCalendar(tx: Tx, weeks: WeekToImport[], given: ReadonlySet<string>, context: CutoffContext): Promise<Written> {
  const result: Written = { added: [], changed: [], refused: [] };
  if (weeks.length === 0) return result;
  const stored = await loadDeliveries(tx, [...new Set(weeks.map((week) => week.year))]);
  const byWeek = Map.groupBy(stored, ({ year, week }) => `${year}/${week}`);
  const wanted = new Map<Stored, Pick<Stored, 'date' | 'closed' | 'note'>>();
  const order = weeks
    .map((week, index) => ({ week, index }))
    .sort((a, b) => Number(a.week.tourCode !== null) - Number(b.week.tourCode !== null));
  for (const { week, index } of order) {
    const targets = (byWeek.get(`${week.year}/${week.week}`) ?? []).filter(({ code }) => week.tourCode === null || code === week.tourCode);
    if (targets.length === 0) {
      result.refused.push({ index, reason: whyNone(week, stored) });
      continue;
    }
    const asked = (target: Stored) => ({
      closed: week.date === null,
      date: week.date ?? target.usualDate,
      note: given.has('note') ? week.note : target.note,
    });
    const changing = targets.filter((target) => differs(target, asked(target)));
    const frozen = changing.find((target) => target.hasBaskets && deliveryState(target.date, target, context) === 'frozen');
    if (frozen) {
      const reason = `La livraison « ${frozen.code} » de la semaine ${week.week} est passée ou déjà préparée : elle ne change plus.`;
      result.refused.push({ index, reason });
      continue;
    }
    for (const target of targets) wanted.set(target, asked(target));
    const fresh = changing.every(({ closed, date, usualDate, note }) => !closed && date === usualDate && note === '');
    if (changing.length > 0) (fresh ? result.added : result.changed).push(index);
  }
  const rows = [...wanted].flatMap(([target, value]) => (differs(target, value) ? [{ id: target.id, ...value }] : []));
  if (rows.length > 0)
    await sql`
      update delivery d set date = r.date, closed = r.closed, note = r.note, version = d.version + 1
      from jsonb_populate_recordset(null::delivery, ${JSON.stringify(rows)}::jsonb) as r
      where d.id = r.id`.execute(tx);
  return result;
}

const differs = (a: Pick<Stored, 'date' | 'closed' | 'note'>, b: Pick<Stored, 'date' | 'closed' | 'note'>) =>
  a.closed !== b.closed || a.date !== b.date || a.note !== b.note;

function whyNone({ year, week, tourCode }: WeekToImport, stored: Stored[]): string {
  if (!stored.some((delivery) => delivery.year === year))
    return tourCode === null && stored.length === 0
      ? 'Aucune tournée n’existe encore : importez d’abord le fichier des tournées.'
      : `La saison ${year} n’est pas encore ouverte : importez ce fichier en choisissant l’année ${year}.`;
  return `Aucune livraison n’est prévue en semaine ${week} de ${year}${tourCode ? ` pour la tournée « ${tourCode} »` : ''}.`;
}

async function loadDeliveries(tx: Tx, years: number[]): Promise<Stored[]> {
  const { rows } = await sql<Stored>`
    select d.id, t.code, d.year, d.week, d.usual_date as "usualDate", d.date, d.closed, d.note,
      t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday",
      (select b.id from basket b where b.delivery_id = d.id limit 1) is not null as "hasBaskets"
    from delivery d
    join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
    where d.year = any(${`{${years.join()}}`}::integer[])
    order by d.usual_date, t.position, t.code`.execute(tx);
  return rows;
}
