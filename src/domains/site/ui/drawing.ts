import { type Frame, nameTowns, project, scaleLength, spread } from '#ui/geography.ts';
import { france } from './france.ts';
import type { Mark, You } from './marks.ts';

/** A drawing that reads on a telephone: marks and names keep their size on any screen up to there. */
export const frame: Frame = { width: 400, height: 400, margin: 26 };

const rings = france.map((ring) =>
  ring.split(' ').map((point) => {
    const [longitude, latitude] = point.split(',').map(Number);
    return { latitude: latitude!, longitude: longitude! };
  }),
);
const everywhere = rings.flat();
const inFrance = ({ latitude, longitude }: { latitude: number; longitude: number }) =>
  latitude > 41 && latitude < 51.5 && longitude > -5.5 && longitude < 9.8;

/**
 * The map that the server draws: where marks stand, pushed apart so that none hides another; names of towns; a scale; the country's outline when it is asked for.
 * @returns null when there is nothing to draw. `beyond`: marks that the country's frame does not hold (overseas).
 */
export function draw(marks: readonly Mark[], you: You | null, country: boolean, radius: number) {
  const drawn = country ? marks.filter(inFrance) : marks;
  const centre = you && (!country || inFrance(you)) ? you : null;
  if (!country && drawn.length === 0 && !centre) return null;
  const around = country ? { ...frame, margin: 12 } : frame;
  const projection = project(country ? everywhere : [...drawn, ...(centre ? [centre] : [])], around);
  const real = drawn.map(projection.to);
  const points = spread(real, radius * 2 + 2, { ...around, margin: radius + 3 });
  const placed = drawn.map((mark, at) => ({ mark, real: real[at]!, at: points[at]! }));
  const names = country ? [] : [...new Set(drawn.flatMap(({ town }) => town ?? []))];
  const towns = nameTowns(
    names.map((text) => ({ text, points: placed.filter(({ mark }) => mark.town === text).map(({ at }) => at) })),
    points,
    radius + 2,
    frame,
  );
  const kilometres = scaleLength(projection.pointsPerKilometre, frame.width);
  const outline = country
    ? rings
        .map((ring) => `M${ring.map((place) => `${projection.to(place).x.toFixed(1)} ${projection.to(place).y.toFixed(1)}`).join('L')}z`)
        .join('')
    : null;
  return {
    ...{ placed, towns, outline, kilometres },
    you: centre ? projection.to(centre) : null,
    scale: kilometres * projection.pointsPerKilometre,
    beyond: marks.length - drawn.length,
  };
}
