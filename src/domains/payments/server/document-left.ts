import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { openItems } from './items.ts';

/** What is left open of a customer's document once her account is matched: above zero to be paid, below in hand, 0 when it is settled. One query. */
export function documentLeft(actor: Actor, customer: number, document: number): Promise<Cents> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const account = (await openItems(tx, [customer])).get(customer);
    return account?.open.find((item) => item.document === document)?.left ?? 0;
  });
}
