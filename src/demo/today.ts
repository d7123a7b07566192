import { sql } from 'kysely';
import { changeCustomer, customerToChange } from '#domains/customers/index.server.ts';
import { changeDepot, type DepotChange } from '#domains/logistics/index.server.ts';
import { askFor, withdrawRequest } from '#domains/subscriptions/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { keepCalendar } from './calendar.ts';
import { keepPlaces } from './places-today.ts';

/** What people of the garden did this morning, through the commands that their pages call: so that « Historique » has something to tell. */
export async function workToday(actors: Map<string, Actor>, today: Day): Promise<void> {
  const everyone = [...actors.values()];
  const desk = everyone.find((actor) => actor.rights.has('customers:change') && !actor.rights.has('staff:change'))!;
  const head = everyone.find((actor) => actor.rights.has('staff:change'))!;
  await moveCustomers(desk);
  await changeContact(head);
  await takeRequests(desk, head, today);
  await keepCalendar(head, today);
  await keepPlaces(head, today);
}

function expect(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(outcome.reason);
}

async function moveCustomers(actor: Actor): Promise<void> {
  const changes = [{ phone: '06 39 98 21 07' }, { notes: 'Passe au bureau jeudi pour signer son mandat.' }, { address: '4 rue du Verger' }];
  const ids = await inGarden(actor, (tx) =>
    tx.selectFrom('customer').select('id').where('kind', '=', 'person').orderBy('number').offset(4).limit(changes.length).execute(),
  );
  for (const [place, { id }] of ids.entries()) {
    const { customer } = (await customerToChange(actor, id))!;
    expect(
      await changeCustomer(actor, id, {
        version: customer.version,
        base: customer.values,
        values: { ...customer.values, ...changes[place] },
      }),
    );
  }
}

async function changeContact(actor: Actor): Promise<void> {
  const { rows } = await inGarden(actor, (tx) =>
    sql<DepotChange & { id: number }>`
      select id, version, number, name, address, postcode, city, phone, contact, category, mention, password, access_code as "accessCode",
        access_note as "accessNote", fee_cents as fee, latitude, longitude
      from depot order by id limit 1`.execute(tx),
  );
  const { id, ...depot } = rows[0]!;
  expect(await changeDepot(actor, id, { ...depot, contact: 'Odile Grandjean' }));
}

type Basket = { subscriptionId: number; year: number; week: number; toYear: number; toWeek: number };

/** A cancellation, a postponement, and one that was taken back: on baskets to come that nobody had asked anything for. */
async function takeRequests(desk: Actor, head: Actor, today: Day): Promise<void> {
  const { rows } = await inGarden(desk, (tx) =>
    sql<Basket>`
      select b.subscription_id as "subscriptionId", l.year, l.week, n.year as "toYear", n.week as "toWeek"
      from basket b
      join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id and l.usual_date >= ${addDays(today, 10)}::date
      join lateral (
        select year, week from delivery n
        where n.garden_id = l.garden_id and n.tour_id = l.tour_id and n.usual_date > l.usual_date and not n.closed
        order by n.usual_date limit 1
      ) n on true
      where not exists (select from request r where r.garden_id = b.garden_id and r.subscription_id = b.subscription_id)
      order by l.usual_date, b.subscription_id limit 3`.execute(tx),
  );
  for (const [place, { subscriptionId, year, week, toYear, toWeek }] of rows.entries()) {
    const from = { year, week };
    expect(
      place === 0
        ? await askFor(desk, { subscriptionId, from, wish: { kind: 'cancel' } }, today)
        : await askFor(desk, { subscriptionId, from, wish: { kind: 'postpone', to: { year: toYear, week: toWeek } }, beyond: true }, today),
    );
  }
  const last = rows[2];
  if (!last) return;
  const request = await inGarden(head, (tx) =>
    tx.selectFrom('request').select('id').where('subscription_id', '=', last.subscriptionId).executeTakeFirstOrThrow(),
  );
  expect(await withdrawRequest(head, request.id, today));
}
