/** The door of plans: what a garden offers on subscription. */
export { archivePlan, changePlan, createPlan, restorePlan, setPlanWeeks } from './server/change.ts';
/** For the other domains, within a transaction of theirs. */
export { type CarriedPlan, carriedPlans, carryPlans } from './server/copy.ts';
export { ensurePlans, type PlanOnOffer, planById, planForSubscription, plansOnOffer, sideLoads } from './server/offer.ts';
export { type PlanChoices, type PlanPage, type PlanRow, type PlansAsked, plan, planChoices, plans } from './server/plans.ts';
export { addPrice, removePrice } from './server/prices.ts';
export type { Plan, PlanPrice } from './server/store.ts';
export { planHistory } from './server/trail.ts';
export { planTrail } from './trail.ts';
