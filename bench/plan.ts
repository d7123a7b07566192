import pg from 'pg';
import { changeDeliveries } from '../src/domains/preparation/index.server.ts';
import { planBaskets, undoBatch } from '../src/domains/subscriptions/index.server.ts';
import { addDays, addWeeks, weekOf } from '../src/kernel/day.ts';
import { systemActor } from '../src/platform/access/actor.ts';
import { database } from '../src/platform/db/index.ts';
import { inGarden } from '../src/platform/db/tenancy.ts';
import { median, megabytes, ms, peakMemory, type Result, seconds, timed, times, told, within } from './measure.ts';
import { log, PILOT, part } from './part.ts';

/**
 * Planning against the bare minimum: each garden's baskets are planned and stored, then the same rows are inserted from a temporary table
 * into a twin of `basket` that has the same keys, checks, foreign keys and indexes, without policies nor trail. Both in one transaction per
 * garden, in turns, so that both meet the same state of the machine and of the files.
 */
async function season(owner: pg.Client): Promise<Result[]> {
  await owner.query(`create table basket_twin (like basket including all);
    alter table basket_twin add foreign key (garden_id, subscription_id) references subscription,
      add foreign key (garden_id, delivery_id) references delivery,
      add foreign key (garden_id, slot_id) references slot,
      add foreign key (garden_id, product_id) references product`);
  const gardens = await database().selectFrom('garden').select(['id', 'taken_over_on']).orderBy('id').execute();
  let [planning, inserting, baskets] = [0, 0, 0];
  for (const { id, taken_over_on } of gardens) {
    const planned = await timed(() => inGarden(systemActor(id), (tx) => planBaskets(tx, id, { today: taken_over_on!, takenOver: true })));
    planning += planned.took;
    baskets += planned.value.inserted;
    inserting += await insertTwin(owner, id, planned.value.inserted);
    if (id % 10 === 0) log(`${id} of ${gardens.length} gardens, ${baskets.toLocaleString('en-GB')} baskets`);
  }
  return [
    told('Gardens, baskets planned', `${gardens.length}, ${baskets.toLocaleString('en-GB')}`),
    told('Planned and stored', `${seconds(planning)} (${Math.round(baskets / (planning / 1000)).toLocaleString('en-GB')} baskets/s)`),
    told('The same rows inserted by PostgreSQL', seconds(inserting)),
    within('Planning / inserting', planning / inserting, 3, times),
    within('Peak memory of Node', peakMemory(), 512 * 1_048_576, megabytes),
  ];
}

async function insertTwin(owner: pg.Client, gardenId: number, expected: number): Promise<number> {
  const columns = 'garden_id, subscription_id, delivery_id, slot_id, product_id, quantity, price_cents';
  await owner.query(`set app.garden = ${gardenId}`);
  await owner.query(`create temporary table given as select ${columns} from basket where garden_id = ${gardenId} order by id`);
  const { took, value } = await timed(async () => {
    await owner.query('begin');
    const done = await owner.query(`insert into basket_twin (${columns}) select * from given`);
    await owner.query('commit');
    return done.rowCount;
  });
  if (value !== expected) throw new Error(`Garden ${gardenId}: ${expected} baskets were planned, ${value} are stored.`);
  await owner.query('drop table given');
  return took;
}

/** What happens all day long in a garden of the pilot's size: planned again for nothing, and for one change. */
async function daily(): Promise<Result[]> {
  const garden = await database().selectFrom('garden').select(['id', 'taken_over_on']).where('slug', '=', PILOT).executeTakeFirstOrThrow();
  const actor = systemActor(garden.id);
  const today = garden.taken_over_on!;
  const whole: number[] = [];
  for (let time = 0; time < 7; time++) {
    const { took, value } = await timed(() => inGarden(actor, (tx) => planBaskets(tx, garden.id, { today, takenOver: true })));
    if (value.inserted + value.updated + value.removed > 0) throw new Error('Planning again was to change nothing.');
    whole.push(took);
  }
  const some = await inGarden(actor, (tx) =>
    tx
      .selectFrom('subscription')
      .select('id')
      .where('frequency', '=', 'weekly')
      .where('ends_on', '>', today)
      .orderBy('id')
      .limit(40)
      .execute(),
  );
  const one: number[] = [];
  for (const { id } of some) {
    const { took, value } = await timed(() =>
      inGarden(actor, async (tx) => {
        await tx
          .updateTable('subscription')
          .set((eb) => ({ quantity: eb('quantity', '+', 1) }))
          .where('id', '=', id)
          .execute();
        return planBaskets(tx, garden.id, { today, subscriptionIds: [id] });
      }),
    );
    if (value.updated === 0) throw new Error('A change of quantity was to update baskets.');
    one.push(took);
  }
  return [
    within('Pilot-size garden, whole season again, nothing to change (median of 7)', median(whole), 1000, ms),
    within(`One subscription's quantity changed and planned again (median of ${one.length})`, median(one), 50, ms),
    told(`… the slowest of ${one.length}`, ms(Math.max(...one))),
  ];
}

/** A week is closed for all tours of a garden of a thousand subscriptions, its baskets put off to the next: seen, done, taken back. */
async function closing(): Promise<Result[]> {
  const garden = await database().selectFrom('garden').select(['id', 'taken_over_on']).where('slug', '=', PILOT).executeTakeFirstOrThrow();
  const actor = systemActor(garden.id);
  const today = garden.taken_over_on!;
  const weekAfter = weekOf(addDays(today, 42));
  const week = addWeeks(weekAfter, -1);
  const deliveries = await inGarden(actor, (tx) =>
    tx
      .selectFrom('delivery')
      .select(['id', 'version'])
      .where('year', '=', week.year)
      .where('week', '=', week.week)
      .where('closed', '=', false)
      .execute(),
  );
  const changes = deliveries.map(({ id, version }) => ({ id, version, closed: true, fate: weekAfter }));
  const [seen, done, undone]: number[][] = [[], [], []];
  let concerned = 0;
  for (let time = 0; time < 5; time++) {
    const how = { name: 'Bench', today };
    const versions = await inGarden(actor, (tx) =>
      tx.selectFrom('delivery').select(['id', 'version']).where('year', '=', week.year).execute(),
    );
    for (const change of changes) change.version = versions.find(({ id }) => id === change.id)!.version;
    seen!.push((await timed(() => changeDeliveries(actor, changes, { ...how, mode: 'preview' }))).took);
    const { took, value } = await timed(() => changeDeliveries(actor, changes, { ...how, mode: 'apply' }));
    if (!value.ok || !value.value) throw new Error('The week was to close.');
    done!.push(took);
    concerned = value.value.customers.length;
    const { batchId } = value.value;
    undone!.push((await timed(() => undoBatch(actor, batchId, today))).took);
  }
  return [
    told('Closing a week: deliveries, customers concerned', `${changes.length}, ${concerned}`),
    within('… seen first (median of 5)', median(seen!), 1000, ms),
    within('… done (median of 5)', median(done!), 1000, ms),
    told('… taken back (median of 5)', ms(median(undone!))),
  ];
}

await part(async (ownerUrl) => {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const results = [...(await season(owner)), ...(await daily()), ...(await closing())];
  await owner.query('drop table basket_twin');
  await owner.end();
  return results;
});
