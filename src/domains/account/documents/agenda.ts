import ical, { ICalCalendarMethod } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { addDays, type Day } from '#kernel/day.ts';
import { type Hours, hoursIn } from '../rules/baskets-hours.ts';
import type { Agenda } from '../server/agenda.ts';

/** A moment of a day in France, as clocks of the whole world know it. */
const momentOf = (day: Day, minutes: number): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime('Europe/Paris').add({ minutes }).epochMilliseconds);

const span = (day: Day, hours: Hours | null) =>
  hours
    ? { start: momentOf(day, hours.from), end: momentOf(day, hours.until) }
    : { start: momentOf(day, 12 * 60), end: momentOf(addDays(day, 1), 12 * 60), allDay: true };

/** Baskets to come as a calendar (RFC 5545). Each event keeps its identity for a week and a place, so that a basket that is moved moves in the agenda. */
export function writeAgenda({ garden, slug, customerId, cards }: Agenda, publicUrl: string, now: Date): string {
  const calendar = ical({
    name: `Paniers : ${garden}`,
    prodId: { company: 'Cocagne', product: 'Mon compte', language: 'FR' },
    method: ICalCalendarMethod.PUBLISH,
    // Seconds between two looks that programs are asked for.
    ttl: 4 * 3600,
  });
  const home = `${publicUrl}/mon-compte/${slug}/${customerId}`;
  for (const { date, year, week, place, lines } of cards) {
    const what = lines.map((line) => `${line.quantity} ${line.product}`).join(', ');
    const where = place && [place.depot, place.name, place.address, `${place.postcode} ${place.city}`.trim()].filter(Boolean).join(', ');
    calendar.createEvent({
      id: `${slug}-${customerId}-${year}-${week}-${place?.slotId ?? 0}@${new URL(publicUrl).hostname}`,
      ...span(date, hoursIn(place?.pickup ?? '')),
      stamp: now,
      summary: `Panier : ${what}`,
      location: where || null,
      description: [place?.pickup, place?.mention, `Reporter, annuler, changer : ${home}`].filter(Boolean).join('\n'),
      url: home,
    });
  }
  return calendar.toString();
}
