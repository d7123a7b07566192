import type { FlexibleKind, Limit } from '#domains/plans/rules/flexibility.ts';
import type { Day, Week } from '#kernel/day.ts';
import type { Place, PlannedRequest, RequestProblem } from './plan.ts';
import { isWeek, type StandingRequest, type StoredRemedy } from './requests.ts';

/** To whom a basket is given: an organisation, which collects it at a slot; its value alone; whom the garden likes when it is left out. */
export type GivenTo = { customerId: number; slotId: number } | 'value';

/** What may be asked for the basket of a week (`from`), or from that week on. Empty columns of a manual change: as usual. */
export type Ask = { from: Week } & (
  | { kind: 'cancel'; remedy?: StoredRemedy | 'none' }
  | { kind: 'postpone'; to: Week | null }
  | { kind: 'double'; quantity: number }
  | { kind: 'make_up'; quantity: number }
  | { kind: 'gift'; to?: GivenTo }
  | { kind: 'move'; place: Place | null; until: Week | null }
  | ({ kind: 'manual' } & ByHand)
);

export type ByHand = { quantity: number | null; productId: number | null; place: Place | null; priceCents: number | null };

/** Who asks: customers never get more than the rules give. */
export type Asking = { source: 'staff' | 'customer'; dispensed: boolean };

/** Why a request is refused; told in French by labels.ts. */
export type AskRefusal =
  | { why: 'no_basket'; postponedFrom: Week | null }
  | { why: 'closed_week' }
  | { why: 'awaiting' }
  | { why: 'used_up' }
  | { why: 'frozen'; date: Day }
  | { why: 'already_asked'; request: PlannedRequest }
  | { why: 'staff_only' }
  | { why: 'same_week' }
  | { why: 'no_target' }
  | { why: 'target_closed' }
  | { why: 'target_off_weeks' }
  | { why: 'target_frozen'; date: Day }
  | { why: 'outside_period'; startsOn: Day; endsOn: Day }
  | { why: 'nothing_owed' }
  | { why: 'owed_less'; owed: number }
  | { why: 'no_place' }
  | { why: 'same_place' }
  | { why: 'place_not_served'; week: Week }
  | { why: 'until_before' }
  | { why: 'nothing_changed' }
  | { why: 'no_effect'; problem: RequestProblem['problem'] }
  | BeyondRules;

/** What the plan's rules refuse, and staff may allow all the same. */
export type BeyondRules =
  | { why: 'not_allowed'; kind: FlexibleKind }
  | { why: 'past_cutoff'; hours: number }
  | { why: 'limit'; limit: Limit }
  | { why: 'needs_date' }
  | { why: 'too_far'; weeks: number };

const beyondRules: ReadonlySet<AskRefusal['why']> = new Set(['not_allowed', 'past_cutoff', 'limit', 'needs_date', 'too_far']);
export const mayDispense = (refusal: AskRefusal): refusal is BeyondRules => beyondRules.has(refusal.why);

/** The request that an ask would become, after all others. @param usual what the subscription gives that week by itself. */
export function asRequest(ask: Ask, usual: number, remedy: StoredRemedy | null): StandingRequest {
  const [to, until] = [ask.kind === 'postpone' ? ask.to : null, ask.kind === 'move' ? ask.until : null];
  return {
    id: Number.MAX_SAFE_INTEGER,
    kind: ask.kind,
    ...ask.from,
    toYear: to?.year ?? null,
    toWeek: to?.week ?? null,
    untilYear: until?.year ?? null,
    untilWeek: until?.week ?? null,
    place: ask.kind === 'move' || ask.kind === 'manual' ? ask.place : null,
    productId: ask.kind === 'manual' ? ask.productId : null,
    quantity: quantityOf(ask, usual, remedy),
    priceCents: ask.kind === 'manual' ? ask.priceCents : null,
    remedy,
    ...(ask.kind === 'gift' ? { asValue: ask.to === 'value', givenTo: typeof ask.to === 'object' ? ask.to.customerId : null } : {}),
  };
}

/** What was moved stays moved, and what is owed stays owed, whatever becomes of the subscription or of the week it was taken from. */
function quantityOf(ask: Ask, usual: number, remedy: StoredRemedy | null): number | null {
  if ('quantity' in ask) return ask.quantity;
  return ask.kind === 'postpone' || remedy !== null ? usual : null;
}

/** Exactly this was asked for already: a form sent twice. */
export function isSame(ask: Ask, request: StandingRequest): boolean {
  const asked = asRequest(ask, request.quantity ?? 0, null);
  const plain = ask.kind === 'cancel' || ask.kind === 'gift' || ask.kind === 'postpone';
  return (
    asked.kind === request.kind &&
    isWeek(asked, request) &&
    asked.toYear === request.toYear &&
    asked.toWeek === request.toWeek &&
    asked.untilYear === request.untilYear &&
    asked.untilWeek === request.untilWeek &&
    (asked.place?.slotId ?? null) === (request.place?.slotId ?? null) &&
    asked.productId === request.productId &&
    asked.priceCents === request.priceCents &&
    (asked.asValue ?? false) === (request.asValue ?? false) &&
    (asked.givenTo ?? null) === (request.givenTo ?? null) &&
    (plain || asked.quantity === request.quantity)
  );
}

/** Of a basket as it was typed, what differs from the one that would be received: only that is a change. `place` null: the same. */
export const byHand = (
  typed: { quantity: number; productId: number; place: Place | null; priceCents: number },
  planned: { quantity: number; productId: number; priceCents: number },
): ByHand => ({
  quantity: typed.quantity === planned.quantity ? null : typed.quantity,
  productId: typed.productId === planned.productId ? null : typed.productId,
  place: typed.place,
  priceCents: typed.priceCents === planned.priceCents ? null : typed.priceCents,
});
