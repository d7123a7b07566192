import { markPath } from '#ui/geography.ts';
import { say } from '#ui/table.ts';
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
type PlacedGarden = { slug: string; name: string; latitude: number | null; longitude: number | null; places: number };

/** Gardens whose place on earth is known, each leading to its pages. */
export const gardenMarks = (gardens: readonly PlacedGarden[]): Mark[] =>
  gardens.flatMap(({ slug, name, latitude, longitude, places }) =>
    latitude === null || longitude === null
      ? []
      : [
          {
            ...{ id: slug, name, latitude, longitude, kind: 'garden' as const, href: `/jardins/${slug}` },
            note: say(places, 'point de dépôt', 'points de dépôt'),
          },
        ],
  );

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
