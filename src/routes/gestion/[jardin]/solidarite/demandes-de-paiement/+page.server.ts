import { claimList, funders, noteReading } from '#domains/solidarity/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:read');
  await noteReading(actor, 'claim', 0, today);
  const [rows, payers] = await Promise.all([claimList(actor), funders(actor)]);
  return {
    base: `/gestion/${garden.slug}/solidarite`,
    slug: garden.slug,
    today,
    rows,
    waiting: payers.filter(({ unclaimed }) => unclaimed !== 0),
    mayChange: can(actor, 'solidarity:change'),
  };
};
