import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { findGarden } from '#domains/gardens/index.server.ts';
import { addPerson, addPrescriber, queueReferral, refer, referralPage, refuseReferral } from '#domains/solidarity/index.server.ts';
import { referralForm } from '#domains/solidarity/schema-referral.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import type { Prescribing } from '#platform/access/own.ts';
import { createUser, hashOf } from '#platform/auth/accounts.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { garden, PASSWORD, prescriber } from './team.ts';

/** Who sends people to the large garden: two organisations, a few people already helped, some who wait for an answer or for a place. */
export async function sendPeople(head: Actor, today: Day): Promise<void> {
  if ((await findGarden(garden))?.id !== head.gardenId) return;
  const ccas = value(await addPrescriber(head, { nom: 'CCAS de Woippy', structure: 'ccas', commune: 'Woippy' })).id;
  const shop = value(await addPrescriber(head, { nom: 'Épicerie solidaire Le Cabas', structure: 'grocery', commune: 'Metz' })).id;
  const nora = value(await addPerson(head, ccas, { nom: prescriber.name, email: prescriber.email, telephone: '03 87 00 00 21' })).id;
  const ali = value(await addPerson(head, shop, { nom: 'Ali Benali', email: 'ali.benali@exemple.test', telephone: '' })).id;
  const userId = value(await createUser({ ...prescriber, passwordHash: await hashOf(PASSWORD) }));
  const fromCcas: Prescribing = { gardenId: head.gardenId, userId, personId: nora, prescriberId: ccas };
  const fromShop: Prescribing = { gardenId: head.gardenId, userId: 'ali', personId: ali, prescriberId: shop };
  await sentBefore(head, fromCcas, today);
  for (const [at, { who, months, daysAgo, answer, ...person }] of sent.entries()) {
    const on = addDays(today, -daysAgo);
    const form = referralForm.parse({
      ...{ telephone: '', email: '', caisse: 'caf', reference: '', justificatif: 'income', accord: 'on', ...person },
      ...{ duree: String(months), vuLe: on, cle: keyOf(at) },
    });
    const { id } = value(await refer(who === 'ccas' ? fromCcas : fromShop, form, on));
    if (answer === 'sent') continue;
    const { version } = (await referralPage(head, id, today))!.row;
    value(
      answer === 'waiting' ? await queueReferral(head, id, { version }) : await refuseReferral(head, id, { version, message: noPlace }),
    );
  }
}

const noPlace = 'Aucun de nos dépôts n’est à portée de cette commune pour l’instant. L’épicerie solidaire de Thionville peut vous aider.';
const sent = [
  {
    who: 'ccas',
    prenom: 'Mariam',
    nom: 'Sissoko',
    telephone: '06 39 98 51 01',
    commune: 'Woippy',
    foyer: '5',
    months: 6,
    daysAgo: 2,
    answer: 'sent',
  },
  {
    who: 'shop',
    prenom: 'Kévin',
    nom: 'Thill',
    email: 'kevin.thill@exemple.test',
    commune: 'Metz',
    foyer: '1',
    months: 3,
    daysAgo: 1,
    answer: 'sent',
  },
  {
    who: 'ccas',
    prenom: 'Solange',
    nom: 'Perrin',
    telephone: '06 39 98 51 03',
    commune: 'Woippy',
    foyer: '2',
    months: 6,
    daysAgo: 16,
    answer: 'waiting',
  },
  {
    who: 'shop',
    prenom: 'Fatou',
    nom: 'Camara',
    telephone: '06 39 98 51 04',
    commune: 'Montigny',
    foyer: '4',
    months: 6,
    daysAgo: 15,
    answer: 'waiting',
  },
  {
    who: 'ccas',
    prenom: 'Jean',
    nom: 'Muller',
    telephone: '06 39 98 51 05',
    commune: 'Bouzonville',
    foyer: '1',
    months: 3,
    daysAgo: 30,
    answer: 'refused',
  },
] as const;

/** The same for a given garden, whenever the demonstration is laid down. */
const keyOf = (at: number): string =>
  createHash('sha256')
    .update(`prescribers ${at}`)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

/** Some who are helped today were sent by the town, before the garden wrote it down here. */
async function sentBefore(head: Actor, { personId, prescriberId, userId }: Prescribing, today: Day): Promise<void> {
  await inGarden(head, (tx) =>
    sql`
      insert into referral (garden_id, key, prescriber_id, person_id, state, last_name, first_name, place, household, affiliation, reference, months, proof, proof_seen_on,
        informed_on, received_on, customer_id, path_id, created_by, handled_by, handled_at)
      select p.garden_id, gen_random_uuid(), ${prescriberId}, ${personId}, 'accepted', c.last_name, c.first_name, p.place, p.household, p.affiliation, '', 6, 'income',
        least(p.starts_on - 12, ${today}::date), least(p.starts_on - 12, ${today}::date), least(p.starts_on - 12, ${today}::date), p.customer_id, p.id, ${userId}, ${head.userId}, now()
      from path p join customer c on c.garden_id = p.garden_id and c.id = p.customer_id where p.garden_id = app_garden() order by p.id limit 4`.execute(
      tx,
    ),
  );
}

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}
