import { error } from '@sveltejs/kit';
import { depot } from '#domains/logistics/index.server.ts';
import { depotBaskets } from '#domains/preparation/index.server.ts';
import { depotClosings, loadsOfSlots } from '#domains/subscriptions/index.server.ts';
import { standing } from '#domains/subscriptions/rules/capacity.ts';
import { enter } from '#edge/enter.ts';
import { idAsked, idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  const id = idIn(event.params.id);
  const found = await depot(actor, id);
  if (!found) error(404, { message: 'Ce point de dépôt n’existe plus.' });
  const asked = event.url.searchParams;
  const [baskets, closings, loads] = await Promise.all([
    depotBaskets(actor, id, { today, chosen: idAsked(asked.get('livraison')), slot: idAsked(asked.get('passage')) }),
    depotClosings(actor, id, today),
    loadsOfSlots(
      actor,
      found.slots.map((slot) => slot.id),
      today,
    ),
  ]);
  const bySlot = Map.groupBy(loads, (load) => load.slotId);
  return {
    depot: found,
    closings,
    standings: Object.fromEntries([...bySlot].map(([slotId, ofSlot]) => [slotId, standing(ofSlot)])),
    loads: Object.fromEntries(loads.map((load) => [`${load.slotId}/${load.deliveryId}`, load])),
    ...baskets,
    mayChange: can(actor, 'logistics:change'),
    opensCustomers: can(actor, 'customers:read'),
  };
};
