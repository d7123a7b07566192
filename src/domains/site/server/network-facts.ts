import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/index.server.ts';
import { type GardenSettings, withSettings } from '#domains/gardens/settings.ts';
import { type Activity, activityLabels } from '#domains/gardens/settings-map.ts';
import { plansOnOffer } from '#domains/plans/index.server.ts';
import { isOpenTo } from '#domains/plans/rules/offer.ts';
import { changedMeanwhile } from '#kernel/conflict.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome } from '#kernel/outcome.ts';
import { type Actor, requireRight, systemActor } from '#platform/access/actor.ts';
import { visitorOf } from '#platform/access/own.ts';
import { database, type Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { findCommune } from '#platform/geocoding/index.ts';
import { sayTimes } from '../rules/places.ts';
import { textsOf } from '../rules/texts.ts';
import type { MapForm } from '../schema-map.ts';
import { type PublicPlace, publicPlaces } from './places.ts';
import { loadTold } from './site.ts';

type Where = { latitude: number | null; longitude: number | null };
type Address = { postcode: string; city: string };

/** Where the map shows a garden: where its tours leave from when it has said so, or else the middle of its town. */
export function gardenPlace(settings: Pick<GardenSettings, 'startLatitude' | 'startLongitude'>, { postcode, city }: Address): Where {
  const { startLatitude, startLongitude } = settings;
  if (startLatitude !== null && startLongitude !== null) return { latitude: startLatitude, longitude: startLongitude };
  const town = findCommune(`${postcode} ${city}`.trim());
  return { latitude: town?.latitude ?? null, longitude: town?.longitude ?? null };
}

/** What the network's map is to say of the garden: read from its own rows. */
async function factsOf(actor: Actor, today: Day) {
  // What the map says is public: whoever tells it need not have the right to organise tours.
  const places = await publicPlaces(visitorOf(actor.gardenId, 'logistics:read'), today);
  const { garden, told, plans } = await readInGarden(actor, async (tx) => ({
    garden: await tx.selectFrom('garden').selectAll().where('id', '=', actor.gardenId).executeTakeFirstOrThrow(),
    told: await loadTold(tx),
    plans: await plansOnOffer(tx, today),
  }));
  const settings = readSettings(garden.settings);
  const prices = plans.flatMap(({ priceCents, productKind, ...plan }) =>
    priceCents !== null && productKind === 'basket' && isOpenTo(plan, '') ? [priceCents] : [],
  );
  return {
    places,
    garden: {
      published: told.published && garden.archived_at === null,
      ...gardenPlace(settings, garden),
      tagline: textsOf(garden, told.texts).tagline,
      activities: settings.activities,
      solidarity: settings.solidarityBaskets,
      from_cents: prices.length ? Math.min(...prices) : null,
      open_places: places.filter(({ state }) => state === 'open' || state === 'few').length,
      places: places.length,
    },
  };
}

/** Tells the network's map what the garden is now. Told again with nothing new, nothing is written but the hour. Eight queries or so. */
export async function tellNetwork(actor: Actor, today: Day): Promise<void> {
  requireRight(actor, 'site:read');
  const { garden, places } = await factsOf(actor, today);
  await inGarden(actor, async (tx) => {
    await tx
      .insertInto('public_garden')
      .values({ garden_id: actor.gardenId, ...garden })
      .onConflict((conflict) => conflict.column('garden_id').doUpdateSet({ ...garden, told_at: new Date() }))
      .execute();
    await writePlaces(tx, actor.gardenId, places);
  });
}

async function writePlaces(tx: Tx, gardenId: number, places: readonly PublicPlace[]): Promise<void> {
  const rows = places
    .filter(({ latitude, longitude }) => latitude !== null && longitude !== null)
    .map(({ id, name, address, postcode, city, latitude, longitude, state, times }) => ({
      ...{ depot_id: id, name, address, postcode, city, latitude, longitude, state },
      times: sayTimes(times),
    }));
  await sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
        depot_id bigint, name text, address text, postcode text, city text, latitude double precision, longitude double precision, state text, times text)
    ), gone as (
      delete from public_place where garden_id = ${gardenId} and depot_id not in (select depot_id from told)
    )
    insert into public_place as p (garden_id, depot_id, name, address, postcode, city, latitude, longitude, state, times)
    select ${gardenId}::integer, depot_id, name, address, postcode, city, latitude, longitude, state, times from told
    on conflict (garden_id, depot_id) do update set name = excluded.name, address = excluded.address, postcode = excluded.postcode, city = excluded.city,
      latitude = excluded.latitude, longitude = excluded.longitude, state = excluded.state, times = excluded.times
    where (p.name, p.address, p.postcode, p.city, p.latitude, p.longitude, p.state, p.times)
      is distinct from (excluded.name, excluded.address, excluded.postcode, excluded.city, excluded.latitude, excluded.longitude, excluded.state, excluded.times)`.execute(
    tx,
  );
}

/** All gardens in use, one after the other: the job of every quarter of an hour. @returns how many could not be told. */
export async function tellNetworkOfAll(today: Day, failed: (garden: number, error: unknown) => void): Promise<number> {
  const gardens = await database().selectFrom('garden').select('id').where('archived_at', 'is', null).orderBy('id').execute();
  let failures = 0;
  for (const { id } of gardens) {
    try {
      await tellNetwork(systemActor(id), today);
    } catch (error) {
      failures++;
      failed(id, error);
    }
  }
  return failures;
}

/** What the garden's page about the map shows, with the version to send back. */
export async function mapRecord(actor: Actor, today: Day) {
  requireRight(actor, 'site:read');
  const row = await database()
    .selectFrom('garden')
    .select(['version', 'settings'])
    .where('id', '=', actor.gardenId)
    .executeTakeFirstOrThrow();
  const { activities, solidarityBaskets, startLatitude } = readSettings(row.settings);
  return { version: row.version, activities, solidarityBaskets, exact: startLatitude !== null, facts: await factsOf(actor, today) };
}

const sayActivities = (list: readonly Activity[]) => list.map((one) => activityLabels[one]).join(', ');

/** Keeps what the garden lets the map say, and tells the map at once. */
export async function saveMapRecord(actor: Actor, { version, ...typed }: MapForm, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'site:change');
  const refusal = await inGarden(actor, async (tx) => {
    const stored = await tx
      .selectFrom('garden')
      .select(['settings', 'version'])
      .where('id', '=', actor.gardenId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const now = readSettings(stored.settings);
    if (stored.version !== version) {
      const plain = (one: { activities: readonly Activity[]; solidarityBaskets: boolean }) => ({
        activities: sayActivities(one.activities),
        solidarityBaskets: one.solidarityBaskets ? 'oui' : 'non',
      });
      const [before, mine] = [plain(now), plain(typed)];
      return changedMeanwhile('Cette page', before, mine, (field) => before[field]);
    }
    await tx
      .updateTable('garden')
      .set({ settings: JSON.stringify(withSettings(stored.settings, typed)), version: version + 1 })
      .where('id', '=', actor.gardenId)
      .execute();
    return null;
  });
  if (refusal) return refusal;
  await tellNetwork(actor, today);
  return done(null);
}
