import { allows, type Flexibility, type FlexibleKind, flexibleKinds } from '#domains/plans/rules/flexibility.ts';
import { type Week, weeksBetween } from '#kernel/day.ts';
import { type Ask, type Asking, type AskRefusal, asRequest, isSame } from './asks.ts';
import { counter } from './counter.ts';
import { limitOf } from './limits.ts';
import type { Place, PlannedRequest, PlannedSubscription } from './plan.ts';
import { cellIn, isBefore, isWeek, placeOf, type Standing, type StoredRemedy, touched } from './requests.ts';
import { type Cell, deliveryIn, layOut, termsIn } from './weeks.ts';

/** The requests that take the basket of a week away: there is one at most. */
const takes = (kind: PlannedRequest['kind']) => kind === 'cancel' || kind === 'postpone' || kind === 'gift';

/**
 * May this be asked for? Hard facts first (is there a basket, is it frozen), then the plan's rules, which staff may set aside, then where it goes.
 * Capacity and the number of doubled baskets are counted by the command, over the whole garden.
 * @returns null when it may; `'again'` when exactly this was asked for already (a form sent twice).
 */
export function judgeAsk(ask: Ask, standing: Standing, asking: Asking = staff): AskRefusal | 'again' | null {
  if (ask.kind === 'manual' && asking.source === 'customer') return { why: 'staff_only' };
  if (standing.subscription.awaiting) return { why: 'awaiting' };
  const other = standing.requests.find((request) => isWeek(request, ask.from) && excludes(ask, request));
  if (other && isSame(ask, other)) return 'again';
  // A second change by hand takes the place of the first.
  if (other && !(ask.kind === 'manual' && other.kind === 'manual')) return { why: 'already_asked', request: other };
  const rest = other ? { ...standing, requests: standing.requests.filter((one) => one !== other) } : standing;
  const cells = layOut(rest.subscription, rest.season, rest.requests, rest.served).cells;
  const rules = rest.rulesIn(ask.from);
  return whyNotFrom(ask, cells, rest) ?? beyondRules(ask, cells, rest, rules, asking) ?? whyNotTo(ask, cells, rest, rules, asking);
}

const staff: Asking = { source: 'staff', dispensed: false };

function excludes(ask: Ask, request: PlannedRequest): boolean {
  if (ask.kind === request.kind || (takes(ask.kind) && takes(request.kind))) return true;
  // A change by hand has the last word: what is asked besides would have no effect.
  if (request.kind !== 'manual') return false;
  return ask.kind === 'move' ? request.place !== null : request.quantity !== null;
}

/** What becomes of a basket cancelled under the plan's rules. By count, it is received later: nothing else is due. */
export function remedyOf(ask: Ask, rules: Flexibility, subscription: Pick<PlannedSubscription, 'basketCount'>): StoredRemedy | null {
  if (ask.kind !== 'cancel' || subscription.basketCount !== null) return null;
  if (ask.remedy) return ask.remedy === 'none' ? null : ask.remedy;
  return rules.remedy === 'credit' ? 'credit' : rules.remedy === 'counter' ? 'make_up' : null;
}

/** The week asked about: does it take place, does it have a basket, may it still change? */
function whyNotFrom(ask: Ask, cells: readonly Cell[], { subscription, season, requests, stateOf }: Standing): AskRefusal | null {
  const { from } = ask;
  const home = deliveryIn(subscription, season, from);
  const cell = cellIn(cells, from);
  const comes = requests.find((request) => request.toYear === from.year && request.toWeek === from.week);
  const none: AskRefusal = { why: 'no_basket', postponedFrom: comes ? { year: comes.year, week: comes.week } : null };
  if (!home) return none;
  const lasts = ask.kind === 'move' && ask.until !== null;
  const bringsItsOwn = ask.kind === 'make_up' || ask.kind === 'manual' || lasts;
  if (takes(ask.kind) || ask.kind === 'double') {
    if (!cell?.due) return none;
    if (cell.home.closed) return { why: 'closed_week' };
    // Taken away already, unless one more was asked for besides.
    if (cell.quantity === 0) return cell.taken > 0 ? none : { why: 'used_up' };
    if (takes(ask.kind) && cell.quantity - cell.added <= 0) return cell.taken > 0 ? none : { why: 'used_up' };
  } else if (home.closed && !lasts) return { why: 'closed_week' };
  if (ask.kind === 'move' && !lasts && !cell?.quantity) return none;
  if (bringsItsOwn && !cell) return stateOf(home) === 'open' ? null : { why: 'frozen', date: home.date };
  const delivery = placeOf(cell!);
  return stateOf(delivery) === 'open' ? null : { why: 'frozen', date: delivery.date };
}

const isFlexible = (kind: Ask['kind']): kind is FlexibleKind => (flexibleKinds as readonly string[]).includes(kind);

/** What the plan's rules say against it; nothing when staff set them aside. */
function beyondRules(ask: Ask, cells: readonly Cell[], standing: Standing, rules: Flexibility, asking: Asking): AskRefusal | null {
  if (ask.kind === 'manual' || (asking.dispensed && asking.source === 'staff')) return null;
  if (isFlexible(ask.kind) && !allows(rules, ask.kind)) return { why: 'not_allowed', kind: ask.kind };
  const cell = cellIn(cells, ask.from);
  const delivery = cell ? placeOf(cell) : deliveryIn(standing.subscription, standing.season, ask.from);
  if (delivery && rules.cutoffHours !== null && standing.isPast(delivery, rules.cutoffHours))
    return { why: 'past_cutoff', hours: rules.cutoffHours };
  const limit = limitOf(ask, rules, standing);
  if (limit) return { why: 'limit', limit };
  const byCount = standing.subscription.basketCount !== null;
  return ask.kind === 'cancel' && rules.remedy === 'make_up_date' && !byCount ? { why: 'needs_date' } : null;
}

/** Where it goes: another week, another place, or one's own once more. */
function whyNotTo(ask: Ask, cells: readonly Cell[], standing: Standing, rules: Flexibility, asking: Asking): AskRefusal | null {
  const wrong = whyNotTarget(ask, cells, standing, rules, asking.dispensed && asking.source === 'staff');
  if (wrong) return wrong;
  const { subscription, season, requests, served, stateOf } = standing;
  const request = asRequest(ask, termsIn(subscription, ask.from.year, ask.from.week).quantity, remedyOf(ask, rules, subscription));
  const changed = touched(request, standing);
  const { problems } = layOut(subscription, season, [...requests, request], served);
  const problem = problems.find((one) => one.requestId === request.id)?.problem;
  if (problem || changed.length === 0) return { why: 'no_effect', problem: problem ?? 'no_basket' };
  for (const { deliveries, ...week } of changed) {
    const late = deliveries.find((delivery) => stateOf(delivery) !== 'open');
    if (late) return { why: isWeek(week, ask.from) ? 'frozen' : 'target_frozen', date: late.date };
    const hours = asking.dispensed && asking.source === 'staff' ? null : rules.cutoffHours;
    if (ask.kind !== 'manual' && hours !== null && deliveries.some((delivery) => standing.isPast(delivery, hours)))
      return { why: 'past_cutoff', hours };
  }
  return null;
}

function whyNotTarget(ask: Ask, cells: readonly Cell[], standing: Standing, rules: Flexibility, dispensed: boolean): AskRefusal | null {
  switch (ask.kind) {
    case 'postpone': {
      if (!ask.to) return { why: 'no_target' };
      if (isWeek(ask.to, ask.from)) return { why: 'same_week' };
      const away = Math.abs(weeksBetween(ask.from, ask.to));
      const unfit = whyNotWeek(ask.to, standing);
      if (unfit) return unfit;
      return rules.postponeWeeks !== null && away > rules.postponeWeeks && !dispensed
        ? { why: 'too_far', weeks: rules.postponeWeeks }
        : null;
    }
    case 'make_up': {
      const unfit = whyNotWeek(ask.from, standing);
      if (unfit) return unfit;
      const { owed } = counter(standing);
      if (owed <= 0) return { why: 'nothing_owed' };
      return ask.quantity > owed ? { why: 'owed_less', owed } : null;
    }
    case 'move':
      return whyNotThere(ask, cells, standing);
    case 'manual': {
      const { place, quantity, productId, priceCents } = ask;
      if (place === null && quantity === null && productId === null && priceCents === null) return { why: 'nothing_changed' };
      return place && !isServed(place, ask.from, standing) ? { why: 'place_not_served', week: ask.from } : null;
    }
    default:
      return null;
  }
}

/** A week that is to receive one more basket: delivered, open, within the period (by count, also after it), and in the plan's weeks. */
function whyNotWeek(week: Week, { subscription, season, stateOf }: Standing): AskRefusal | null {
  const delivery = deliveryIn(subscription, season, week);
  if (!delivery) return { why: 'no_target' };
  if (delivery.closed) return { why: 'target_closed' };
  if (stateOf(delivery) !== 'open') return { why: 'target_frozen', date: delivery.date };
  const { weeks } = termsIn(subscription, week.year, week.week);
  if (weeks !== null && !weeks.includes(week.week)) return { why: 'target_off_weeks' };
  const { startsOn, endsOn, basketCount } = subscription;
  const outside = delivery.usualDate < startsOn || (delivery.usualDate > endsOn && basketCount === null);
  return outside ? { why: 'outside_period', startsOn, endsOn } : null;
}

/** Baskets can be collected there that week: the tour goes round, and the place is not closed. */
function isServed(place: Place, week: Week, { season }: Standing): boolean {
  const delivery = season.deliveries.get(place.tourId)?.find((one) => isWeek(one, week));
  if (!delivery || delivery.closed) return false;
  return !season.closings.get(place.slotId)?.some(({ fromOn, untilOn }) => delivery.date >= fromOn && delivery.date <= untilOn);
}

function whyNotThere(
  { from, until, place }: Extract<Ask, { kind: 'move' }>,
  cells: readonly Cell[],
  standing: Standing,
): AskRefusal | null {
  if (!place) return { why: 'no_place' };
  const last = until ?? from;
  if (isBefore(last, from)) return { why: 'until_before' };
  const concerned = cells.filter((cell) => !isBefore(cell, from) && !isBefore(last, cell) && (cell.usual > 0 || cell.added > 0));
  if (concerned.length === 0) return { why: 'no_basket', postponedFrom: null };
  if (concerned.every((cell) => cell.at?.slotId === place.slotId)) return { why: 'same_place' };
  const without = concerned.find((cell) => !isServed(place, cell, standing));
  return without ? { why: 'place_not_served', week: { year: without.year, week: without.week } } : null;
}
