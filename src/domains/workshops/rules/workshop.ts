import { type Day, sayDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** When it is: a day, from an hour until another (« 14:00 », in France). */
export type When = { day: Day; from: string; until: string };

/** « 14 h », « 9 h 30 », never broken over two lines. */
export const sayHour = (time: string): string => {
  const [hours, minutes] = time.split(':').map(Number);
  return minutes ? `${hours}\u00a0h\u00a0${String(minutes).padStart(2, '0')}` : `${hours}\u00a0h`;
};

/** « samedi 28 novembre, de 14 h à 16 h 30 » */
export const sayWhen = ({ day, from, until }: When): string => `${sayDay(day)}, de ${sayHour(from)} à ${sayHour(until)}`;

export type Standing = 'draft' | 'cancelled' | 'past' | 'closed' | 'full' | 'open';

/** Where a workshop stands for whoever would like to come. `closed`: not past, but too late to enrol by oneself. */
export function standingOf(
  workshop: { published: boolean; cancelled: boolean; day: Day; enrolUntil: Day; seats: number; taken: number },
  today: Day,
): Standing {
  if (workshop.cancelled) return 'cancelled';
  if (!workshop.published) return 'draft';
  if (workshop.day < today) return 'past';
  if (workshop.enrolUntil < today) return 'closed';
  return workshop.taken >= workshop.seats ? 'full' : 'open';
}

/** Whether a photo may be shown: everybody who can be recognised on it has agreed, and still does. A photo of nobody may. */
export const mayBeShown = (agreements: readonly (boolean | null)[]): boolean => agreements.every((one) => one === true);

export type WorkshopFigures = { workshops: number; seats: number; enrolled: number; came: number; cost: Cents };
type Held = { seats: number; taken: number; came: number | null; cost: Cents };

/** Workshops added up: how many, seats, people enrolled, people who came, what they cost. */
export function workshopFigures(held: readonly Held[]): WorkshopFigures {
  const sum = (of: (one: Held) => number) => held.reduce((total, one) => total + of(one), 0);
  return {
    workshops: held.length,
    seats: sum(({ seats }) => seats),
    enrolled: sum(({ taken }) => taken),
    came: sum(({ came }) => came ?? 0),
    cost: sum(({ cost }) => cost),
  };
}
