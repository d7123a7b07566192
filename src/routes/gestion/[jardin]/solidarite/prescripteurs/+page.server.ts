import { prescriberList } from '#domains/solidarity/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'solidarity:read');
  return {
    slug: garden.slug,
    base: `/gestion/${garden.slug}/solidarite`,
    rows: await prescriberList(actor),
    mayChange: can(actor, 'solidarity:change'),
  };
};
