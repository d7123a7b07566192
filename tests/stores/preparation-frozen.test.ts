import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { importDirectory } from '../../src/domains/imports/index.server.ts';
import { ensureSeason } from '../../src/domains/logistics/index.server.ts';
import { daySheet, delivery, openSeason, seasonCalendar } from '../../src/domains/preparation/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { csv } from './imports.garden.ts';
import { smallGarden, today } from './logistics.garden.ts';

useDatabase();

test('a depot that changes tour keeps its baskets on the sheet and the page of a delivery that is frozen', async () => {
  const actor = await smallGarden('bascule');
  // Monday of week 43: Wednesday's sheets may be printed already.
  const [frozen] = (await seasonCalendar(actor, 2025, today)).weeks[42]!.cells;
  expect(frozen).toMatchObject({ state: 'frozen', date: '2025-10-22', baskets: 4 });
  const printed = await daySheet(actor, { date: '2025-10-22', today });
  const shown = await delivery(actor, frozen!.id, today);
  const moved = await importDirectory(
    actor,
    { files: [csv('depots.csv', 'N°;Nom;Tournée;Ordre', '1;Mairie;VE1;1')], year: 2025 },
    { today },
  );
  expect(moved).toMatchObject({ ok: true, value: { report: { rejected: [] } } });
  expect(await daySheet(actor, { date: '2025-10-22', today })).toEqual(printed);
  const { products, stops } = shown!;
  expect(await delivery(actor, frozen!.id, today)).toMatchObject({ products, stops });
  // From the next week on, it is the Friday's.
  const later = await daySheet(actor, { date: '2025-10-31', today });
  expect(later).toMatchObject({ ok: true, value: { tours: [{ stops: [{ depotName: 'Mairie' }, { depotName: 'Ferme' }] }] } });
});

test('a season opened while an import runs waits for it, and neither fails', async () => {
  const actor = await smallGarden('ensemble');
  let begun = () => {};
  const locked = new Promise<void>((resolve) => {
    begun = resolve;
  });
  // What an import does, with time in between: the garden's lock, then the season.
  const imported = inGarden(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(1, ${actor.gardenId})`.execute(tx);
    begun();
    await sql`select pg_sleep(0.3)`.execute(tx);
    return ensureSeason(tx, actor.gardenId, 2026);
  });
  await locked;
  const opened = openSeason(actor, 2026, today);
  expect(await Promise.all([imported, opened])).toMatchObject([106, { ok: true, value: { deliveries: 0 } }]);
});
