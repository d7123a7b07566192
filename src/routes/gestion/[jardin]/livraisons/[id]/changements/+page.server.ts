import { error } from '@sveltejs/kit';
import { deliveryChanges } from '#domains/preparation/index.server.ts';
import { tellCounts } from '#domains/preparation/labels.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'preparation:read');
  const found = await deliveryChanges(actor, idIn(event.params.id));
  if (!found) error(404, { message: 'Cette livraison n’existe pas.' });
  return {
    changes: found,
    counts: tellCounts(found.counts),
    opensCustomers: can(actor, 'customers:read'),
    opensDeliveries: can(actor, 'logistics:read'),
  };
};
