import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { preparationDays } from '#domains/preparation/index.server.ts';
import { type Day, parseDay } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';

/** The day of an address; « prochain » stands for the next one on which something is prepared, so that a screen on a wall keeps its address. */
export async function dayAsked(event: RequestEvent, actor: Actor, today: Day): Promise<Day> {
  const asked = event.params.jour ?? '';
  if (asked === 'prochain') return (await preparationDays(actor, today, 1))[0]?.day ?? today;
  const day = parseDay(asked);
  if (!day) error(404, { message: 'Cette date n’existe pas.' });
  if (day !== asked) redirect(307, event.url.pathname.replace(asked, day) + event.url.search);
  return day;
}
