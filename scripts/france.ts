import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Makes src/domains/site/ui/france.ts, the outline of France on which the network's map draws gardens when it has no background. From the npm package world-atlas,
 * which is not a dependency of ours (Natural Earth, public domain):
 *
 *   npm pack world-atlas@2   (then unpack it)
 *   node scripts/france.ts ATLAS/package
 */

type Point = [number, number];
type Topology = {
  transform: { scale: Point; translate: Point };
  arcs: Point[][];
  objects: { countries: { geometries: { id: string; arcs: number[][][] }[] } };
};

const [atlas] = process.argv.slice(2);
if (!atlas) throw new Error('node scripts/france.ts ATLAS/package');
const { transform, arcs, objects }: Topology = JSON.parse(await readFile(join(atlas, 'countries-10m.json'), 'utf8'));
const france = objects.countries.geometries.find(({ id }) => id === '250')!;

/** Arcs are steps from one point to the next; one named by its complement is walked backwards. */
function walk(at: number): Point[] {
  let [x, y] = [0, 0];
  const points = arcs[at < 0 ? ~at : at]!.map(([dx, dy]): Point => {
    x += dx;
    y += dy;
    return [x * transform.scale[0] + transform.translate[0], y * transform.scale[1] + transform.translate[1]];
  });
  return at < 0 ? points.reverse() : points;
}

/** Leaves out what is less than `least` degrees away from the line without it (Douglas and Peucker). */
function simplify(points: Point[], least: number): Point[] {
  const [first, last] = [points[0]!, points.at(-1)!];
  const length = Math.hypot(last[0] - first[0], last[1] - first[1]);
  let [far, at] = [0, 0];
  for (const [rank, [x, y]] of points.entries()) {
    const off =
      length === 0
        ? Math.hypot(x - first[0], y - first[1])
        : Math.abs((last[0] - first[0]) * (first[1] - y) - (first[0] - x) * (last[1] - first[1])) / length;
    if (off > far) [far, at] = [off, rank];
  }
  if (far <= least) return [first, last];
  return [...simplify(points.slice(0, at + 1), least), ...simplify(points.slice(at), least).slice(1)];
}

// Mainland and Corsica; overseas departments and the small isles have no place on that drawing.
const rings = france.arcs
  .map(([outer]) => outer!.flatMap((at, rank) => (rank === 0 ? walk(at) : walk(at).slice(1))))
  .filter((ring) => ring.every(([x, y]) => x > -6 && x < 10 && y > 41) && ring.length > 100)
  .map((ring) => simplify(ring, 0.05).map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`));

await writeFile(
  fileURLToPath(new URL('../src/domains/site/ui/france.ts', import.meta.url)),
  `/** The coast and borders of France, mainland then Corsica: longitude, latitude. Natural Earth; scripts/france.ts makes it. */
export const france: string[] = [
${rings.map((ring) => `  '${ring.join(' ')}',`).join('\n')}
];\n`,
);
console.log(rings.map((ring) => ring.length));
