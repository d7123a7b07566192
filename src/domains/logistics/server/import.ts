import { sql } from 'kysely';
import type { Weekday } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { upsert, type Written } from '#platform/db/upsert.ts';

export type TourToImport = { code: string; name: string; preparationWeekday: Weekday; deliveryWeekday: Weekday; color: string | null };

export type DepotToImport = {
  number: string;
  name: string;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  contact: string;
  category: 'open' | 'reserved' | 'professional';
  mention: string;
  password: string;
  feeCents: Cents;
  latitude: number | null;
  longitude: number | null;
};

/** Field of a file → columns it fills. */
const tourColumns: Record<string, string> = {
  name: 'name',
  preparationWeekday: 'preparation_weekday',
  deliveryWeekday: 'delivery_weekday',
  color: 'color',
};
const depotColumns: Record<string, string> = {
  name: 'name',
  address: 'address',
  postcode: 'postcode',
  city: 'city',
  phone: 'phone',
  contact: 'contact',
  category: 'category',
  mention: 'mention',
  password: 'password',
  fee: 'fee_cents',
  latitude: 'latitude',
  longitude: 'longitude',
};

const among = (columns: Record<string, string>, given: ReadonlySet<string>): string[] =>
  Object.entries(columns).flatMap(([field, column]) => (given.has(field) ? [column] : []));

type StoredTour = { code: string; color: string; preparation: number; delivery: number; position: number; planned: boolean };

/**
 * Adds tours after those that are there, or brings them up to date. A tour that has baskets keeps its days: a file that says otherwise is
 * refused on that line. The deliveries of a tour without baskets follow its new day. No two may have the same code.
 * @param given fields that the file holds: a tour that is there already keeps its other columns.
 */
export async function importTours(tx: Tx, gardenId: number, tours: TourToImport[], given: ReadonlySet<string>): Promise<Written> {
  const stored = await sql<StoredTour>`
    select code, color, preparation_weekday as preparation, delivery_weekday as delivery, position,
      exists (
        select from delivery d
        where d.garden_id = t.garden_id and d.tour_id = t.id and (select b.id from basket b where b.delivery_id = d.id limit 1) is not null) as planned
    from tour t`.execute(tx);
  const known = new Map(stored.rows.map((tour) => [tour.code, tour]));
  const last = Math.max(0, ...stored.rows.map((tour) => tour.position));
  const refused: Written['refused'] = [];
  const rows = tours.flatMap((tour, index) => {
    const old = known.get(tour.code);
    const preparation = old && !given.has('preparationWeekday') ? old.preparation : tour.preparationWeekday;
    if (old?.planned && (preparation !== old.preparation || tour.deliveryWeekday !== old.delivery)) {
      const reason = `La tournée « ${tour.code} » a déjà des paniers prévus : ses jours ne changent plus par un fichier.`;
      refused.push({ index, reason });
      return [];
    }
    return [
      {
        index,
        code: tour.code,
        name: tour.name,
        preparation_weekday: preparation,
        delivery_weekday: tour.deliveryWeekday,
        color: tour.color ?? old?.color ?? '#2f6b2f',
        position: last + index + 1,
      },
    ];
  });
  const insert = ['code', 'position', ...Object.values(tourColumns)];
  const options = { table: 'tour', key: ['code'], insert, update: among(tourColumns, given), versioned: true } as const;
  const { added, changed } = await upsert(tx, gardenId, options, rows);
  if (changed.length > 0) await followUsualDay(tx);
  const places = (list: number[]) => list.map((place) => rows[place]!.index);
  return { added: places(added), changed: places(changed), refused };
}

/** Deliveries of tours whose usual day has changed: same week, new day; one that was moved by hand stays where it was put. */
async function followUsualDay(tx: Tx): Promise<void> {
  const usual = sql`d.usual_date + (t.delivery_weekday - extract(isodow from d.usual_date)::integer)`;
  await sql`
    update delivery d
    set usual_date = ${usual}, date = case when d.date = d.usual_date then ${usual} else d.date end, version = d.version + 1
    from tour t
    where t.garden_id = d.garden_id and t.id = d.tour_id and extract(isodow from d.usual_date) <> t.delivery_weekday`.execute(tx);
}

/**
 * Adds depots or brings them up to date. Their stops on tours are another matter (`importSlots`). No two may have the same number.
 * @param given fields that the file holds: a depot that is there already keeps its other columns.
 */
export function importDepots(tx: Tx, gardenId: number, depots: DepotToImport[], given: ReadonlySet<string>): Promise<Written> {
  const rows = depots.map(({ feeCents, ...depot }) => ({ ...depot, fee_cents: feeCents }));
  const insert = ['number', ...Object.values(depotColumns)];
  return upsert(tx, gardenId, { table: 'depot', key: ['number'], insert, update: among(depotColumns, given), versioned: true }, rows);
}

/** What files may refer to: codes of tours and numbers of depots, archived ones included. */
export async function logisticsNames(tx: Tx): Promise<{ tours: string[]; depots: string[] }> {
  const tours = await tx.selectFrom('tour').select('code').execute();
  const depots = await tx.selectFrom('depot').select('number').execute();
  return { tours: tours.map((row) => row.code), depots: depots.map((row) => row.number) };
}
