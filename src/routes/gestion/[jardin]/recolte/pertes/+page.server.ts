import { losses } from '#domains/composition/index.server.ts';
import { enter } from '#edge/enter.ts';
import { periodAsked } from './asked.ts';

/** `?du=2025-10-01&au=2025-10-31` */
export const load = async (event) => {
  const { actor, today } = enter(event, 'composition:read');
  const period = periodAsked(event.url.searchParams, today);
  return { ...period, rows: Object.keys(period.errors).length ? [] : await losses(actor, period.from, period.until) };
};
