/** The order of a list of rows, by their ids. */

/** The list with one of its rows moved to another place (from 0); places beyond the ends mean the ends. */
export function moveTo<Id>(order: readonly Id[], id: Id, place: number): Id[] {
  if (!order.includes(id)) return [...order];
  const others = order.filter((one) => one !== id);
  const at = Math.min(Math.max(place, 0), others.length);
  return [...others.slice(0, at), id, ...others.slice(at)];
}

/** The list with one of its rows one place up or down. */
export const shift = <Id>(order: readonly Id[], id: Id, by: -1 | 1): Id[] => moveTo(order, id, order.indexOf(id) + by);

/**
 * What DragList's form sends: every id in its order (`order`), and the row whose « Monter » or « Descendre » was pressed, if any
 * (`move=12:up`). Ids sent twice count once; what is not a known id is left out, and a known id left out goes last: nothing is lost.
 */
export function readOrder(sent: { order: readonly string[]; move?: string | null }, known: readonly string[]): string[] {
  const kept = [...new Set(sent.order)].filter((id) => known.includes(id));
  const order = [...kept, ...known.filter((id) => !kept.includes(id))];
  const cut = sent.move?.lastIndexOf(':') ?? -1;
  if (!sent.move || cut < 0) return order;
  const [id, way] = [sent.move.slice(0, cut), sent.move.slice(cut + 1)];
  return way === 'up' ? shift(order, id, -1) : way === 'down' ? shift(order, id, 1) : order;
}
