import { sql } from 'kysely';
import { changeDepot, type DepotChange, setDepotPhoto } from '#domains/logistics/index.server.ts';
import { addToWaiting, closeSlot, lockPlan, offerPlace, slotLoads } from '#domains/subscriptions/index.server.ts';
import { placesLeft, standing } from '#domains/subscriptions/rules/capacity.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { inventPhoto } from './photo.ts';

/**
 * What happens at the places of collection: one is for the people of a firm, one for a structure, some have a code at the door; one closes for
 * two weeks next month; a few people wait for a place where it is full, and one of them is offered another.
 */
export async function keepPlaces(actor: Actor, today: Day): Promise<void> {
  await tellDoors(actor);
  await closeForTwoWeeks(actor, today);
  await waitForPlaces(actor, today);
}

function orThrow<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

type DoorRow = DepotChange & { id: number };

async function tellDoors(actor: Actor): Promise<void> {
  const first = await inGarden(actor, (tx) => tx.selectFrom('depot').select('id').orderBy('id').limit(1).executeTakeFirst());
  if (first) orThrow(await setDepotPhoto(actor, first.id, inventPhoto()));
  const { rows } = await inGarden(actor, (tx) =>
    sql<DoorRow>`
      select id, version, number, name, address, postcode, city, phone, contact, category, mention, password, access_code as "accessCode",
        access_note as "accessNote", fee_cents as fee, latitude, longitude
      from depot order by id offset 1 limit 5`.execute(tx),
  );
  if (rows.length < 5) return;
  const changes: Partial<DepotChange>[] = [
    { accessCode: '4512B', accessNote: 'Portail vert, à gauche de la cour.' },
    { category: 'professional', mention: 'Pour les salariés, à l’accueil' },
    { category: 'reserved', password: 'potiron', mention: 'Réservé au comité d’entreprise' },
    { accessCode: '0907A', accessNote: 'Boîte à clé derrière le volet.' },
  ];
  for (const [place, change] of changes.entries()) {
    const { id, ...depot } = rows[place]!;
    orThrow(await changeDepot(actor, id, { ...depot, ...change }));
  }
}

/** The first stop of a tour that has at least four goes to the third. */
async function closeForTwoWeeks(actor: Actor, today: Day): Promise<void> {
  const { rows } = await inGarden(actor, (tx) =>
    sql<{ slots: number[] }>`
      select json_agg(s.id order by s.stop_order, s.id) as slots from slot s join tour t on t.garden_id = s.garden_id and t.id = s.tour_id
      where s.archived_at is null group by t.id, t.position having count(*) >= 4 order by t.position limit 1`.execute(tx),
  );
  const [slotId, , replacementSlotId] = rows[0]?.slots ?? [];
  if (!slotId || !replacementSlotId) return;
  const ask = {
    slotId,
    replacementSlotId,
    from: addDays(today, 30),
    until: addDays(today, 43),
    reason: 'travaux',
    notify: false,
    beyond: true,
  };
  orThrow(await closeSlot(actor, ask, { today, mode: 'apply' }));
}

/** Nothing is done in a garden where nobody is without a basket. */
async function waitForPlaces(actor: Actor, today: Day): Promise<void> {
  const { people, plan, full, free } = await inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const found = await sql<{ id: number }>`
      select c.id from customer c
      where c.archived_at is null and not exists (select from subscription s where s.garden_id = c.garden_id and s.customer_id = c.id and s.ends_on >= ${today})
      order by c.email <> '', c.id limit 4`.execute(tx);
    const [offered] = (
      await sql<{ id: number }>`
        select id from plan where archived_at is null and season_id is null and basket_counts = '{}' and 'weekly' = any(frequencies) order by position, id limit 1`.execute(
        tx,
      )
    ).rows;
    const bySlot = Map.groupBy(await slotLoads(tx, { today, until: addDays(today, 56) }), (load) => load.slotId);
    const slots = [...bySlot].map(([id, loads]) => ({
      id,
      fullOn: standing(loads).fullOn,
      left: Math.min(...loads.map((load) => placesLeft(load) ?? 99)),
    }));
    return {
      people: found.rows.map(({ id }) => id),
      plan: offered?.id,
      full: slots.toSorted((a, b) => b.fullOn - a.fullOn || a.id - b.id)[0],
      free: slots.toSorted((a, b) => b.left - a.left || a.id - b.id)[0],
    };
  });
  if (!plan || !full || !free || full.id === free.id) return;
  const notes = ['', 'Préfère le centre-ville.', 'A déménagé en septembre, patiente.', ''];
  const entries: number[] = [];
  for (const [place, customerId] of people.entries()) {
    const slotIds = place % 2 === 0 ? [full.id, free.id] : [full.id];
    const wish = {
      customerId,
      planId: plan,
      frequency: 'weekly' as const,
      quantity: 1,
      wishedFrom: addDays(today, 7),
      slotIds,
      note: notes[place]!,
    };
    entries.push(orThrow(await addToWaiting(actor, wish, today)).id);
  }
  // They came one after the other, over the last weeks.
  await inGarden(actor, (tx) =>
    sql`update waiting_entry w set created_at = ${today}::date - 9 * (n.total - n.place)::int - 3
      from unnest(${`{${entries.join()}}`}::bigint[]) with ordinality as e(id, place), lateral (select e.id, e.place, ${entries.length}::int as total) n where w.id = n.id`.execute(
      tx,
    ),
  );
  if (entries[0]) orThrow(await offerPlace(actor, { entryId: entries[0], slotId: free.id, until: addDays(today, 6), beyond: true }, today));
}
