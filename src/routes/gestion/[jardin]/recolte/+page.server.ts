import { redirect } from '@sveltejs/kit';
import { harvestDays } from '#domains/composition/index.server.ts';
import { enter } from '#edge/enter.ts';
import { parseDay } from '#kernel/day.ts';

/** `?jour=2025-10-22` opens that day. */
export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'composition:read');
  const asked = event.url.searchParams.get('jour');
  const day = asked ? parseDay(asked) : null;
  if (day) redirect(303, `/gestion/${garden.slug}/recolte/${day}`);
  const [coming, past] = await Promise.all([harvestDays(actor, { from: today, days: 6 }), harvestDays(actor, { before: today, days: 6 })]);
  return { today, asked, coming, past };
};
