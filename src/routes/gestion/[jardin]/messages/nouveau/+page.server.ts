import { redirect } from '@sveltejs/kit';
import { customerList } from '#domains/customers/index.server.ts';
import { startGroup } from '#domains/messages/index.server.ts';
import { enter } from '#edge/enter.ts';
import { refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';
import { askedOf, customerFilters } from '../../clients/asked.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'messages:change');
  const query = askedOf(event.url.searchParams, actor);
  const { facets, rows, total } = await customerList(actor, today, { ...query, page: 1, perPage: 12 });
  const reachable = rows.map(({ id, firstName, lastName, city, email }) => ({ id, name: `${lastName} ${firstName}`.trim(), city, email }));
  return {
    base: `/gestion/${garden.slug}/messages`,
    query,
    filters: customerFilters(facets),
    shown: reachable,
    total,
    narrowed: can(actor, 'subscriptions:read'),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'messages:change');
    const asked = askedOf(event.url.searchParams, actor);
    const { facets } = await customerList(actor, today, { ...asked, page: 1, perPage: 1 });
    const said = customerFilters(facets).flatMap(({ key, label, options }) => {
      const chosen = options.find(({ value }) => value === asked.filters[key]);
      return chosen ? [`${label} : ${chosen.label}`] : [];
    });
    const foundBy = [asked.search && `« ${asked.search} »`, ...said].filter(Boolean).join(', ') || 'Tous les clients';
    const started = await startGroup(actor, today, asked, foundBy);
    if (!started.ok) return refused(started);
    redirect(303, `/gestion/${garden.slug}/messages/groupes/${started.value.id}`);
  },
};
