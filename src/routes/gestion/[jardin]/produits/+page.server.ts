import { listProduce, produceChoices } from '#domains/produce/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { produceAsked, produceFilterList, readProduceQuery } from './asked.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'catalogue:read');
  const filters = produceFilterList(await produceChoices(actor));
  const query = readProduceQuery(event.url.searchParams, filters);
  return {
    ...(await listProduce(actor, today, produceAsked(query))),
    query,
    filters,
    today,
    mayChange: can(actor, 'catalogue:change'),
  };
};
