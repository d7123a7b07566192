import { onlineList, onlineSettings } from '#domains/online/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { askedOf } from './asked.ts';
import { onlineFilters } from './filters.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'payments:read');
  const query = askedOf(event.url.searchParams);
  const maySet = can(actor, 'settings:read');
  const [list, settings] = await Promise.all([onlineList(actor, query), maySet ? onlineSettings(actor, garden.slug) : null]);
  return {
    base: `/gestion/${garden.slug}`,
    query,
    filters: onlineFilters,
    ...list,
    maySet,
    /** Nobody takes money for the garden yet; unknown to who may not read the settings. */
    off: settings !== null && settings.active === null,
  };
};
