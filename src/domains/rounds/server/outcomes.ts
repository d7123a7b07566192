import { sql } from 'kysely';
import { type NamedCustomer, type SheetNames, sheetName } from '#domains/preparation/rules/sheet-name.ts';
import { lockPlan, overMadeUp } from '#domains/subscriptions/index.server.ts';
import type { OutcomeDecision, OutcomeKind, OutcomeRemedy } from '#domains/subscriptions/labels-outcome.ts';
import { changedMeanwhile } from '#kernel/conflict.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayField } from '../labels.ts';
import type { OutcomeForm } from '../schema.ts';
import { type DeliveryStanding, findStanding } from './standing.ts';

/** What was noted of a basket, with the basket. */
export type NotedBasket = {
  id: number;
  version: number;
  subscriptionId: number;
  kind: OutcomeKind;
  quantity: number;
  remedy: OutcomeRemedy;
  decision: OutcomeDecision;
  note: string;
  name: string;
  product: string;
  held: number;
  depot: string;
};

/** Nothing of what was begun is kept. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/** Under the garden's lock: one person at a time says something of baskets, or of what is owed for them. */
async function holding(
  actor: Actor,
  id: number,
  today: Day,
  work: (tx: Tx, delivery: DeliveryStanding) => Promise<void>,
): Promise<Outcome<null>> {
  try {
    return await inGarden(actor, async (tx) => {
      await lockPlan(tx, actor.gardenId);
      const delivery = await findStanding(tx, actor, id, today);
      if (!delivery) throw new Refused(refuse('Cette livraison n’existe pas.'));
      if (delivery.refusal) throw new Refused(refuse(delivery.refusal));
      await work(tx, delivery);
      return done(null);
    });
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** More was made up than is owed once this is kept: it is not kept. */
async function keepMadeUp(tx: Tx, subscriptionId: number, today: Day): Promise<void> {
  const customer = await overMadeUp(tx, [subscriptionId], today);
  if (customer) throw new Refused(refuse(`${customer} a déjà rattrapé ce panier : retirez d’abord ce rattrapage, sur sa fiche.`));
}

/**
 * Notes what became of a basket of a delivery, with what its customer gets for it. It has its effect once the delivery is said to be done, at once
 * when it is. Refused when the same basket was noted otherwise since `version`, or when there are not so many baskets.
 */
export async function noteOutcome(actor: Actor, deliveryId: number, form: OutcomeForm, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'rounds:change');
  return holding(actor, deliveryId, today, async (tx, delivery) => {
    const { subscription, kind, version, ...values } = form;
    const { rows } = await sql<{ held: number; noted: (typeof values & { id: number; kind: OutcomeKind; version: number })[] }>`
      select (select coalesce(sum(quantity), 0)::int from basket where delivery_id = ${deliveryId} and subscription_id = ${subscription}) as held,
        (select coalesce(json_agg(o), '[]') from basket_outcome o where o.delivery_id = ${deliveryId} and o.subscription_id = ${subscription}) as noted`.execute(
      tx,
    );
    const { held, noted } = rows[0]!;
    if (held === 0) throw new Refused(refuse('Ce client n’a pas de panier dans cette livraison.'));
    if (kind === 'unclaimed') checkUnclaimed(delivery, values);
    const left = held - noted.filter((one) => one.kind !== kind).reduce((sum, one) => sum + one.quantity, 0);
    if (values.quantity > left) {
      const why =
        left <= 0
          ? 'Tout est déjà noté pour ce client.'
          : `Pas plus de ${left} : il en a ${held}${left < held ? ', et le reste est déjà noté' : ''}.`;
      throw new Refused(refuse('Il n’a pas autant de paniers.', { quantity: why }));
    }
    const stored = noted.find((one) => one.kind === kind);
    if (!stored && version > 0)
      throw new Refused(
        refuse('Quelqu’un d’autre vient de retirer ce qui était noté. Pour le noter de nouveau, enregistrez encore une fois.'),
      );
    if (stored && stored.version !== version) {
      const { quantity, remedy, decision, note } = stored;
      const now = { quantity, remedy, decision, note };
      // Sent twice: the first time has done it.
      if (Object.keys(now).every((key) => now[key as keyof typeof now] === values[key as keyof typeof now])) return;
      throw new Refused(changedMeanwhile('Ce panier', now, values, (field) => sayField(field, now)));
    }
    if (stored)
      await sql`
      update basket_outcome set quantity = ${values.quantity}, remedy = ${values.remedy}, decision = ${values.decision}, note = ${values.note},
        version = version + 1 where id = ${stored.id}`.execute(tx);
    else
      await tx
        .insertInto('basket_outcome')
        .values({ garden_id: actor.gardenId, delivery_id: deliveryId, subscription_id: subscription, kind, ...values })
        .execute();
    if (stored && delivery.delivered) await keepMadeUp(tx, subscription, today);
  });
}

function checkUnclaimed(delivery: DeliveryStanding, { decision }: Pick<OutcomeForm, 'decision'>): void {
  if (!delivery.delivered)
    throw new Refused(
      refuse('Un panier non retiré se note une fois la livraison effectuée.', { kind: 'Enregistrez d’abord la livraison.' }),
    );
  if (decision === '') throw new Refused(refuse('Dites ce que devient le panier.', { decision: 'À choisir.' }));
}

/** Takes back what was noted: the basket is delivered like the others. Gone already, it is done. */
export async function removeOutcome(actor: Actor, deliveryId: number, id: number, version: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'rounds:change');
  return holding(actor, deliveryId, today, async (tx, delivery) => {
    const stored = await tx
      .selectFrom('basket_outcome')
      .select(['version', 'subscription_id'])
      .where('id', '=', id)
      .where('delivery_id', '=', deliveryId)
      .executeTakeFirst();
    if (!stored) return;
    if (stored.version !== version)
      throw new Refused(refuse('Quelqu’un d’autre vient de changer ce qui est noté : regardez-le avant de le retirer.'));
    await tx.deleteFrom('basket_outcome').where('id', '=', id).execute();
    if (delivery.delivered) await keepMadeUp(tx, stored.subscription_id, today);
  });
}

/** What was noted in a delivery, in order of depot and name. One query. */
export async function findNoted(tx: Tx, deliveryId: number, names: SheetNames): Promise<NotedBasket[]> {
  const { rows } = await sql<Omit<NotedBasket, 'name'> & NamedCustomer>`
    select o.id, o.version, o.subscription_id as "subscriptionId", o.kind, o.quantity, o.remedy, o.decision, o.note, c.number, c.last_name as "lastName",
      c.first_name as "firstName", p.name as product, b.quantity as held, d.name as depot
    from basket_outcome o
    join subscription a on a.garden_id = o.garden_id and a.id = o.subscription_id
    join customer c on c.garden_id = a.garden_id and c.id = a.customer_id
    join basket b on b.garden_id = o.garden_id and b.delivery_id = o.delivery_id and b.subscription_id = o.subscription_id
    join product p on p.garden_id = b.garden_id and p.id = b.product_id
    join slot s on s.garden_id = b.garden_id and s.id = b.slot_id
    join depot d on d.garden_id = s.garden_id and d.id = s.depot_id
    where o.garden_id = app_garden() and o.delivery_id = ${deliveryId}
    order by s.stop_order, s.id, search_text(c.last_name), search_text(c.first_name), o.id`.execute(tx);
  return rows.map(({ number, lastName, firstName, ...row }) => ({ ...row, name: sheetName({ number, lastName, firstName }, names) }));
}
