import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { Day } from '#kernel/day.ts';
import { sayFee } from '../labels.ts';
import type { PublicWorkshop } from '../server/read.ts';

/** An hour of a day in France, as clocks of the whole world know it. */
const momentOf = (day: Day, time: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: time }).epochMilliseconds);

/**
 * Workshops as a calendar (RFC 5545). Each keeps its identity, so that one that is moved moves in the agenda, and one that is cancelled is struck out.
 * @param pages full address of the garden's public pages; @param name of the garden.
 */
export function writeWorkshops(
  workshops: readonly PublicWorkshop[],
  { name, pages, now }: { name: string; pages: string; now: Date },
): string {
  const calendar = ical({
    name: `Ateliers : ${name}`,
    prodId: { company: 'Cocagne', product: 'Ateliers', language: 'FR' },
    method: ICalCalendarMethod.PUBLISH,
    // Seconds between two looks that programs are asked for.
    ttl: 12 * 3600,
  });
  for (const { id, title, day, from, until, place, address, fee, feeBilled, cancelled } of workshops)
    calendar.createEvent({
      id: `atelier-${id}@${new URL(pages).hostname}`,
      start: momentOf(day, from),
      end: momentOf(day, until),
      stamp: now,
      summary: cancelled ? `Annulé : ${title}` : title,
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      location: [place, address].filter(Boolean).join(', '),
      description: sayFee({ fee, feeBilled }),
      url: `${pages}/ateliers/${id}`,
    });
  return calendar.toString();
}
