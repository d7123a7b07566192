import { z } from 'zod';

/** Categories of produce that a basket may be made of. */
export const basketCategories = ['vegetable', 'fruit', 'herb', 'other'] as const;

const grams = z.number().int().min(1).max(50_000).nullable();
/** What a proposal of compositions aims at for one basket product. */
export const sizeCriteria = z.object({
  included: z.boolean(),
  kindsLeast: z.number().int().min(0).max(40),
  kindsMost: z.number().int().min(1).max(40),
  /** Grams; null: no limit. */
  weightLeast: grams,
  weightMost: grams,
  /** None: of everything. */
  categories: z.array(z.enum(basketCategories)),
});
export type SizeCriteria = z.output<typeof sizeCriteria>;

/** As they were asked last, by basket product; what a garden has not said yet is reckoned from what its baskets were. */
export const proposalCriteria = z.object({
  /** At most so many of one family in a basket. */
  familyMost: z.number().int().min(1).max(20).default(2),
  /** Weeks whose contents are not to be repeated. */
  weeks: z.number().int().min(0).max(8).default(3),
  /** Each tour has baskets of its own; otherwise the day's are the same everywhere. */
  perTour: z.boolean().default(false),
  sizes: z.record(z.string(), sizeCriteria).default({}),
});
export type ProposalCriteria = z.output<typeof proposalCriteria>;

export const proposalSettings = { proposal: proposalCriteria.default(() => proposalCriteria.parse({})) };

/** Not among what the form of settings asks: it is kept where it is used. */
export const proposalGiven = { proposal: proposalCriteria.optional() };
