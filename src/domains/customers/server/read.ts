import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type CustomerValues, valuesOf } from '../schema.ts';
import { type Customer, findCustomer, nextNumber, usedWords } from './store.ts';

type Words = { categories: string[]; civilities: string[] };

/** An empty form, with the number proposed. */
export function newCustomer(actor: Actor): Promise<{ number: string; words: Words }> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, async (tx) => ({ number: await nextNumber(tx), words: await usedWords(tx) }));
}

/** A record to change: its values, its version; null when there is none. */
export function customerToChange(
  actor: Actor,
  id: number,
): Promise<{ customer: Pick<Customer, 'id' | 'version' | 'archivedAt'> & { values: CustomerValues }; words: Words } | null> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, async (tx) => {
    const customer = await findCustomer(tx, id);
    if (!customer) return null;
    const { version, archivedAt } = customer;
    return { customer: { id, version, archivedAt, values: valuesOf(customer) }, words: await usedWords(tx) };
  });
}
