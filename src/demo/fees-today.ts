import { sql } from 'kysely';
import {
  addCharges,
  addMembership,
  membershipTypes,
  moveReturnable,
  type NewCharge,
  openBalances,
  saveMembershipType,
  saveReturnable,
} from '#domains/billing/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { takenOverOn } from './garden.ts';
import { chance } from './random.ts';

const orThrow = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};

type Someone = { id: number; subscription: number; member: boolean };

/** The balances brought over are opened: above zero, the customer owes. */
export async function bringBalances(actor: Actor, today: Day): Promise<void> {
  orThrow(await openBalances(actor, 'owes', today));
}

/**
 * Besides baskets: eggs and gestures, flowers and a home delivery with every basket, crates and jars lent and brought back, the memberships of the few who
 * had none, at a price that falls after the summer. All of it before the months are billed, so that bills hold it; a little of it waits for the next ones.
 */
export async function chargeFees(actor: Actor, today: Day): Promise<void> {
  const first = takenOverOn(today);
  const luck = chance(actor.gardenId * 6151 + 3);
  const { rows: people } = await inGarden(actor, (tx) =>
    sql<Someone>`
      select c.id, max(s.id) as subscription, exists (select from membership m where m.garden_id = c.garden_id and m.customer_id = c.id
        and m.starts_on <= ${today} and m.ends_on >= ${today}) as member
      from customer c
      join subscription s on s.garden_id = c.garden_id and s.customer_id = c.id and s.starts_on <= ${first} and s.ends_on >= ${today}
      where c.garden_id = app_garden() and c.archived_at is null group by c.garden_id, c.id order by c.id`.execute(tx),
  );
  const some = (every: number, from: number) => people.filter((_, at) => at % every === from);
  const of = ({ id }: Someone, more: Omit<NewCharge, 'customer'>): NewCharge => ({ customer: id, ...more });
  await inGarden(actor, (tx) =>
    addCharges(tx, actor.gardenId, [
      ...some(11, 3).map((one) =>
        of(one, {
          kind: 'extra',
          label: 'Six œufs',
          quantity: luck.between(1, 3) * 1000,
          unitPrice: 260,
          vatBasisPoints: 550,
          account: '707000',
          billOn: addDays(first, luck.between(3, 70)),
        }),
      ),
      ...some(29, 5).map((one) =>
        of(one, {
          kind: 'discount',
          label: 'Geste pour un panier abîmé',
          unitPrice: 500,
          vatBasisPoints: 550,
          billOn: addDays(first, luck.between(10, 60)),
        }),
      ),
      ...some(37, 7).map((one) =>
        of(one, {
          kind: 'delivery_fee',
          label: 'Livraison à domicile',
          unitPrice: 250,
          vatBasisPoints: 550,
          per: 'delivery',
          subscription: one.subscription,
          billOn: first,
        }),
      ),
      ...some(43, 2).map((one) =>
        of(one, {
          kind: 'extra',
          label: 'Bouquet de la semaine',
          unitPrice: 600,
          vatBasisPoints: 1000,
          per: 'delivery',
          subscription: one.subscription,
          billOn: first,
          untilOn: addDays(first, 48),
        }),
      ),
      ...some(53, 4).map((one) =>
        of(one, { kind: 'extra', label: 'Courge à Halloween', unitPrice: 450, vatBasisPoints: 550, billOn: today }),
      ),
    ]),
  );
  await joinLate(actor, people, today);
  await lendContainers(actor, some(17, 6).slice(0, 14), first, today);
}

/** The house's kind falls after the summer; one of support lasts a year. Those who had no membership take one. */
async function joinLate(actor: Actor, people: readonly Someone[], today: Day): Promise<void> {
  const { types } = await membershipTypes(actor, today);
  const usual = types[0]!;
  const steps = [{ from: '09-01', amountCents: Math.round(usual.amountCents / 200) * 100 }];
  const { name, amountCents, period, yearStarts, account, position } = usual;
  orThrow(
    await saveMembershipType(
      actor,
      usual.id,
      { version: usual.version, values: { name, amountCents, period, yearStarts, steps, account, position } },
      today,
    ),
  );
  const support = types[1];
  if (support) {
    const values = {
      name: support.name,
      amountCents: support.amountCents,
      period: 'anniversary' as const,
      yearStarts: '01-01',
      steps: [],
      account: '756000',
      position: 2,
    };
    orThrow(await saveMembershipType(actor, support.id, { version: support.version, values }, today));
  }
  const year = today.slice(0, 4);
  const values = {
    startsOn: `${year}-01-01`,
    endsOn: `${year}-12-31`,
    amountCents: steps[0]!.amountCents,
    typeId: usual.id,
    charged: true,
  };
  for (const { id } of people.filter(({ member }) => !member).slice(0, 6)) {
    const added = await addMembership(actor, id, values, takenOverOn(today));
    // Some had one that ended within the year: they keep it.
    if (!added.ok && !added.fields?.startsOn) throw new Error(added.reason);
  }
}

/** Crates and jars: lent in the first weeks, some brought back, one given with its deposit. */
async function lendContainers(actor: Actor, people: readonly Someone[], first: Day, today: Day): Promise<void> {
  const crate = orThrow(await saveReturnable(actor, null, 0, { name: 'Caisse verte', depositCents: 500, position: 1 })).id;
  const jar = orThrow(await saveReturnable(actor, null, 0, { name: 'Bocal d’un litre', depositCents: 150, position: 2 })).id;
  for (const [at, { id }] of people.entries()) {
    const move = (key: string, returnableId: number, kind: 'lent' | 'returned' | 'given', quantity: number, day: Day) =>
      moveReturnable(actor, id, { key: `demonstration-${key}-${id}`, returnableId, kind, quantity, day });
    orThrow(await move('caisse', crate, 'lent', 1 + (at % 2), addDays(first, 9)));
    if (at % 3 === 0) orThrow(await move('bocal', jar, 'lent', 4, addDays(first, 16)));
    if (at % 3 === 0) orThrow(await move('retour', jar, 'returned', 2, addDays(first, 51)));
    if (at === 4) orThrow(await move('don', crate, 'given', 1, addDays(today, -1)));
  }
}
