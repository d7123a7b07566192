import type { Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { creditDocument } from './credit.ts';
import type { Issued } from './issue.ts';

/** Credits a document by another, dated today: all that is left of it, or the lines at these places. What was credited already is credited once. */
export function creditNote(
  actor: Actor,
  id: number,
  today: Day,
  { note, lines }: { note: string; lines?: number[] },
): Promise<Outcome<Issued>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, (tx) => creditDocument(tx, actor.gardenId, id, { day: today, note, lines }));
}
