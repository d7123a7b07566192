import type { Week } from '#kernel/day.ts';
import { isDue } from './frequency.ts';
import type { Place, PlannedDelivery, PlannedRequest, PlannedSubscription, RequestProblem, Season, Terms } from './plan.ts';

/** One ISO week of a subscription, with all that happens to it. */
export type Cell = {
  year: number;
  week: number;
  terms: Terms;
  /** The delivery of the tour that the terms name. */
  home: PlannedDelivery;
  /** The week is one of its own: frequency, period and plan's weeks, whether or not the delivery takes place. */
  due: boolean;
  /** What it gives without any request; 0 in a closed week. */
  usual: number;
  taken: number;
  /** What is given to somebody else: it stays the customer's. */
  given: number;
  added: number;
  /** Where the basket is collected; null when its slot is closed and nothing stands in for it. */
  at: { delivery: PlannedDelivery; slotId: number } | null;
  /** What is received in the end. */
  quantity: number;
  manual: PlannedRequest | null;
  /** The change of depot that is carried out. */
  moved: PlannedRequest | null;
  /** The slot where it would have been collected, were it not closed. */
  closedSlotId: number | null;
  /** The requests that changed this week, in order of id. A postponement stands in both its weeks. */
  requests: PlannedRequest[];
};

const key = (year: number, week: number): number => year * 100 + week;

/**
 * Every week of a subscription in which something is due or asked for, in order. Both the plan and what people are told about it come from here.
 * @param served see `plan`.
 */
export function layOut(
  subscription: PlannedSubscription,
  season: Season,
  requests: readonly PlannedRequest[],
  served?: (delivery: PlannedDelivery) => number | null,
): { cells: Cell[]; problems: RequestProblem[] } {
  const cells = new Map<number, Cell>();
  for (const [index, terms] of subscription.terms.entries()) addDueWeeks(cells, subscription, season, terms, index);
  const problems: RequestProblem[] = [];
  const weekOf = (year: number | null, week: number | null) => weekAsked(cells, subscription, season, year, week);
  for (const { year, week, quantity } of subscription.received ?? []) {
    const cell = weekOf(year, week);
    if (cell && !cell.home.closed) cell.added += quantity;
  }
  if (requests.length > 0) {
    // Changes of depot come last: they are about whatever is received then.
    const late = (request: PlannedRequest) => (request.kind === 'move' ? 1 : 0);
    for (const request of requests.toSorted((a, b) => late(a) - late(b) || a.id - b.id)) {
      const problem = carryOut(request, { subscription, cells, weekOf, season });
      if (problem) problems.push({ requestId: request.id, problem });
    }
  }
  const inOrder = [...cells.values()];
  // Due weeks are in order already; only weeks that were asked for, or a change of tour, can come between.
  if (requests.length > 0 || subscription.received || subscription.terms.length > 1)
    inOrder.sort((a, b) => key(a.year, a.week) - key(b.year, b.week));
  for (const cell of inOrder) avoidClosedSlot(cell, season);
  if (subscription.basketCount === null) for (const cell of inOrder) cell.quantity = quantityOf(cell);
  else giveUntil(subscription.basketCount, inOrder, season, served);
  return { cells: inOrder, problems };
}

function addDueWeeks(cells: Map<number, Cell>, subscription: PlannedSubscription, season: Season, terms: Terms, index: number): void {
  const next = subscription.terms[index + 1];
  const from = index === 0 ? 0 : key(terms.fromYear, terms.fromWeek);
  const until = next ? key(next.fromYear, next.fromWeek) : Number.POSITIVE_INFINITY;
  for (const delivery of season.deliveries.get(terms.tourId) ?? []) {
    const at = key(delivery.year, delivery.week);
    if (at < from || at >= until) continue;
    if (isItsWeek(subscription, terms, delivery)) cells.set(at, newCell(terms, delivery, true));
  }
}

const newCell = (terms: Terms, home: PlannedDelivery, due: boolean): Cell => ({
  year: home.year,
  week: home.week,
  terms,
  home,
  due,
  usual: due && !home.closed ? terms.quantity : 0,
  taken: 0,
  given: 0,
  added: 0,
  at: home.closed ? null : { delivery: home, slotId: terms.slotId },
  quantity: 0,
  manual: null,
  moved: null,
  closedSlotId: null,
  requests: [],
});

/** The terms that hold in an ISO week. */
export const termsIn = ({ terms }: Pick<PlannedSubscription, 'terms'>, year: number, week: number): Terms =>
  terms.findLast((one, index) => index === 0 || key(one.fromYear, one.fromWeek) <= key(year, week))!;

/** The delivery of a subscription in an ISO week, whether or not it has a basket there; undefined when the season is not open. */
export const deliveryIn = (
  subscription: Pick<PlannedSubscription, 'terms'>,
  season: Pick<Season, 'deliveries'>,
  { year, week }: Week,
): PlannedDelivery | undefined => find(season, termsIn(subscription, year, week).tourId, year, week);

/** A week is one of the subscription's own, whether or not its delivery takes place. */
export const isItsWeek = (
  { startsOn, endsOn }: Pick<PlannedSubscription, 'startsOn' | 'endsOn'>,
  terms: Terms,
  delivery: PlannedDelivery,
) =>
  delivery.usualDate >= startsOn &&
  delivery.usualDate <= endsOn &&
  isDue(terms.frequency, delivery) &&
  (terms.weeks === null || terms.weeks.includes(delivery.week));

/** The week a request names, under the terms that hold then; undefined when their tour has no delivery there. */
function weekAsked(
  cells: Map<number, Cell>,
  subscription: PlannedSubscription,
  season: Season,
  year: number | null,
  week: number | null,
): Cell | undefined {
  if (year === null || week === null) return undefined;
  const at = key(year, week);
  const known = cells.get(at);
  if (known) return known;
  const home = deliveryIn(subscription, season, { year, week });
  if (!home) return undefined;
  const cell = newCell(termsIn(subscription, year, week), home, false);
  cells.set(at, cell);
  return cell;
}

const find = (season: Pick<Season, 'deliveries'>, tourId: number, year: number, week: number) =>
  season.deliveries.get(tourId)?.find((delivery) => delivery.week === week && delivery.year === year);

type FindWeek = (year: number | null, week: number | null) => Cell | undefined;

type Laid = { subscription: PlannedSubscription; cells: Map<number, Cell>; weekOf: FindWeek; season: Season };

/** Writes what a request changes into the weeks it is about. @returns why it could not, or null. */
function carryOut(request: PlannedRequest, { subscription, cells, weekOf, season }: Laid): RequestProblem['problem'] | null {
  const { kind, quantity, year, week } = request;
  if (kind === 'move') return move(request, cells, season);
  const cell = weekOf(year, week);
  switch (kind) {
    case 'cancel':
    case 'gift':
    case 'postpone': {
      // What was moved stays moved, if the week it was taken from closes later, or is taken out of the plan: weeks of a plan are those of
      // every year, past ones too.
      const moved = quantity !== null && cell && isItsWeek(subscription, { ...cell.terms, weeks: null }, cell.home);
      const stands = moved || (cell?.due && !cell.home.closed);
      if (!cell || !stands) return 'no_basket';
      const to = kind === 'postpone' ? weekOf(request.toYear, request.toWeek) : undefined;
      if (kind === 'postpone' && (!to || to.home.closed)) return 'no_delivery';
      const away = Math.min(quantity ?? cell.usual, cell.usual);
      cell.taken = Math.max(cell.taken, away);
      if (kind === 'gift') cell.given = away;
      cell.requests.push(request);
      if (to) {
        to.added += quantity ?? cell.terms.quantity;
        if (to !== cell) to.requests.push(request);
      }
      return null;
    }
    case 'double':
      return cell && cell.usual > 0 ? add(request, cell) : 'no_basket';
    case 'make_up':
      return cell && !cell.home.closed ? add(request, cell) : 'no_delivery';
    case 'manual': {
      const place = request.place;
      const delivery = place ? find(season, place.tourId, year, week) : cell?.home;
      if (!cell || !delivery || delivery.closed) return 'no_delivery';
      if (place) cell.at = { delivery, slotId: place.slotId };
      cell.manual = request;
      cell.requests.push(request);
      return null;
    }
  }
}

function add(request: PlannedRequest, cell: Cell): null {
  cell.added += request.quantity ?? cell.terms.quantity;
  cell.requests.push(request);
  return null;
}

/** A change of depot for one week or several; where two overlap, the later request holds; a place set by hand stays. */
function move(request: PlannedRequest, cells: Map<number, Cell>, season: Season): RequestProblem['problem'] | null {
  const place = request.place!;
  const from = key(request.year, request.week);
  const until = key(request.untilYear ?? request.year, request.untilWeek ?? request.week);
  let seen = false;
  let missing = false;
  for (const [at, cell] of cells) {
    if (at < from || at > until || (cell.usual === 0 && cell.added === 0 && !cell.manual)) continue;
    seen = true;
    const delivery = find(season, place.tourId, cell.year, cell.week);
    if (!delivery || delivery.closed) missing = true;
    else {
      if (!cell.manual?.place) cell.at = { delivery, slotId: place.slotId };
      cell.moved = request;
      cell.requests.push(request);
    }
  }
  return missing ? 'no_delivery' : seen ? null : 'no_basket';
}

const quantityOf = (cell: Cell): number => cell.manual?.quantity ?? cell.usual - cell.taken + cell.added;

/**
 * By count: what frozen deliveries hold is received, wherever it is; what was asked for apart is kept, and a basket given to somebody else is one of those
 * that were bought; then usual baskets are given until the number is reached. A basket that nobody can collect is not given: it comes later.
 */
function giveUntil(count: number, cells: Cell[], season: Season, served: (delivery: PlannedDelivery) => number | null = () => null): void {
  const held = (cell: Cell) => (cell.at ? served(cell.at.delivery) : 0);
  let left = count;
  for (const ofTour of season.deliveries.values()) for (const delivery of ofTour) left -= served(delivery) ?? 0;
  for (const cell of cells) {
    left -= cell.given;
    if (held(cell) === null) left -= cell.manual?.quantity ?? cell.added;
  }
  for (const cell of cells) {
    cell.quantity = held(cell) ?? cell.manual?.quantity ?? 0;
    if (held(cell) !== null || typeof cell.manual?.quantity === 'number') continue;
    const usual = Math.min(cell.usual - cell.taken, Math.max(left, 0));
    left -= usual;
    cell.quantity = usual + cell.added;
  }
}

/** The basket of a closed slot goes where the garden decided, if that is served in the same week. */
function avoidClosedSlot(cell: Cell, season: Season): void {
  const { at } = cell;
  const closing = at && closingOf(season, at.slotId, at.delivery);
  if (!closing) return;
  cell.closedSlotId = at.slotId;
  const instead = closing.replacement;
  const delivery = instead && find(season, instead.tourId, cell.year, cell.week);
  cell.at =
    instead && delivery && !delivery.closed && !closingOf(season, instead.slotId, delivery) ? { delivery, slotId: instead.slotId } : null;
}

const closingOf = (season: Season, slotId: number, delivery: PlannedDelivery): { replacement: Place | null } | undefined =>
  season.closings.get(slotId)?.find((closing) => delivery.date >= closing.fromOn && delivery.date <= closing.untilOn);
