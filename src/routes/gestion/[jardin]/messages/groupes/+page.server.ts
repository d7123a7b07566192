import { groupList } from '#domains/messages/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { messageTabs } from '../tabs.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'messages:read');
  return {
    base: `/gestion/${garden.slug}/messages`,
    tabs: messageTabs(garden.slug, can(actor, 'settings:read')),
    groups: await groupList(actor),
    mayWrite: can(actor, 'messages:change') && can(actor, 'customers:read'),
  };
};
