import { markPath } from '#ui/geography.ts';
import type { PlaceState } from '../rules/places.ts';

export type MarkKind = PlaceState | 'garden';

/** A mark of a public map. Its words stand in a list beneath; here it has a place, a shape and a way to its page. */
export type Mark = {
  id: string | number;
  latitude: number;
  longitude: number;
  name: string;
  href: string;
  kind: MarkKind;
  /** As in the list. */
  number?: number;
  town?: string;
  /** A few words more: « Complet », « 12 dépôts ». */
  note?: string;
};
export type You = { latitude: number; longitude: number; label: string };

/** Kinds differ by shape as by colour: for those who tell no colours apart, and for paper. */
const shapes: Record<MarkKind, number> = { garden: 0, open: 0, few: 2, full: 1, reserved: 5 };
export const shapeOf = (kind: MarkKind, radius: number): string => markPath(shapes[kind], radius);

/** One of the tokens, and what reads on it. */
export const coloursOf: Record<MarkKind, { fill: string; ink: string }> = {
  garden: { fill: 'var(--leaf)', ink: 'var(--on-leaf)' },
  open: { fill: 'var(--leaf)', ink: 'var(--on-leaf)' },
  few: { fill: 'var(--carrot)', ink: 'var(--card)' },
  full: { fill: 'var(--card)', ink: 'var(--ink)' },
  reserved: { fill: 'var(--sky)', ink: 'var(--card)' },
};
