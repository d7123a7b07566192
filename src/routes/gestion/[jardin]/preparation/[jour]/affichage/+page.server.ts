import { packingDay } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { dayAsked } from '../day.ts';

/** Seconds between two looks of the screen on the wall. */
const every = 20;

/** A screen that nobody touches: it asks anew by itself, unless it is told to stand still, and shows no name. */
export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'preparation:read');
  const day = await dayAsked(event, actor, today);
  const found = await packingDay(actor, day, today);
  const still = event.url.searchParams.has('fixe');
  // By the header, not in the page: it works without JavaScript, and the page itself holds nothing that moves.
  if (!still) event.setHeaders({ refresh: String(every) });
  return {
    ...{ day, still, every, slug: garden.slug },
    tours: (found?.tours ?? []).map(({ deliveryId, code, name, color, due, packed, stops, load }) => ({
      ...{ deliveryId, code, name, color, due, packed, crates: load.crates },
      /** Stops of which something is left. */
      stops: stops.filter(({ cells }) => cells.some((cell) => cell.packed < cell.due)).length,
      kinds: found!.products
        .map(({ id, name: kind }) => {
          const cells = stops.flatMap((stop) => stop.cells).filter((cell) => cell.productId === id);
          const left = cells.reduce((sum, cell) => sum + Math.max(0, cell.due - cell.packed), 0);
          return { id, kind, left, due: cells.reduce((sum, cell) => sum + cell.due, 0) };
        })
        .filter((kind) => kind.due > 0),
    })),
  };
};
