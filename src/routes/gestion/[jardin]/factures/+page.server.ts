import { documentList } from '#domains/billing/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { documentFilters, documentsAsked, widened } from './asked.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'billing:read');
  const query = documentsAsked(event.url.searchParams);
  const list = await documentList(actor, query);
  return {
    ...list,
    query,
    filters: documentFilters(list.years),
    widened: widened(query),
    base: `/gestion/${garden.slug}/factures`,
    mayChange: can(actor, 'billing:change'),
    maySet: can(actor, 'settings:change'),
    nameless: !garden.settings.siret,
  };
};
