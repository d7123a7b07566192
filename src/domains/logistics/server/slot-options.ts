import { sql } from 'kysely';
import { type Weekday, weekdayNames } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { DepotCategory } from '../labels.ts';

export type SlotOption = {
  id: number;
  depotId: number;
  tourId: number;
  depot: string;
  category: DepotCategory;
  /** « Mairie (armoire B), mercredi · ME1 » */
  label: string;
};

/** Slots in use, to choose one: in order of depot, then of the garden's tours. One query. */
export function slotOptions(actor: Actor): Promise<SlotOption[]> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, loadSlotOptions);
}

/** The same, within a transaction. */
export async function loadSlotOptions(tx: Tx): Promise<SlotOption[]> {
  const { rows } = await sql<Omit<SlotOption, 'label'> & { name: string; code: string; weekday: Weekday }>`
    select s.id, d.id as "depotId", t.id as "tourId", d.name as depot, d.category, s.name, t.code, t.delivery_weekday as weekday
    from slot s
    join depot d on d.garden_id = s.garden_id and d.id = s.depot_id and d.archived_at is null
    join tour t on t.garden_id = s.garden_id and t.id = s.tour_id and t.archived_at is null
    where s.archived_at is null
    order by search_text(d.name), d.id, t.position, t.code, s.stop_order, s.id`.execute(tx);
  return rows.map(({ name, code, weekday, ...row }) => ({
    ...row,
    label: `${row.depot}${name ? ` (${name})` : ''}, ${weekdayNames[weekday]} · ${code}`,
  }));
}
