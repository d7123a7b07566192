import type { ColumnType, Generated } from 'kysely';
import type { Stamp } from './schema-columns.ts';

/** Tables of the network's map (0022_network_map.sql): a garden writes its own lines, everybody reads those that are published. */
export type MapSchema = {
  public_garden: {
    garden_id: number;
    published: Generated<boolean>;
    latitude: number | null;
    longitude: number | null;
    tagline: Generated<string>;
    activities: Generated<string[]>;
    solidarity: Generated<boolean>;
    from_cents: number | null;
    open_places: Generated<number>;
    places: Generated<number>;
    told_at: Stamp;
  };
  public_place: {
    garden_id: number;
    depot_id: number;
    name: string;
    address: Generated<string>;
    postcode: Generated<string>;
    city: Generated<string>;
    latitude: number;
    longitude: number;
    state: 'open' | 'few' | 'full' | 'reserved';
    times: Generated<string>;
  };
  network_site: {
    id: number;
    texts: ColumnType<Record<string, string>, string | undefined, string>;
    version: Generated<number>;
    updated_at: Stamp;
  };
};
