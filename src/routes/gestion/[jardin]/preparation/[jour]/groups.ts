import type { PackingCell, PackingStop } from '#domains/preparation/index.server.ts';
import { many } from '#domains/preparation/labels-packing.ts';

type Product = { id: number; name: string; perCrate: number | null };
/** What is to be marked: baskets of a kind for a stop, named by whichever of both is not the heading. */
export type Line = PackingCell & { slotId: number; label: string; perCrate: number | null };
/** `note`: « 3 caisses », of a stop. */
export type Group = { key: string; title: string; note: string; lines: Line[]; due: number; packed: number };

const group = (key: string, title: string, note: string, lines: Line[]): Group => ({
  ...{ key, title, note, lines },
  due: lines.reduce((sum, line) => sum + line.due, 0),
  packed: lines.reduce((sum, line) => sum + Math.min(line.due, line.packed), 0),
});

/** Stop by stop, each with its kinds of baskets. */
export const byStop = (stops: readonly PackingStop[], products: readonly Product[]): Group[] =>
  stops.map((stop) =>
    group(
      `a${stop.slotId}`,
      `${stop.order}. ${stop.depotName}`,
      stop.crates ? many(stop.crates, 'caisse', 'caisses') : '',
      stop.cells.map((cell) => {
        const { name, perCrate } = products.find((product) => product.id === cell.productId)!;
        return { ...cell, slotId: stop.slotId, label: name, perCrate };
      }),
    ),
  );

/** Kind by kind, each with the stops that take some. */
export const byProduct = (stops: readonly PackingStop[], products: readonly Product[]): Group[] =>
  products
    .map(({ id, name, perCrate }) =>
      group(
        `p${id}`,
        name,
        '',
        stops.flatMap(({ slotId, order, depotName, cells }) =>
          cells.filter((cell) => cell.productId === id).map((cell) => ({ ...cell, slotId, label: `${order}. ${depotName}`, perCrate })),
        ),
      ),
    )
    .filter(({ lines }) => lines.length > 0);
