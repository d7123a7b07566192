import { error, type RequestEvent } from '@sveltejs/kit';
import { type Day, parseDay } from '#kernel/day.ts';

/** The delivery day of an address; anything else is a page that does not exist. */
export function dayIn(event: Pick<RequestEvent, 'params'>): Day {
  const text = event.params.jour ?? '';
  const day = parseDay(text);
  if (!day || day !== text) error(404, { message: 'Cette date n’existe pas. Une adresse se termine par exemple par /recolte/2025-10-22.' });
  return day;
}
