import { funders, noteReading } from '#domains/solidarity/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:read');
  await noteReading(actor, 'funder', 0, today);
  return {
    base: `/gestion/${garden.slug}/solidarite`,
    slug: garden.slug,
    rows: await funders(actor),
    mayChange: can(actor, 'solidarity:change'),
  };
};
