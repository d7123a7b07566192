import { publishedDays } from '#domains/composition/index.server.ts';
import { inSeason } from '#domains/site/index.server.ts';
import { weekOffers } from '#domains/site/rules/week.ts';
import { enterSite } from '#edge/enter-site.ts';
import { addDays } from '#kernel/day.ts';
import { now } from '#platform/clock.ts';

export const load = async (event) => {
  const { visitor, today } = await enterSite(event, 'composition:read');
  const days = await publishedDays(visitor, { from: addDays(today, -2), until: addDays(today, 6) }, now());
  const week = weekOffers(days, today);
  return { week, today, season: week ? [] : await inSeason(visitor, today, 12) };
};
