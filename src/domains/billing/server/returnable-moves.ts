import { sql } from 'kysely';
import { closedUntil, post, reverse } from '#domains/ledger/index.server.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { held, heldIn, type Lot, leaving, type Move } from '../rules/returnables.ts';
import type { MoveValues } from '../schema-returnables.ts';
import { addCharges, setWithdrawn } from './charge-commands.ts';

export type StoredMove = Move & {
  id: number;
  returnableId: number;
  returnable: string;
  day: Day;
  chargeId: number | null;
  entryId: number | null;
};

/** Moves of a customer's containers that stand, oldest first. One query. */
export async function movesOf(tx: Tx, customerId: number): Promise<StoredMove[]> {
  const { rows } = await sql<StoredMove>`
    select m.id, m.returnable_id as "returnableId", r.name as returnable, m.day, m.kind, m.quantity, m.deposit_cents as "depositCents",
      m.charge_id as "chargeId", m.entry_id as "entryId"
    from returnable_move m join returnable r on r.garden_id = m.garden_id and r.id = m.returnable_id
    where m.garden_id = app_garden() and m.customer_id = ${customerId} and m.withdrawn_at is null
    order by m.day, m.id`.execute(tx);
  return rows;
}

/**
 * Containers go to a customer, whose deposit is then to bill; come back, and it is to give back; or are given to the garden, whose gift it becomes (an entry,
 * since the customer owes nothing more and gets nothing back). What comes back is worth what it was lent for. The same form sent twice acts once.
 */
export function moveReturnable(actor: Actor, customerId: number, values: MoveValues): Promise<Outcome<null>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, (tx) => moveWithin(tx, actor.gardenId, customerId, values));
}

/** The same within the transaction of a caller. */
export async function moveWithin(tx: Tx, gardenId: number, customerId: number, values: MoveValues): Promise<Outcome<null>> {
  // Two of the same customer come here one after the other, and the second sees what the first wrote.
  await sql`select from customer where garden_id = app_garden() and id = ${customerId} for update`.execute(tx);
  const source = `form:${values.key}`;
  const { rows } = await sql<{
    name: string;
    number: string;
    returnable: string | null;
    depositCents: Cents;
    archived: boolean;
    told: boolean;
  }>`
      select trim(c.last_name || ' ' || c.first_name) as name, c.number, r.name as returnable, r.deposit_cents as "depositCents", r.archived_at is not null as archived,
        exists (select from returnable_move m where m.garden_id = c.garden_id and m.customer_id = c.id and m.source = ${source}) as told
      from customer c left join returnable r on r.garden_id = c.garden_id and r.id = ${values.returnableId}
      where c.garden_id = app_garden() and c.id = ${customerId}`.execute(tx);
  const known = rows[0];
  if (!known) return refuse('Ce client n’existe pas dans votre jardin.');
  if (known.told) return done(null);
  if (!known.returnable || (known.archived && values.kind === 'lent'))
    return refuse('Ce contenant n’est plus proposé.', { returnableId: 'Choisissez un contenant de la liste.' });
  const lots = held((await movesOf(tx, customerId)).filter(({ returnableId }) => returnableId === values.returnableId));
  const moving =
    values.kind === 'lent' ? [{ quantity: values.quantity, depositCents: known.depositCents }] : leaving(lots, values.quantity);
  if (!moving) {
    const said = `Ce client n’en a que ${heldIn(lots).quantity}.`;
    return refuse(said, { quantity: said });
  }
  if (values.kind === 'given') {
    const closed = await closedUntil(tx);
    if (closed && values.day <= closed)
      return refuse('Cette période est clôturée.', { day: `Choisissez un jour après le ${shortDay(closed)}.` });
  }
  for (const lot of moving)
    await keepMove(tx, gardenId, { customerId, source, returnable: known.returnable, name: known.name, ...values, lot });
  return done(null);
}

type Kept = Pick<MoveValues, 'returnableId' | 'kind' | 'day'> & {
  customerId: number;
  source: string;
  returnable: string;
  name: string;
  lot: Lot;
};

async function keepMove(
  tx: Tx,
  gardenId: number,
  { customerId, source, returnable, name, returnableId, kind, day, lot }: Kept,
): Promise<void> {
  const { quantity, depositCents } = lot;
  const { id } = await tx
    .insertInto('returnable_move')
    .values({
      garden_id: gardenId,
      customer_id: customerId,
      returnable_id: returnableId,
      day,
      kind,
      quantity,
      deposit_cents: depositCents,
      source,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (depositCents === 0) return;
  if (kind === 'given') {
    const [entry] = await post(tx, 'OD', [
      depositGift(day, `Consigne laissée au jardin par ${name}`, `CONS-${id}`, quantity * depositCents, `deposit-given:${id}`),
    ]);
    await tx.updateTable('returnable_move').set({ entry_id: entry!.id }).where('id', '=', id).execute();
    return;
  }
  const [charge] = await addCharges(tx, gardenId, [
    {
      ...{ customer: customerId, kind: kind === 'lent' ? 'deposit' : 'deposit_back', billOn: day },
      ...{
        label: `${kind === 'lent' ? 'Consigne' : 'Consigne rendue'} : ${returnable}`,
        quantity: quantity * 1000,
        unitPrice: depositCents,
      },
      source: `returnable:${id}`,
    },
  ]);
  await tx.updateTable('returnable_move').set({ charge_id: charge! }).where('id', '=', id).execute();
}

/** A deposit that the customer leaves becomes a gift: the debt towards her ends, and so does not touch what she owes. */
export const depositGift = (day: Day, label: string, document: string, cents: Cents, source: string) => ({
  ...{ day, label, document, documentDay: day, source },
  lines: [
    { account: '419600', amount: cents },
    { account: '754100', amount: -cents },
  ],
});

/** Takes a move back, as if it had not been told: its charge is withdrawn, its entry reversed. Refused when the customer would then hold less than none. */
export function withdrawMove(actor: Actor, id: number, today: Day): Promise<Outcome<{ customer: number }>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    const stored = await tx.selectFrom('returnable_move').select(['customer_id', 'withdrawn_at']).where('id', '=', id).executeTakeFirst();
    if (!stored) return refuse('Ce mouvement n’existe plus.');
    await sql`select from customer where garden_id = app_garden() and id = ${stored.customer_id} for update`.execute(tx);
    const moves = await movesOf(tx, stored.customer_id);
    const move = moves.find((one) => one.id === id);
    if (!move) return done({ customer: stored.customer_id });
    const others = moves.filter((one) => one !== move && one.returnableId === move.returnableId && one.depositCents === move.depositCents);
    const left = others.reduce((sum, one) => sum + (one.kind === 'lent' ? one.quantity : -one.quantity), 0);
    if (left < 0) return refuse('Des contenants sont revenus depuis : corrigez d’abord leur retour.');
    if (move.entryId !== null) {
      const reversed = await reverse(tx, move.entryId, { day: today, label: 'Consigne laissée au jardin : correction' });
      if (!reversed.ok) return reversed;
    }
    if (move.chargeId !== null) await setWithdrawn(tx, [move.chargeId], true);
    await tx.updateTable('returnable_move').set({ withdrawn_at: sql`now()` }).where('id', '=', id).execute();
    return done({ customer: stored.customer_id });
  });
}
