import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayName } from '../labels.ts';
import { type CustomerValues, sameValues, valuesOf } from '../schema.ts';
import { type Conflict, conflictOf } from './conflict.ts';
import { customerByNumber, findCustomer, insertCustomer, lastChange, nextNumber, runsUntil, setArchived, updateCustomer } from './store.ts';

/** Creates a customer. The same form sent twice creates one: the second time answers the first one's id. */
export async function createCustomer(actor: Actor, values: CustomerValues): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, async (tx) => {
    const id = await insertCustomer(tx, actor.gardenId, values);
    if (id !== null) return done({ id });
    const taken = (await customerByNumber(tx, values.number))!;
    const holder = (await findCustomer(tx, taken))!;
    if (sameValues(valuesOf(holder), values) && (await lastChange(tx, taken))?.userId === actor.userId) return done({ id: taken });
    return refuse('Ce numéro est déjà pris.', {
      number: `Le numéro ${values.number} est celui de ${sayName(holder)}. Le prochain libre est ${await nextNumber(tx)}.`,
    });
  });
}

/** A customer with the next free number, within the transaction of a caller. @returns the id. */
export async function addCustomer(tx: Tx, gardenId: number, values: Omit<CustomerValues, 'number'>): Promise<number> {
  for (;;) {
    // Somebody who takes the same number at this very moment is waited for; the next one is then another.
    const id = await insertCustomer(tx, gardenId, { ...values, number: await nextNumber(tx) });
    if (id !== null) return id;
  }
}

/** `base`: what the record said when the form was opened. */
export type CustomerChange = { version: number; base: Partial<CustomerValues> | null; values: CustomerValues };

/** Changes a record, if it still is as the person read it; else answers both values. Sent twice, it acts once. */
export async function changeCustomer(actor: Actor, id: number, change: CustomerChange): Promise<Outcome<{ id: number }> | Conflict> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, async (tx) => {
    const stored = await findCustomer(tx, id);
    if (!stored) return refuse('Ce client n’existe pas dans votre jardin.');
    const theirs = valuesOf(stored);
    if (sameValues(theirs, change.values)) return done({ id });
    if (stored.version !== change.version) return conflictOf(stored, change, await lastChange(tx, id));
    const taken = change.values.number === theirs.number ? null : await customerByNumber(tx, change.values.number);
    if (taken !== null)
      return refuse('Ce numéro est déjà pris.', { number: `Un autre client porte déjà le numéro ${change.values.number}.` });
    if (await updateCustomer(tx, id, change.version, change.values)) return done({ id });
    // Another change was being written at this very moment.
    return conflictOf((await findCustomer(tx, id))!, change, await lastChange(tx, id));
  });
}

/** Puts a customer aside: no longer listed, nothing lost. Refused while a subscription runs or is to come. */
export async function archiveCustomer(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, async (tx) => {
    const until = await runsUntil(tx, id, today);
    if (until) return refuse(`Ce client a encore un abonnement, jusqu’au ${sayDayAndYear(until)}. Il pourra être archivé ensuite.`);
    await setArchived(tx, id, true);
    return done(null);
  });
}

export async function unarchiveCustomer(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, async (tx) => {
    await setArchived(tx, id, false);
    return done(null);
  });
}
