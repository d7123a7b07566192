import { sql } from 'kysely';
import { changeCustomer, customerToChange } from '#domains/customers/index.server.ts';
import { changeDepot, type DepotChange } from '#domains/logistics/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { decideAtHome } from './account-self-today.ts';
import { openAccounts } from './account-today.ts';
import { keepCalendar } from './calendar.ts';
import { claimSolidarity } from './claims-today.ts';
import { stickNotes } from './desk-today.ts';
import { signForPay } from './employees-today.ts';
import { giveBaskets } from './given-today.ts';
import { giveGifts } from './giving-today.ts';
import { keepHarvests } from './harvest-today.ts';
import { tellMap } from './map-today.ts';
import { writeLetters } from './messages-today.ts';
import { tellMoney } from './money-today.ts';
import { keepNewsletter } from './newsletter-today.ts';
import { beginPacking } from './packing-today.ts';
import { keepPlaces } from './places-today.ts';
import { sendPeople } from './prescribers-today.ts';
import { priceThisWeek } from './produce.ts';
import { prepareProposal } from './proposals-today.ts';
import { beginRenewals } from './renewals.ts';
import { takeRequests } from './requests-today.ts';
import { driveRounds } from './rounds-today.ts';
import { signUp } from './signups-today.ts';
import { openPages } from './site-today.ts';
import { beginSolidarity } from './solidarity-today.ts';
import { workOnSubscriptions } from './subscriptions-today.ts';
import { claimWorkshops, holdWorkshops, lookBackOnWorkshops } from './workshops-today.ts';

/** What people of the garden did this morning, through the commands that their pages call: so that « Historique » has something to tell. */
export async function workToday(actors: Map<string, Actor>, today: Day): Promise<void> {
  const everyone = [...actors.values()];
  const desk = everyone.find((actor) => actor.rights.has('customers:change') && !actor.rights.has('staff:change'))!;
  const head = everyone.find((actor) => actor.rights.has('staff:change'))!;
  await priceThisWeek(head, today);
  await moveCustomers(desk);
  await changeContact(head);
  await driveRounds(desk, today);
  await takeRequests(desk, head, today);
  await keepCalendar(head, today);
  await keepPlaces(head, today);
  await workOnSubscriptions(desk, today);
  await beginRenewals(desk, today);
  await beginPacking(head, today);
  // After compositions: what there is follows what baskets take.
  await keepHarvests(head, today);
  await prepareProposal(head, today);
  await keepNewsletter(desk, today);
  await stickNotes(head, desk, today);
  await beginSolidarity(head, today);
  // Before money is told: who came is billed with the others.
  await lookBackOnWorkshops(head, today);
  await tellMoney(actors, today);
  await claimSolidarity(head, today);
  await claimWorkshops(head, today);
  await writeLetters(head, today);
  await signUp(head, today);
  await giveGifts(head, today);
  // Last: the map says what the garden has become.
  await openPages(head, today);
  await tellMap(head, today);
  await openAccounts(head, today);
  await decideAtHome(head, today);
  await giveBaskets(head, today);
  await holdWorkshops(head, today);
  await signForPay(head, today);
  await sendPeople(head, today);
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
