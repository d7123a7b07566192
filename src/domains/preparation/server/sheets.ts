import type { Outcome } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { drawChangesSheet } from '../documents/changes-sheet.ts';
import { drawPreparationSheet } from '../documents/preparation-sheet.ts';
import { drawRouteSheet } from '../documents/route-sheet.ts';
import { changesSheet } from './changes-sheet.ts';
import { type DaySheetAsked, daySheet } from './day-sheet.ts';

export type SheetKind = 'preparation' | 'route' | 'changes';

/** A sheet of a day as a PDF. Refused, in French, when there is no delivery to print. */
export async function sheet(actor: Actor, kind: SheetKind, asked: DaySheetAsked): Promise<Outcome<Buffer>> {
  requireRight(actor, 'preparation:read');
  if (kind === 'changes') {
    const changes = await changesSheet(actor, asked);
    return changes.ok ? { ok: true, value: await drawChangesSheet(changes.value) } : changes;
  }
  const day = await daySheet(actor, asked);
  if (!day.ok) return day;
  return { ok: true, value: await (kind === 'route' ? drawRouteSheet(day.value) : drawPreparationSheet(day.value)) };
}
