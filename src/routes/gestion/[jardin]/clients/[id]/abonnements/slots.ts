import type { SlotChoice } from '#domains/subscriptions/index.server.ts';
import { sayStanding } from '#domains/subscriptions/rules/capacity.ts';
import { weekdayNames } from '#kernel/day.ts';
import type { Option } from '#ui/form.ts';

/** Slots as a form offers them: « Gare, mercredi (tournée Mercredi) · Complet ». A full one may still be chosen: staff may go beyond. */
export const slotOptions = (slots: readonly SlotChoice[]): Option[] =>
  slots.map((slot) => {
    const name = slot.name ? ` (${slot.name})` : '';
    const whom = slot.reserved ? ` · ${slot.mention || 'réservé'}` : '';
    const standing = slot.standing && slot.standing.left !== null ? ` · ${sayStanding(slot.standing)}` : '';
    return { value: String(slot.id), label: `${slot.depot}${name}, ${weekdayNames[slot.weekday]} (${slot.tour})${whom}${standing}` };
  });
