import { messageList } from '#domains/messages/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { askedOf, messageFilters } from './asked.ts';
import { messageTabs } from './tabs.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'messages:read');
  const query = askedOf(event.url.searchParams);
  const { events, ...list } = await messageList(actor, query);
  return {
    base: `/gestion/${garden.slug}/messages`,
    tabs: messageTabs(garden.slug, can(actor, 'settings:read')),
    query,
    ...list,
    filters: messageFilters(events),
    mayWrite: can(actor, 'messages:change') && can(actor, 'customers:read'),
  };
};
