import { error } from '@sveltejs/kit';
import { depot } from '#domains/logistics/index.server.ts';
import { depotBaskets } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idAsked, idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  const id = idIn(event.params.id);
  const found = await depot(actor, id);
  if (!found) error(404, { message: 'Ce point de dépôt n’existe plus.' });
  const chosen = idAsked(event.url.searchParams.get('livraison'));
  return {
    depot: found,
    ...(await depotBaskets(actor, id, { today, chosen })),
    mayChange: can(actor, 'logistics:change'),
    opensCustomers: can(actor, 'customers:read'),
  };
};
