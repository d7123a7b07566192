import { sql } from 'kysely';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayTime } from '../labels.ts';
import type { NewSlot, SlotChange } from '../schema.ts';
import { sayNeeds } from './needed.ts';
import { alone } from './tour-commands.ts';

type Stored = Omit<NewSlot, 'order'> & { id: number; order: number; version: number; archived: boolean };

const columns = sql`id, version, tour_id as "tourId", name, stop_order as "order", to_char(arrival, 'HH24:MI') as arrival, pickup, capacity, archived_at is not null as archived`;

const fieldTaken = 'La tournée passe déjà ici sous ce nom. Donnez un autre nom à ce passage : « armoire B », « soir ».';

const namedSlot = async (tx: Tx, depotId: number, tourId: number, name: string): Promise<Stored | undefined> =>
  (await sql<Stored>`select ${columns} from slot where depot_id = ${depotId} and tour_id = ${tourId} and name = ${name}`.execute(tx))
    .rows[0];

/** Puts a depot on a tour: a stop put aside under this name comes back as it is typed. The same form sent twice adds one. */
export function addSlot(actor: Actor, depotId: number, typed: NewSlot): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    await alone(tx, actor.gardenId);
    const { rows: places } = await sql<{ depot: boolean; tour: boolean }>`
      select exists (select from depot where id = ${depotId} and archived_at is null) as depot,
        exists (select from tour where id = ${typed.tourId} and archived_at is null) as tour`.execute(tx);
    if (!places[0]!.depot) return refuse('Ce point de dépôt n’existe plus.');
    if (!places[0]!.tour) return refuse('Cette tournée n’existe plus.', { tourId: 'Choisissez une tournée en cours.' });
    const there = await namedSlot(tx, depotId, typed.tourId, typed.name);
    if (there && !there.archived) {
      const same = there.arrival === typed.arrival && there.pickup === typed.pickup && there.capacity === typed.capacity;
      return same ? done({ id: there.id }) : refuse('La tournée passe déjà ici.', { name: fieldTaken });
    }
    const { rows } = there
      ? await sql<{ id: number }>`
          update slot set archived_at = null, arrival = ${typed.arrival}::time, pickup = ${typed.pickup}, capacity = ${typed.capacity}, version = version + 1
          where id = ${there.id} returning id`.execute(tx)
      : await sql<{ id: number }>`
          insert into slot (garden_id, depot_id, tour_id, name, stop_order, arrival, pickup, capacity)
          values (${actor.gardenId}, ${depotId}, ${typed.tourId}, ${typed.name}, 0, ${typed.arrival}::time, ${typed.pickup}, ${typed.capacity}) returning id`.execute(
          tx,
        );
    await placeStop(tx, typed.tourId, rows[0]!.id, typed.order);
    return done({ id: rows[0]!.id });
  });
}

/** Name, place in the tour, times and places of a depot's stop. Refused when somebody else changed them since the form was opened; sent twice, it acts once. */
export function changeSlot(actor: Actor, depotId: number, slotId: number, { version, ...typed }: SlotChange): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    await alone(tx, actor.gardenId);
    const { rows } =
      await sql<Stored>`select ${columns} from slot where id = ${slotId} and depot_id = ${depotId} and archived_at is null for update`.execute(
        tx,
      );
    const stored = rows[0];
    if (!stored) return refuse('Ce passage n’existe plus.');
    const wanted = { ...typed, order: typed.order ?? stored.order };
    if (differingFields<object>(stored, wanted).length === 0) return done(null);
    if (stored.version !== version) {
      return changedMeanwhile<typeof wanted>('Ce passage', stored, wanted, (field) =>
        field === 'arrival' ? sayTime(stored.arrival) : String(stored[field] ?? ''),
      );
    }
    if (wanted.name !== stored.name) {
      const other = await namedSlot(tx, depotId, stored.tourId, wanted.name);
      if (other) return refuse('Ce nom est déjà pris.', { name: other.archived ? 'C’est celui d’un passage archivé.' : fieldTaken });
    }
    await sql`
      update slot set name = ${wanted.name}, arrival = ${wanted.arrival}::time, pickup = ${wanted.pickup}, capacity = ${wanted.capacity}, version = version + 1
      where id = ${slotId}`.execute(tx);
    if (wanted.order !== stored.order) await placeStop(tx, stored.tourId, slotId, wanted.order);
    return done(null);
  });
}

/** Takes a depot off a tour. Nothing is lost. Refused while something hangs on the stop. */
export function archiveSlot(actor: Actor, depotId: number, slotId: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    await alone(tx, actor.gardenId);
    const needs = await sayNeeds(tx, sql`select id from slot where id = ${slotId} and depot_id = ${depotId}`, today);
    if (needs) return refuse(`Ce passage sert encore : ${needs}. Déplacez-les d’abord vers un autre passage, puis archivez-le.`);
    await sql`update slot set archived_at = now(), version = version + 1 where id = ${slotId} and depot_id = ${depotId} and archived_at is null`.execute(
      tx,
    );
    return done(null);
  });
}

/** Gives a stop its place among those of its tour, the others moving along; null: the last. The tour takes a new version: its order is another. */
async function placeStop(tx: Tx, tourId: number, slotId: number, order: number | null): Promise<void> {
  await sql`
    with others as (
      select id, row_number() over (order by stop_order, id) as place from slot where tour_id = ${tourId} and archived_at is null and id <> ${slotId}
    ), wanted as (
      select least(greatest(coalesce(${order}::int, 100000), 1), (select count(*) + 1 from others)) as place
    ), placed as (
      select id, place + case when place >= (select place from wanted) then 1 else 0 end as place from others
      union all select ${slotId}::bigint, place from wanted
    ), moved as (
      update slot s set stop_order = p.place from placed p where s.id = p.id and s.tour_id = ${tourId} and s.stop_order <> p.place
    )
    update tour set version = version + 1 where id = ${tourId}`.execute(tx);
}
