import { noteReading, report } from '#domains/solidarity/index.server.ts';
import { enter } from '#edge/enter.ts';
import { onServer } from '#edge/on-server.ts';
import { periodAsked } from './asked.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:read');
  const period = periodAsked(event.url.searchParams, today);
  await noteReading(actor, 'report', 0, today);
  return onServer({ base: `/gestion/${garden.slug}/solidarite`, slug: garden.slug, ...period, report: await report(actor, period) });
};
