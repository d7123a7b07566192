import { customerList } from '#domains/customers/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { askedOf } from './asked.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'customers:read');
  const asked = askedOf(event.url.searchParams, actor);
  const { facets, rows, total } = await customerList(actor, today, asked);
  return {
    base: `/gestion/${garden.slug}/clients`,
    query: asked,
    facets,
    rows,
    total,
    shows: { receives: can(actor, 'subscriptions:read'), balance: can(actor, 'billing:read') },
    mayChange: can(actor, 'customers:change'),
    mayWrite: can(actor, 'messages:change'),
    mayImport: can(actor, 'imports:change'),
  };
};
