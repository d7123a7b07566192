import { sql } from 'kysely';
import { sheet } from '../src/domains/preparation/index.server.ts';
import { systemActor } from '../src/platform/access/actor.ts';
import { today } from '../src/platform/clock.ts';
import { database } from '../src/platform/db/index.ts';
import { inGarden } from '../src/platform/db/tenancy.ts';
import { kilobytes, megabytes, ms, peakMemory, type Result, timed, told, within } from './measure.ts';
import { PILOT, part } from './part.ts';
import { measureWeek } from './sheet-week.ts';

/** The fullest Friday from today on of the garden of the pilot's size: its route sheet, drawn for the first time in this process. */
async function measure(): Promise<Result[]> {
  const garden = await database().selectFrom('garden').select('id').where('slug', '=', PILOT).executeTakeFirstOrThrow();
  const actor = systemActor(garden.id);
  const day = await inGarden(actor, (tx) =>
    tx
      .selectFrom('basket')
      .innerJoin('delivery', (join) =>
        join.onRef('delivery.garden_id', '=', 'basket.garden_id').onRef('delivery.id', '=', 'basket.delivery_id'),
      )
      .select(({ fn }) => ['delivery.date', fn.sum<string>('basket.quantity').as('baskets')])
      .where('delivery.date', '>=', today())
      .where(sql`extract(isodow from delivery.date)`, '=', 5)
      .groupBy('delivery.date')
      .orderBy('baskets', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  );
  const before = process.memoryUsage.rss();
  const first = await timed(() => sheet(actor, 'route', { date: day.date, today: today() }));
  const growth = peakMemory() - before;
  if (!first.value.ok) throw new Error(first.value.reason);
  const again = await timed(() => sheet(actor, 'route', { date: day.date, today: today() }));
  const preparation = await timed(() => sheet(actor, 'preparation', { date: day.date, today: today() }));
  return [
    told('Day, baskets, size of the file', `${day.date}, ${day.baskets}, ${kilobytes(first.value.value.length)}`),
    within('Route sheet, first of the process', first.took, 1000, ms),
    told('Route sheet, second time', ms(again.took)),
    told('Preparation sheet of the day', ms(preparation.took)),
    within('Growth of memory (peak while drawing the first)', growth, 150 * 1_048_576, megabytes),
    ...(await measureWeek(actor, today())),
  ];
}

await part(measure);
