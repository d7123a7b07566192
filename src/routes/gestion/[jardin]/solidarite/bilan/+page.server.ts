import { noteReading, report } from '#domains/solidarity/index.server.ts';
import { heldWorkshops } from '#domains/workshops/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { periodAsked } from './asked.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:read');
  const period = periodAsked(event.url.searchParams, today);
  await noteReading(actor, 'report', 0, today);
  const [told, workshops] = await Promise.all([
    report(actor, period),
    can(actor, 'workshops:read') ? heldWorkshops(actor, period.from, period.until) : null,
  ]);
  return { base: `/gestion/${garden.slug}/solidarite`, slug: garden.slug, ...period, report: told, workshops };
};
