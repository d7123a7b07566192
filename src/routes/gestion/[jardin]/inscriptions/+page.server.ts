import { signupList } from '#domains/signup/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { readQuery } from '#ui/table.ts';
import { stateFilter } from './asked.ts';

const states = ['sent', 'accepted', 'waiting', 'refused'] as const;

export const load = async (event) => {
  const { actor, garden } = enter(event, 'subscriptions:read');
  const query = readQuery(event.url.searchParams, { sorts: [], filters: [stateFilter], perPage: 50 });
  const state = states.find((one) => one === query.filters.etat) ?? '';
  const list = await signupList(actor, { search: query.search, state, page: query.page, perPage: query.perPage });
  return {
    base: `/gestion/${garden.slug}/inscriptions`,
    page: `/jardins/${garden.slug}/inscription`,
    query,
    ...list,
    may: { settings: can(actor, 'settings:read'), customers: can(actor, 'customers:read') },
  };
};
