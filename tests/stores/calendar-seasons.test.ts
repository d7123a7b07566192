import { describe, expect, test } from 'vitest';
import { seasons } from '../../src/domains/logistics/index.server.ts';
import { saveSeason } from '../../src/domains/preparation/index.server.ts';
import { undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import { garden, plan, rows, subscribe, today, useCalendar } from './calendar.garden.ts';

useCalendar();

describe('seasons', () => {
  const of = (startsOn: string, endsOn: string, name = 'Avril 2026 – mars 2027') => ({ name, startsOn, endsOn });

  test('making one opens the deliveries of its years, with the baskets that run into them; sent twice it is one', async () => {
    const one = await subscribe({ ends_on: '2027-02-28' });
    await plan();
    const season = of('2026-04-01', '2027-03-31');
    const told = await saveSeason(garden.marie, null, season, today, 'preview');
    expect(await seasons(garden.marie)).toEqual([]);
    const made = await saveSeason(garden.marie, null, season, today);
    expect(made).toMatchObject({ ok: true, value: { deliveries: 2 * 52, baskets: 8, customers: 1 } });
    expect(told.ok && { ...told.value, id: 0 }).toEqual(made.ok && { ...made.value, id: 0 });
    expect(await saveSeason(garden.marie, null, season, today)).toEqual({
      ok: true,
      value: { ...(made.ok && made.value), deliveries: 0, baskets: 0, customers: 0 },
    });
    const [baskets] = await rows<{ count: number }>(
      `select count(*)::int from basket b join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id where l.year = 2027 and b.subscription_id = $1`,
      [one],
    );
    expect(baskets!.count).toBe(8);
    expect((await seasons(garden.marie)).map(({ name, plans }) => [name, plans])).toEqual([['Avril 2026 – mars 2027', 0]]);
    const batches = await rows<{ id: string }>(`select id from batch where kind = 'season' and name like 'Nouvelle saison%'`);
    expect(batches).toHaveLength(1);
    expect(await undoBatch(garden.marie, Number(batches[0]!.id), today)).toMatchObject({ ok: true });
    expect(await rows('select 1 from delivery where year = 2027')).toEqual([]);
    expect(await seasons(garden.marie)).toEqual([]);
  });

  test('two may overlap, never with one name; changed by somebody else, it is told field by field', async () => {
    const first = await saveSeason(garden.marie, null, of('2026-01-01', '2026-12-31', 'Saison 2026'), today);
    expect(await saveSeason(garden.marie, null, of('2026-04-01', '2026-10-31', 'Saison 2026'), today)).toMatchObject({
      ok: false,
      fields: { name: expect.any(String) },
    });
    expect(await saveSeason(garden.marie, null, of('2026-04-01', '2026-10-31', 'Été'), today)).toMatchObject({ ok: true });
    const id = first.ok ? first.value.id : 0;
    expect(await saveSeason(garden.marie, id, { version: 1, ...of('2026-01-05', '2026-12-31', 'Saison 2026') }, today)).toMatchObject({
      ok: true,
    });
    expect(await saveSeason(garden.paul, id, { version: 1, ...of('2026-01-01', '2026-12-31', 'Saison 26') }, today)).toMatchObject({
      ok: false,
      fields: { name: expect.stringContaining('Saison 2026'), startsOn: expect.stringContaining('05/01/2026') },
    });
    expect(await saveSeason(garden.marie, null, of('2026-12-01', '2026-01-01', 'À l’envers'), today)).toMatchObject({
      ok: false,
      fields: { endsOn: expect.any(String) },
    });
  });
});
