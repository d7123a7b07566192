import { publishedDay } from '#domains/composition/index.server.ts';
import { sayMoment } from '#domains/composition/rules/publication.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { now } from '#platform/clock.ts';
import { dayIn, noDelivery } from '../../day-in.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'composition:read');
  const day = dayIn(event.params.jour);
  const { from, ...published } = (await publishedDay(actor, day, now())) ?? noDelivery();
  return { day, published, from: sayMoment(from), mayChange: can(actor, 'settings:change') };
};
