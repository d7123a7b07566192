import { sql } from 'kysely';
import { findGarden } from '#domains/gardens/index.server.ts';
import { feedEnvelope, renewPath, settleGarden, startPath } from '#domains/solidarity/index.server.ts';
import { addDays, addMonths, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import type { FunderKind } from '#platform/db/schema-solidarity.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { takenOverOn } from './garden.ts';
import { garden } from './team.ts';

/** Three programmes of the large garden, alive; the money of the third is nearly gone. */
const payers: { kind: FunderKind; name: string; reference: string; treatment?: 'subsidy' }[] = [
  { kind: 'national', name: 'Réseau Cocagne, paniers solidaires', reference: 'Convention 2026-118' },
  { kind: 'commune', name: 'Ville de Metz, CCAS', reference: 'Délibération du 12 janvier', treatment: 'subsidy' },
  { kind: 'caf', name: 'CAF de Moselle', reference: 'Convention CAF-57', treatment: 'subsidy' },
  { kind: 'msa', name: 'MSA Lorraine', reference: 'Convention MSA 2026', treatment: 'subsidy' },
  { kind: 'garden', name: 'Le jardin', reference: '' },
  { kind: 'donations', name: 'Dons', reference: '' },
];
type Share = { payer: number; kind: 'amount' | 'remainder'; cents?: number; affiliation?: 'caf' | 'msa' };
type Told = {
  name: string;
  cents: number;
  whenShort: 'stop' | 'next';
  shares: Share[];
  people: number;
  affiliations: readonly ('' | 'caf' | 'msa')[];
  fed: { payer: number; part: number }[];
};
/** `fed`: envelopes, as how many times what was drawn so far. */
const programmes: Told[] = [
  {
    ...{ name: 'Paniers pour tous', cents: 250, whenShort: 'next', people: 12, affiliations: [''] },
    shares: [
      { payer: 0, kind: 'amount', cents: 600 },
      { payer: 1, kind: 'remainder' },
      // Who pays nothing of a basket, but what others lack: gifts first, then the garden.
      { payer: 5, kind: 'amount', cents: 0 },
      { payer: 4, kind: 'amount', cents: 0 },
    ],
    fed: [
      { payer: 0, part: 2.6 },
      { payer: 1, part: 1.9 },
    ],
  },
  {
    ...{ name: 'Familles, avec la CAF et la MSA', cents: 160, whenShort: 'stop', people: 8, affiliations: ['caf', 'caf', 'msa'] },
    shares: [
      { payer: 2, kind: 'remainder', affiliation: 'caf' },
      { payer: 3, kind: 'remainder', affiliation: 'msa' },
      { payer: 4, kind: 'remainder' },
    ],
    fed: [
      { payer: 2, part: 3 },
      { payer: 3, part: 2.2 },
    ],
  },
  {
    ...{ name: 'Étudiants de Metz', cents: 300, whenShort: 'stop', people: 6, affiliations: [''] },
    shares: [{ payer: 5, kind: 'remainder' }],
    fed: [{ payer: 5, part: 1.06 }],
  },
];

const ids = async (tx: Tx, query: ReturnType<typeof sql<{ id: number }>>): Promise<number[]> =>
  (await query.execute(tx)).rows.map(({ id }) => id);
const expect = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};
/** Programmes are the large garden's. */
export const isLarge = async (head: Actor): Promise<boolean> => (await findGarden(garden))?.id === head.gardenId;

/** Before money is told: people begin, so that they are billed their own part from their first basket on. */
export async function beginSolidarity(head: Actor, today: Day): Promise<void> {
  if (!(await isLarge(head))) return;
  await inGarden(head, async (tx) => {
    const funders = await payersOf(tx, head.gardenId, today);
    const people = await peopleOf(tx, today);
    for (const told of programmes) await begin(tx, head.gardenId, told, { funders, people: people.splice(0, told.people), today });
  });
  await settleGarden(head, today);
}

/** Those who pay, with a record each where they are claimed from: numbered apart from customers. */
async function payersOf(tx: Tx, gardenId: number, today: Day): Promise<number[]> {
  const made: number[] = [];
  for (const [at, { kind, name, reference, treatment }] of payers.entries()) {
    const claimed = kind !== 'garden' && kind !== 'donations';
    const [customer] = claimed
      ? await ids(
          tx,
          sql`insert into customer (garden_id, number, kind, last_name, city, category) values (${gardenId}, ${`F${at + 1}`}, 'organisation', ${name}, 'Metz', '')
          returning id`,
        )
      : [null];
    const [id] = await ids(
      tx,
      sql`insert into funder (garden_id, kind, name, customer_id, reference) values (${gardenId}, ${kind}, ${name}, ${customer}, ${reference}) returning id`,
    );
    if (claimed)
      await sql`insert into funder_treatment (garden_id, funder_id, starts_on, treatment)
        values (${gardenId}, ${id}, ${addDays(takenOverOn(today), -30)}, ${treatment ?? 'price_complement'})`.execute(tx);
    made.push(id!);
  }
  return made;
}

type Person = { subscription: number; customer: number; startsOn: Day; endsOn: Day };

/**
 * Subscribers like others: one basket at a time, billed at the end of the month, not debited, without an account of their own. Those who have come for some weeks
 * and still come for some, where there are; around a new season, those who come today.
 */
async function peopleOf(tx: Tx, today: Day): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select s.id as subscription, s.customer_id as customer, greatest(s.starts_on, ${takenOverOn(today)}::date) as "startsOn", s.ends_on as "endsOn"
    from subscription s
    join customer c on c.garden_id = s.garden_id and c.id = s.customer_id and c.kind = 'person' and coalesce(c.payment_method, '') <> 'direct_debit'
    join product p on p.garden_id = s.garden_id and p.id = s.product_id and p.kind = 'basket' and p.price_cents > 1000
    where s.garden_id = app_garden() and s.billing_mode = 'arrears' and s.quantity = 1 and s.awaiting is null and s.price_cents > 1000
      and s.starts_on <= ${today} and s.ends_on >= ${today}
      and not exists (select from auth."user" u where u.email = c.email)
      and not exists (select from subscription o where o.garden_id = s.garden_id and o.customer_id = s.customer_id and o.id <> s.id and o.ends_on > s.starts_on)
    order by (s.starts_on < ${addDays(today, -60)} and s.ends_on > ${addDays(today, 20)}) desc, s.starts_on < ${addDays(today, -7)} desc, c.number desc limit ${programmes.reduce((sum, { people }) => sum + people, 0)}`.execute(
    tx,
  );
  return rows;
}

type Term = { endsOn: Day; atEnd: 'ends' | 'ordinary'; renewed: boolean };

/** How stays end: the first ones of a programme with the subscription, soon; others after six months, one at its ordinary price lately, one carried on since. */
function termOf({ startsOn, endsOn }: Person, at: number, today: Day): Term {
  const past = (days: number): Term | null =>
    addDays(today, -days) > startsOn ? { endsOn: addDays(today, -days), atEnd: 'ordinary', renewed: false } : null;
  const later = addMonths(startsOn, 6);
  const six: Term = { endsOn: later > endsOn ? later : endsOn, atEnd: 'ends', renewed: false };
  if (at === 4) return past(12) ?? six;
  if (at === 5) return { ...(past(25) ?? six), renewed: past(25) !== null };
  return at < 4 ? { endsOn, atEnd: 'ends', renewed: false } : six;
}

async function begin(
  tx: Tx,
  gardenId: number,
  told: Told,
  { funders, people, today }: { funders: number[]; people: Person[]; today: Day },
): Promise<void> {
  const startsOn = addDays(takenOverOn(today), -30);
  const [id] = await ids(
    tx,
    sql`
    insert into programme (garden_id, name, starts_on, ends_on, person_cents, term_months, when_short)
    values (${gardenId}, ${told.name}, ${startsOn}, ${addDays(today, 400)}, ${told.cents}, 6, ${told.whenShort}) returning id`,
  );
  for (const [at, { payer, kind, cents, affiliation }] of told.shares.entries())
    await sql`insert into programme_share (garden_id, programme_id, position, funder_id, kind, cents, affiliation)
      values (${gardenId}, ${id}, ${at + 1}, ${funders[payer]}, ${kind}, ${cents ?? null}, ${affiliation ?? ''})`.execute(tx);
  // Of the baskets that are dear enough for what the person pays: 30 % at most.
  await sql`
    insert into programme_plan (garden_id, programme_id, plan_id)
    select ${gardenId}, ${id}, p.id from plan p join product o on o.garden_id = p.garden_id and o.id = p.product_id and o.kind = 'basket'
    where p.garden_id = app_garden() and (select min(r.price_cents) from plan_price r where r.garden_id = p.garden_id and r.plan_id = p.id) > 1000`.execute(
    tx,
  );
  const paths: number[] = [];
  for (const [at, one] of people.entries()) {
    const facts = {
      affiliation: told.affiliations[at % told.affiliations.length]!,
      place: 'Metz',
      household: [1, 2, 4, 3, 6, null][at % 6]!,
      reference: '',
    };
    const stay = { programmeId: id!, customerId: one.customer, subscriptionId: one.subscription, startsOn: one.startsOn };
    const { renewed, ...term } = termOf(one, at, today);
    const path = expect(await startPath(tx, gardenId, { ...stay, ...term, ...facts })).id;
    paths.push(path);
    if (renewed) {
      const later = addMonths(term.endsOn, 6);
      const renewal = { endsOn: later > one.endsOn ? later : one.endsOn, atEnd: 'ends', subscriptionId: one.subscription } as const;
      paths.push(expect(await renewPath(tx, gardenId, path, renewal)).id);
    }
  }
  for (const { payer, part } of told.fed) {
    const { affiliation, kind, cents: amount } = told.shares.find((share) => share.payer === payer)!;
    const [drawn] = await ids(
      tx,
      sql`
      select coalesce(sum(${kind === 'amount' ? sql`${amount!}::bigint` : sql`b.price_cents - ${told.cents}::bigint - ${payer === 1 ? 600 : 0}::bigint`}), 0)::bigint as id
      from path h join basket b on b.garden_id = h.garden_id and b.subscription_id = h.subscription_id
      join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id and not l.closed and l.date between h.starts_on and h.ends_on and l.date < ${today}
      where h.garden_id = app_garden() and h.id = any(${paths}::bigint[]) and h.affiliation = ${affiliation ?? ''}`,
    );
    // Of a season that has just begun nothing is drawn yet: an envelope holds something all the same.
    const cents = Math.max(Math.round((drawn! * part) / 1000) * 1000, part < 1.5 ? 5000 : 50_000);
    const feed = {
      programmeId: id!,
      funderId: funders[payer]!,
      startsOn,
      endsOn: addDays(today, 400),
      cents,
      baskets: null,
      note: '',
      source: `demo:${id}:${payer}`,
    };
    expect(await feedEnvelope(tx, gardenId, feed));
  }
}
