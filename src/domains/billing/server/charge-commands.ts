import { sql } from 'kysely';
import { type Day, shortDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type ChargeKind, natureOf } from '../rules/charge.ts';
import type { ChargeValues } from '../schema-charges.ts';

/** A charge to be kept; `quantity` in thousandths, always above zero: its kind says who gives. */
export type NewCharge = {
  customer: number;
  kind: ChargeKind;
  label: string;
  quantity?: number;
  unitPrice: number;
  vatBasisPoints?: number;
  vatIncluded?: boolean;
  account?: string;
  activity?: string;
  subscription?: number | null;
  membership?: number | null;
  per?: 'once' | 'delivery';
  billOn: Day;
  untilOn?: Day | null;
  note?: string;
  /** What it is made from, said once: a second one is left out. */
  source?: string | null;
};

/** Keeps charges, within a transaction of the caller's; one statement. @returns ids of those that were new. */
export async function addCharges(tx: Tx, gardenId: number, charges: readonly NewCharge[]): Promise<number[]> {
  if (charges.length === 0) return [];
  const rows = await tx
    .insertInto('charge')
    .values(
      charges.map((one) => {
        const nature = natureOf[one.kind];
        return {
          garden_id: gardenId,
          customer_id: one.customer,
          subscription_id: one.subscription ?? null,
          membership_id: one.membership ?? null,
          kind: one.kind,
          label: one.label,
          quantity_milli: nature.sign * (one.quantity ?? 1000),
          unit_price_cents: one.unitPrice,
          vat_basis_points: nature.vat ? (one.vatBasisPoints ?? 0) : 0,
          vat_included: one.vatIncluded ?? true,
          account: one.account || nature.account,
          activity_code: one.activity || nature.activity,
          per: one.per ?? 'once',
          bill_on: one.billOn,
          until_on: one.untilOn ?? null,
          note: one.note ?? '',
          source: one.source ?? null,
        };
      }),
    )
    .onConflict((conflict) => conflict.columns(['garden_id', 'source']).where('source', 'is not', null).doNothing())
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Adds a line to what a customer owes, once or with each basket of a subscription. The same form sent twice adds one. */
export function addCharge(actor: Actor, customer: number, values: ChargeValues): Promise<Outcome<null>> {
  requireRight(actor, 'billing:change');
  const { key, subscriptionId, unitPriceCents, ...rest } = values;
  if (values.untilOn && values.untilOn < values.billOn)
    return Promise.resolve(refuse('La fin vient avant le début.', { untilOn: 'La fin vient avant le début.' }));
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ customer: boolean; subscription: boolean; account: boolean; activity: boolean }>`
      select exists (select from customer where garden_id = app_garden() and id = ${customer}) as customer,
        exists (select from subscription where garden_id = app_garden() and id = ${subscriptionId} and customer_id = ${customer}) as subscription,
        exists (select from account where garden_id = app_garden() and number = ${rest.account || natureOf[rest.kind].account} and archived_at is null) as account,
        exists (select from activity where garden_id = app_garden() and code = ${rest.activity || natureOf[rest.kind].activity} and archived_at is null) as activity`.execute(
      tx,
    );
    const known = rows[0]!;
    if (!known.customer) return refuse('Ce client n’existe pas dans votre jardin.');
    if (subscriptionId && !known.subscription)
      return refuse('Cet abonnement n’est pas le sien.', { subscriptionId: 'Choisissez un de ses abonnements.' });
    if (!known.account) return refuse('Ce compte n’existe pas ou ne sert plus.', { account: 'Choisissez un compte de la liste.' });
    if (!known.activity)
      return refuse('Cette activité n’existe pas ou ne sert plus.', { activity: 'Choisissez une activité de la liste.' });
    const per = subscriptionId ? 'delivery' : 'once';
    const charge = { ...rest, customer, unitPrice: unitPriceCents, subscription: subscriptionId, per } as const;
    await addCharges(tx, actor.gardenId, [{ ...charge, untilOn: subscriptionId ? rest.untilOn : null, source: `form:${key}` }]);
    return done(null);
  });
}

/** Takes a charge off, or puts it back: what was billed of it comes back with the next document. Twice, it acts once. */
export function withdrawCharge(actor: Actor, id: number, withdrawn = true): Promise<Outcome<{ billed: boolean; customer: number }>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ customer: number; billed: boolean; held: boolean }>`
      select c.customer_id as customer,
        (select coalesce(sum(l.quantity_milli), 0) <> 0 from document_line l where l.garden_id = c.garden_id and l.charge_id = c.id) as billed,
        exists (select from returnable_move m where m.garden_id = c.garden_id and m.charge_id = c.id and m.withdrawn_at is null) as held
      from charge c where c.garden_id = app_garden() and c.id = ${id} for update of c`.execute(tx);
    const stored = rows[0];
    if (!stored) return refuse('Cette ligne n’existe plus.');
    if (stored.held) return refuse('Cette ligne vient d’un contenant : corrigez le mouvement du contenant, plus bas sur cette page.');
    await setWithdrawn(tx, [id], withdrawn);
    return done({ billed: stored.billed, customer: stored.customer });
  });
}

/** Within a transaction of the caller's. Nothing happens to those that are so already. */
export async function setWithdrawn(tx: Tx, ids: readonly number[], withdrawn: boolean): Promise<void> {
  await sql`update charge set withdrawn_at = ${withdrawn ? sql`now()` : sql`null`}, version = version + 1
    where garden_id = app_garden() and id = any(${[...ids]}::bigint[]) and (withdrawn_at is null) = ${withdrawn}`.execute(tx);
}

/** A charge of every delivery comes with none after this day; what was billed of later ones comes back. */
export function endCharge(actor: Actor, id: number, untilOn: Day): Promise<Outcome<null>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ per: string; billOn: Day; untilOn: Day | null }>`
      select per, bill_on as "billOn", until_on as "untilOn" from charge where garden_id = app_garden() and id = ${id} for update`.execute(
      tx,
    );
    const stored = rows[0];
    if (stored?.per !== 'delivery') return refuse('Cette ligne ne revient pas à chaque livraison.');
    if (untilOn < stored.billOn) {
      const said = `Elle commence le ${shortDay(stored.billOn)} : choisissez un jour plus tard, ou retirez la ligne.`;
      return refuse(said, { untilOn: said });
    }
    if (stored.untilOn !== untilOn)
      await sql`update charge set until_on = ${untilOn}, version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done(null);
  });
}

/**
 * A charge that was kept by what it is made from is another customer's to pay, or nobody's: it is withdrawn then. What stands in a document stays. Within a transaction
 * of a caller who checked its own right. Twice, it acts once.
 */
export async function moveCharge(tx: Tx, source: string, customer: number | null): Promise<void> {
  await sql`
    update charge c set customer_id = coalesce(${customer}::bigint, customer_id), withdrawn_at = case when ${customer}::bigint is null then now() end, version = version + 1
    where garden_id = app_garden() and source = ${source} and withdrawn_at is null and customer_id is distinct from ${customer}::bigint
      and not exists (select from document_line l where l.garden_id = c.garden_id and l.charge_id = c.id)`.execute(tx);
}
