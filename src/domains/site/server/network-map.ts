import { sql } from 'kysely';
import type { Activity } from '#domains/gardens/settings-map.ts';
import { database } from '#platform/db/index.ts';
import type { PlaceState } from '../rules/places.ts';

/** A garden on the network's map. */
export type MapGarden = {
  slug: string;
  name: string;
  /** Of its own, when it has one. */
  host: string | null;
  postcode: string;
  city: string;
  accent: string | null;
  tagline: string;
  latitude: number | null;
  longitude: number | null;
  activities: Activity[];
  solidarity: boolean;
  fromCents: number | null;
  openPlaces: number;
  places: number;
};

/** A place of collection of any garden. */
export type MapPlace = {
  garden: string;
  slug: string;
  depotId: number;
  name: string;
  address: string;
  postcode: string;
  city: string;
  latitude: number;
  longitude: number;
  state: PlaceState;
  times: string;
};

/** Gardens whose pages are open, by name. One query, of what they told the network. */
export async function mapGardens(): Promise<MapGarden[]> {
  const { rows } = await sql<MapGarden>`
    select g.slug, g.name, g.host, g.postcode, g.city, g.accent, p.tagline, p.latitude, p.longitude, p.activities, p.solidarity, p.from_cents as "fromCents",
      p.open_places as "openPlaces", p.places
    from public_garden p join garden g on g.id = p.garden_id
    where p.published and g.archived_at is null
    order by search_text(g.name), g.id`.execute(database());
  return rows;
}

/** Places of collection of all these gardens. One query: fourteen hundred short rows for the whole of France. */
export async function mapPlaces(): Promise<MapPlace[]> {
  const { rows } = await sql<MapPlace>`
    select g.name as garden, g.slug, d.depot_id as "depotId", d.name, d.address, d.postcode, d.city, d.latitude, d.longitude, d.state, d.times
    from public_place d join public_garden p on p.garden_id = d.garden_id join garden g on g.id = d.garden_id
    where p.published and g.archived_at is null
    order by g.id, d.depot_id`.execute(database());
  return rows;
}
