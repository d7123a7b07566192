import { membershipOffers } from '#domains/billing/index.server.ts';
import { type PlanOnOffer, plansOnOffer } from '#domains/plans/index.server.ts';
import { offeredAs } from '#domains/plans/rules/offer.ts';
import { previewWithin, type SubscriptionPreview, type SubscriptionWish } from '#domains/subscriptions/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { markOf, type Quote, quoteOf } from '../rules/quote.ts';
import { type Journey, type Step, stepsOf } from '../rules/steps.ts';
import { type Answers, answersOf, type RawAnswers } from '../schema.ts';
import { type Facts, loadFacts, type PayingWay, waysFor } from './facts.ts';
import { findPlace, type SignupPlace } from './places.ts';

export type MembershipChoice = { id: number | null; name: string; startsOn: Day; endsOn: Day; amountCents: Cents };

/** How far a sign-up is, and what it would give: worked out anew from what was typed each time it is looked at, and once more when it is sent. */
export type Progress = Facts & {
  answers: Answers;
  journey: Journey;
  way: Step[];
  answered: Set<Step>;
  /** Those that visitors may take, or the customer who signed in. */
  plans: PlanOnOffer[];
  plan: PlanOnOffer | null;
  place: SignupPlace | null;
  /** Null until plan, rhythm and depot are chosen. */
  preview: Outcome<SubscriptionPreview> | null;
  /** Kinds that may be taken; none when she is a member already. `membershipNeeded`: one of them has to be. */
  memberships: MembershipChoice[];
  membershipNeeded: boolean;
  membership: MembershipChoice | null;
  container: Facts['containers'][number] | null;
  topUpCents: Cents;
  ways: PayingWay[];
  quote: Quote | null;
  /** Of what is shown; '' while there is no quote. */
  mark: string;
};

/** The answer of the visitor, as the doors of subscriptions want it. */
export function wishOf(answers: Answers, customerId: number | null): SubscriptionWish | null {
  const { panier, rythme, depot, debut, paiement } = answers;
  if (!panier || !rythme || !depot) return null;
  return {
    customerId,
    planId: panier.formule,
    frequency: debut?.cote && offeredAs(debut.cote) === rythme.frequence ? debut.cote : rythme.frequence,
    quantity: rythme.quantite,
    slotId: depot.creneau,
    basketCount: rythme.nombre,
    startsOn: debut?.debut ?? null,
    endsOn: null,
    parts: paiement?.parts ?? null,
    // Taken together with it, whichever kind: what is to be paid for it is worked out apart.
    joining: { startsOn: '0001-01-01', endsOn: '9999-12-31' },
  };
}

/** At most thirty queries, whatever the garden's size. */
export async function progressOf(
  tx: Tx,
  { raw, customerId, holdId }: { raw: RawAnswers; customerId: number | null; holdId?: number },
  today: Day,
): Promise<Progress> {
  const facts = await loadFacts(tx, customerId);
  const { me, settings } = facts;
  const answers = answersOf(raw);
  const plans = (await plansOnOffer(tx, today, { category: me?.category ?? '' })).filter(({ priceCents }) => priceCents !== null);
  const plan = plans.find(({ id }) => id === answers.panier?.formule) ?? null;
  if (!plan) answers.panier = null;
  if (!plan || !rhythmFits(plan, answers)) answers.rythme = null;
  const found = answers.depot ? await findPlace(tx, answers.depot.creneau) : null;
  const open = found && (!found.place.reserved || answers.depot?.ouvert === found.place.id || me?.usualSlotId === found.place.id);
  if (!open) answers.depot = null;
  const place = open ? found.place : null;
  let wish = wishOf(answers, me?.id ?? null);
  let preview = wish && (await previewWithin(tx, wish, today, { holdId }));
  // A first day that came too near, or whose week closed, is asked again.
  if (wish && answers.debut && (!preview?.ok || preview.value.baskets[0]?.usualDate !== answers.debut.debut)) {
    answers.debut = null;
    wish = wishOf(answers, me?.id ?? null)!;
    preview = await previewWithin(tx, wish, today, { holdId });
  }
  const drafted = preview?.ok ? preview.value : null;
  const startsOn = drafted?.startsOn ?? today;
  const member = me !== null && (me.dispensed || me.memberships.some((one) => one.startsOn <= startsOn && one.endsOn >= startsOn));
  const memberships = plan && !member ? afterRunning(await membershipOffers(tx, startsOn, today), me?.memberships ?? []) : [];
  const membershipNeeded = !member && plan !== null && plan.membershipRequired && memberships.length > 0;
  const containers = settings.signupContainers ? facts.containers : [];
  const journey: Journey = {
    waits: answers.depot?.attente ?? false,
    // Until a plan is chosen there may be.
    options: plan === null || memberships.length > 0 || containers.length > 0 || settings.signupTopUp,
    known: me !== null,
  };
  const membership = chosenMembership(answers, memberships);
  if (membershipNeeded && !membership) answers.options = null;
  const ways = plan ? waysFor(plan, facts) : [];
  if (answers.paiement && !payable(answers.paiement, ways, me !== null && me.account !== null)) answers.paiement = null;
  const container = containers.find(({ id }) => id === answers.options?.contenant) ?? null;
  const topUpCents = settings.signupTopUp && answers.options ? topUpOf(answers.options) : 0;
  const quote = drafted && place ? quoteFor(drafted, { feeCents: place.feeCents, membership, container, topUpCents }) : null;
  const way = stepsOf(journey);
  return {
    ...facts,
    ...{
      containers,
      answers,
      journey,
      way,
      plans,
      plan,
      place,
      preview,
      memberships,
      membershipNeeded,
      membership,
      container,
      topUpCents,
      ways,
      quote,
    },
    answered: new Set(way.filter((step) => step !== 'verifier' && answers[step] !== null)),
    mark:
      drafted && quote
        ? markOf({ quote, dates: drafted.baskets.map(({ date }) => date), startsOn: drafted.startsOn, endsOn: drafted.endsOn })
        : '',
  };
}

type Extras = { feeCents: Cents; membership: MembershipChoice | null; container: Progress['container']; topUpCents: Cents };

const quoteFor = (drafted: SubscriptionPreview, { feeCents, ...extras }: Extras): Quote =>
  quoteOf({
    ...extras,
    priceCents: drafted.priceCents,
    baskets: drafted.baskets.reduce((sum, one) => sum + one.quantity, 0) + drafted.unplaced,
    deliveries: drafted.baskets.length,
    depotFeeCents: feeCents,
    payments: drafted.payments,
  });

/** A fixed year may have begun while another membership still ran. */
const afterRunning = (offers: readonly MembershipChoice[], had: readonly { endsOn: Day }[]): MembershipChoice[] =>
  offers.map((offer) => {
    const last = had
      .map(({ endsOn }) => endsOn)
      .sort()
      .at(-1);
    return last && last >= offer.startsOn && last < offer.endsOn ? { ...offer, startsOn: addDays(last, 1) } : offer;
  });

/** A plan that changed since asks for its rhythm again. */
function rhythmFits(plan: PlanOnOffer, { rythme }: Answers): boolean {
  if (!rythme) return false;
  const { frequencies, minQuantity, maxQuantity, basketCounts } = plan;
  const counted = basketCounts.length === 0 ? rythme.nombre === null : rythme.nombre !== null && basketCounts.includes(rythme.nombre);
  return counted && frequencies.includes(rythme.frequence) && rythme.quantite >= minQuantity && rythme.quantite <= (maxQuantity ?? 99);
}

const chosenMembership = ({ options }: Answers, offered: readonly MembershipChoice[]): MembershipChoice | null =>
  (options && options.adhesion !== '' && offered.find(({ id }) => (id === null ? 'oui' : String(id)) === options.adhesion)) || null;

const topUpOf = ({ arrondi, arrondiAutre }: NonNullable<Answers['options']>): Cents =>
  arrondi === 'autre' ? arrondiAutre : Math.min(Number(arrondi || '0'), 5000);

const payable = ({ moyen, mandat }: NonNullable<Answers['paiement']>, ways: readonly PayingWay[], hasMandate: boolean): boolean =>
  ways.includes(moyen) && !(moyen === 'direct_debit' && mandat && !hasMandate);
