import { campaignList } from '#domains/giving/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'giving:read');
  const campaigns = await campaignList(actor);
  return {
    campaigns,
    today,
    base: `/gestion/${garden.slug}/dons/collectes`,
    slug: garden.slug,
    mayChange: can(actor, 'giving:change'),
  };
};
