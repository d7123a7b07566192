import { funders } from '#domains/solidarity/index.server.ts';
import { type Actor, can } from '#platform/access/actor.ts';

/** Funders that a cost may be asked from, for who may know them; null for others. */
export async function payersFor(actor: Actor) {
  if (!can(actor, 'solidarity:read')) return null;
  const found = (await funders(actor)).filter(({ customerId, archived }) => customerId !== null && !archived);
  return found.map(({ id, name }) => ({ value: String(id), label: name }));
}
