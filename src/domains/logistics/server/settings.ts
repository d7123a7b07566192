import { sql } from 'kysely';
import { saveGarden } from '#domains/gardens/index.server.ts';
import type { GardenForm } from '#domains/gardens/schema.ts';
import { type GardenSettings, readSettings } from '#domains/gardens/settings.ts';
import { type Day, sayDay, type Weekday } from '#kernel/day.ts';
import { type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { firstThawed } from '../rules/cutoff-change.ts';

/** Keeps the garden's page. Refused when its cut-off would bring back to life deliveries that are frozen, or when somebody changed it meanwhile. */
export async function saveSettings(actor: Actor, form: GardenForm, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'settings:change');
  return saveGarden(actor, form, (tx, settings) => refuseThaw(tx, settings, today));
}

type Row = { date: Day; preparationWeekday: Weekday; deliveryWeekday: Weekday };

async function refuseThaw(tx: Tx, after: GardenSettings, today: Day): Promise<Refusal | null> {
  const { rows } = await sql<{ settings: unknown; takenOverOn: Day | null; deliveries: Row[] }>`
    select g.settings, g.taken_over_on as "takenOverOn", coalesce((
      select json_agg(json_build_object('date', l.date, 'preparationWeekday', t.preparation_weekday, 'deliveryWeekday', t.delivery_weekday))
      from delivery l
      join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
      where l.garden_id = g.id and not l.closed and l.date >= ${today}), '[]') as deliveries
    from garden g where g.id = app_garden() for update of g`.execute(tx);
  const { settings, takenOverOn, deliveries } = rows[0]!;
  const { cutoffHours } = readSettings(settings);
  const thawed = firstThawed(deliveries, { today, cutoffHours, takenOverOn }, after.cutoffHours);
  if (!thawed) return null;
  const said = `La livraison du ${sayDay(thawed)} est déjà figée, et ce délai la remettrait en mouvement. Faites ce changement après elle.`;
  return refuse('Ce délai ne peut pas encore être raccourci.', { cutoffHours: said });
}
