/** Places on a flat map: degrees in, points of a drawing out. Good for one garden's tours (a hundred kilometres or so). */

export type Place = { latitude: number; longitude: number };
export type Point = { x: number; y: number };
export type Frame = { width: number; height: number; margin: number };

const kilometresPerDegree = 111.2;

export type Projection = { to: (place: Place) => Point; pointsPerKilometre: number };

/** Fits the places in the frame, north above, same scale both ways (equirectangular at their middle latitude). */
export function project(places: readonly Place[], { width, height, margin }: Frame): Projection {
  const latitudes = places.map((place) => place.latitude);
  const longitudes = places.map((place) => place.longitude);
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const middle = { latitude: (south + north) / 2, longitude: (west + east) / 2 };
  const squeeze = Math.cos((middle.latitude * Math.PI) / 180);
  // A single place, or places in a line, still get a scale: about a kilometre across at least.
  const least = 1 / kilometresPerDegree;
  const perDegree = Math.min(
    (width - 2 * margin) / Math.max((east - west) * squeeze, least),
    (height - 2 * margin) / Math.max(north - south, least),
  );
  return {
    to: ({ latitude, longitude }) => ({
      x: width / 2 + (longitude - middle.longitude) * squeeze * perDegree,
      y: height / 2 - (latitude - middle.latitude) * perDegree,
    }),
    pointsPerKilometre: perDegree / kilometresPerDegree,
  };
}

/**
 * Pushes points apart until none are nearer than `gap`, as little as can be, inside the frame. The same points always give the same
 * drawing: points on the very same spot leave it in directions given by their rank.
 */
export function spread(points: readonly Point[], gap: number, { width, height, margin }: Frame): Point[] {
  const placed = points.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < 200; round++) {
    let moved = false;
    for (let one = 0; one < placed.length; one++) {
      for (let other = one + 1; other < placed.length; other++) {
        const [a, b] = [placed[one] as Point, placed[other] as Point];
        let [dx, dy] = [b.x - a.x, b.y - a.y];
        let distance = Math.hypot(dx, dy);
        if (distance >= gap - 0.05) continue;
        if (distance < 0.01) {
          [dx, dy, distance] = [Math.cos(other * 2.4), Math.sin(other * 2.4), 1];
          const half = gap / 2;
          a.x -= dx * half;
          a.y -= dy * half;
          b.x += dx * half;
          b.y += dy * half;
        } else {
          const push = (gap - distance) / 2 / distance;
          a.x -= dx * push;
          a.y -= dy * push;
          b.x += dx * push;
          b.y += dy * push;
        }
        moved = true;
      }
    }
    for (const point of placed) {
      point.x = Math.min(Math.max(point.x, margin), width - margin);
      point.y = Math.min(Math.max(point.y, margin), height - margin);
    }
    if (!moved) break;
  }
  return placed;
}

export type Label = { text: string; x: number; y: number };

/**
 * Names of towns beside their points: above, below, right or left, wherever neither a point nor another name stands. A name with no free
 * place is left out (the list beside the map has it).
 */
export function nameTowns(
  towns: readonly { text: string; points: readonly Point[] }[],
  all: readonly Point[],
  radius: number,
  { width, height }: Frame,
): Label[] {
  const boxes = all.map(({ x, y }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  const labels: Label[] = [];
  for (const { text, points } of [...towns].sort((a, b) => b.points.length - a.points.length)) {
    if (!points.length) continue;
    const half = text.length * 4.6;
    const [left, right] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
    const [top, bottom] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const tries = [
      { x, y: top - radius - 12 },
      { x, y: bottom + radius + 12 },
      { x: right + radius + half + 6, y },
      { x: left - radius - half - 6, y },
      { x: right + half, y: top - radius - 12 },
      { x: left - half, y: bottom + radius + 12 },
    ];
    const free = tries.find((at) => {
      const box = { left: at.x - half, right: at.x + half, top: at.y - 10, bottom: at.y + 10 };
      if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > height) return false;
      return boxes.every((other) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom);
    });
    if (!free) continue;
    boxes.push({ left: free.x - half, right: free.x + half, top: free.y - 10, bottom: free.y + 10 });
    labels.push({ text, ...free });
  }
  return labels;
}

/** A round length for the scale, near a quarter of the width: 1, 2 or 5 times a power of ten, in kilometres. */
export function scaleLength(pointsPerKilometre: number, width: number): number {
  const wanted = width / 4 / pointsPerKilometre;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [5, 2, 1].map((step) => step * power).find((length) => length <= wanted) ?? power;
}

/** Outline of a mark of the nth tour, centred on 0: tours differ by shape too, for paper in black and white. */
export function markPath(rank: number, radius: number): string {
  const sides = [0, 4, 6, 8, 3, 5][rank % 6] as number;
  if (sides === 0) return `M${-radius} 0a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
  const turn = sides === 4 || sides === 8 ? Math.PI / sides : -Math.PI / 2;
  const reach = radius * (sides === 3 ? 1.45 : sides === 4 ? 1.24 : 1.12);
  const corners = Array.from({ length: sides }, (_, at) => {
    const angle = turn + (at * 2 * Math.PI) / sides;
    return `${(reach * Math.cos(angle)).toFixed(1)} ${(reach * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${corners.join('L')}z`;
}
