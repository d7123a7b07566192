import { beforeAll, describe, expect, test } from 'vitest';
import { importDirectory } from '../../src/domains/imports/index.server.ts';
import {
  type AskedHoliday,
  type ClosingYear,
  changeDeliveries,
  closingYear,
  holidaysToCome,
  planClosings,
  planHolidays,
  seasonCalendar,
} from '../../src/domains/preparation/index.server.ts';
import { deliveryTotals } from '../../src/domains/subscriptions/index.server.ts';
import type { Actor } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { hasPilot, newGarden, pilotFiles } from './imports.garden.ts';

const today = '2024-12-20';

useDatabase();

/** What the pilot garden did in its calendar of 2025, done on screen instead of read from its file: the same baskets must come of it. */
describe.skipIf(!hasPilot)('the pilot garden’s calendar, decided on screen', () => {
  let actor: Actor;
  let asked: AskedHoliday[];

  const importing = async (slug: string, withCalendar: boolean) => {
    const made = await newGarden(slug);
    const files = pilotFiles().filter(({ name }) => withCalendar || name !== 'calendrier.csv');
    const done = await importDirectory(made, { files, year: 2025 }, { today });
    if (!done.ok) throw new Error(done.reason);
    return made;
  };
  const inWeek = (week: number) => asked.filter(({ delivery }) => delivery.week === week);
  const apply = async (planned: Awaited<ReturnType<typeof planClosings>> | Awaited<ReturnType<typeof planHolidays>>) => {
    if (!planned.ok || !planned.value) throw new Error('nothing was planned');
    const { name, changes } = planned.value;
    const done = await changeDeliveries(actor, changes, { name, today, mode: 'apply' });
    if (!done.ok) throw new Error(done.reason);
  };

  beforeAll(async () => {
    actor = await importing('ecran', false);
    asked = (await holidaysToCome(actor, '2025-12-28', today)).asked;
  });

  test('week 19: three tours are prepared on 8 May; each may do as it did', async () => {
    expect(inWeek(19).map(({ delivery, holiday, falls }) => [delivery.tour.code, holiday.name, falls])).toEqual([
      ['VE1', '8 mai', 'preparation'],
      ['VE2', '8 mai', 'preparation'],
      ['MAG', '8 mai', 'preparation'],
    ]);
    for (const { otherDays, delivery } of inWeek(19)) {
      expect(delivery.date).toBe('2025-05-09');
      expect(otherDays.map(({ date }) => date)).toContain('2025-05-07');
    }
  });

  test('decided tour by tour, weeks 1 and 52 ticked, week 46 moved by hand: the calendar and the baskets are those of the pilot’s own file', async () => {
    const decisions = inWeek(19).map(({ delivery: { id, version, tour } }) => ({
      id,
      version,
      choice: tour.code === 'VE1' ? '2025-05-07' : 'same',
      fate: '',
    }));
    await apply(await planHolidays(actor, decisions, today));

    const view: ClosingYear = await closingYear(actor, 2025, null, today);
    const ticked = {
      year: 2025,
      tour: '',
      shown: view.boxes
        .filter((box) => box.ticked)
        .map((box) => box.week)
        .join(),
      weeks: [1, 52],
      fate: 'none' as const,
      seen: '',
    };
    await apply(await planClosings(actor, ticked, today));

    const season = await seasonCalendar(actor, 2025, today);
    const at = season.tours.findIndex(({ code }) => code === 'VE1');
    const { id, version } = season.weeks[45]!.cells[at]!;
    const moved = await changeDeliveries(actor, [{ id, version, date: '2025-11-13', fate: null }], { name: 'VE1', today, mode: 'apply' });
    expect(moved).toMatchObject({ ok: true, value: { baskets: { added: 0, removed: 0 } } });

    const own = await importing('fichier', true);
    expect(await deliveryTotals(actor, 2025)).toEqual(await deliveryTotals(own, 2025));
    expect((await holidaysToCome(actor, '2025-12-28', today)).asked.filter(({ delivery }) => delivery.week === 19)).toEqual([]);
  });
});
