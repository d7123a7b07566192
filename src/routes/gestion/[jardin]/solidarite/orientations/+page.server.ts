import { referralList } from '#domains/solidarity/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { readQuery } from '#ui/table.ts';
import { stateFilter, states } from './asked.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:read');
  const query = readQuery(event.url.searchParams, { sorts: [], filters: [stateFilter], perPage: 50 });
  const state = states.find((one) => one === query.filters.etat) ?? '';
  const list = await referralList(actor, { state, page: query.page, perPage: query.perPage }, today);
  return {
    slug: garden.slug,
    base: `/gestion/${garden.slug}/solidarite`,
    query,
    ...list,
    mayChange: can(actor, 'solidarity:change'),
  };
};
