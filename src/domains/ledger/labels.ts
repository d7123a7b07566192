import { addDays, type Day, shortDay } from '#kernel/day.ts';
import { type Refusal, refuse } from '#kernel/outcome.ts';

/** Why nothing is written on a day up to `closed`, the last closed one, and which day is the first that may be chosen. */
export const refuseClosed = (closed: Day): Refusal =>
  refuse(`Cette période est clôturée, jusqu’au ${shortDay(closed)} : choisissez un jour plus récent.`, {
    day: `À partir du ${shortDay(addDays(closed, 1))}.`,
  });
