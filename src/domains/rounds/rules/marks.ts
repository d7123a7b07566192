/**
 * What drivers say of the stops of a round, and what this telephone has said that the garden may not know yet. Both are put together in the
 * browser: a tick shows at once, with or without network.
 */

/** A mark that stands. `photo`: where to look at it, by the mark's number; null when there is none. */
export type Mark = {
  key: string;
  slotId: number;
  kind: 'done' | 'problem';
  /** ISO moment. */
  saidAt: string;
  by: string | null;
  note: string;
  photo: number | null;
};

/** One thing said on this telephone. `undo` takes back the mark that has this key. */
export type Gesture = {
  /** In the order in which things were said. */
  at: number;
  kind: 'done' | 'problem' | 'undo';
  slotId: number;
  key: string;
  saidAt: string;
  note: string;
  hasPhoto: boolean;
  /** When the garden took it, by the garden's clock; null while it waits. */
  takenAt: string | null;
  /** Why the garden did not take it. */
  refusal: string | null;
};

export type ShownMark = Mark & { waiting: boolean };

/** The marks as they will stand once all that was said here has arrived. What was refused counts for nothing. */
export function withGestures(marks: readonly Mark[], gestures: readonly Gesture[]): ShownMark[] {
  const shown: ShownMark[] = marks.map((mark) => ({ ...mark, waiting: false }));
  for (const gesture of gestures.filter(({ refusal }) => refusal === null).toSorted((a, b) => a.at - b.at)) {
    const { kind, slotId, key, saidAt, note, takenAt } = gesture;
    const at = shown.findIndex((mark) => mark.key === key);
    if (kind === 'undo') {
      if (at >= 0) shown.splice(at, 1);
    } else if (at < 0 && !(kind === 'done' && shown.some((mark) => mark.kind === 'done' && mark.slotId === slotId))) {
      shown.push({ key, slotId, kind, saidAt, by: null, note, photo: null, waiting: takenAt === null });
    }
  }
  return shown;
}

/** What need not be kept any more: taken by the garden before it told what it knows (ISO moments of its clock). */
export const outdated = (gesture: Gesture, toldAt: string): boolean => gesture.takenAt !== null && gesture.takenAt <= toldAt;

/** How far the round is. Stops without a basket are not counted. */
export function progress(
  stops: readonly { slotId: number; counts: readonly number[] }[],
  marks: readonly Pick<Mark, 'slotId' | 'kind'>[],
): { done: number; stops: number; next: number | null } {
  const ticked = new Set(marks.filter(({ kind }) => kind === 'done').map(({ slotId }) => slotId));
  const served = stops.filter(({ counts }) => counts.some((count) => count > 0));
  const left = served.filter(({ slotId }) => !ticked.has(slotId));
  return { done: served.length - left.length, stops: served.length, next: left[0]?.slotId ?? null };
}
