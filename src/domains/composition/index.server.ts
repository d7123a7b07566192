/** The door of composition: what baskets hold, what it costs, what is harvested for it, what is published of it. */

/** What baskets weighed, for those who count them. */
export type { BasketWeight, Weights } from './rules/weights.ts';
export { type CompositionDay, compositionDays, type DayBasket } from './server/days.ts';
/** Harvests: what there is, how it is shared, what is picked, bought, packed and lost. */
export {
  type HarvestDay,
  type HarvestDayRow,
  harvestByCrew,
  harvestBySupplier,
  harvestDay,
  harvestDays,
  harvestToShare,
} from './server/harvest.ts';
export { saveAvailability, saveTally, shareHarvest } from './server/harvest-commands.ts';
export { harvestSheet, purchaseSheet } from './server/harvest-sheets.ts';
export type { Crew, DayProduct, HarvestRow, Supplier } from './server/harvest-store.ts';
export { type LossRow, losses } from './server/losses.ts';
/** What subscribers may see, and the « feuille de chou ». */
export { type Newsletter, type NewsletterDay, newsletter, newsletterDays, newsletterSheet, saveNewsletter } from './server/newsletter.ts';
export type { RecipeChoice } from './server/newsletter-store.ts';
export { newsletterTemplate, saveTemplate } from './server/newsletter-template.ts';
/** Compositions that are proposed, and taken or not. */
export { addPair, type Proposal, type ProposalPage, proposalPage, propose, removePair } from './server/proposal.ts';
export { type Accepted, acceptProposal } from './server/proposal-accept.ts';
export { type AskedBasket, type PublishedDay, published, publishedDay } from './server/published.ts';
export { publishedDays, type SeenDay } from './server/published-soon.ts';
/** Recipes: the garden's own, and those that gardens share. */
export { archiveRecipe, changeRecipe, createRecipe, restoreRecipe } from './server/recipe-commands.ts';
export type { Recipe } from './server/recipe-store.ts';
export { type ProduceChoice, type RecipeRow, type RecipesAsked, recipe, recipeChoices, recipeHistory, recipes } from './server/recipes.ts';
export { remindBaskets } from './server/remind-baskets.ts';
export { followDay, ownCompositions, repriceDay, type SheetPlace, saveCompositions } from './server/save.ts';
export { type ProductSeason, type SeasonCost, seasonCosts } from './server/season-cost.ts';
export { copyShared, type SharedRecipe, sharedRecipe, sharedRecipes, shareRecipe, takeBackRecipe } from './server/shared-recipes.ts';
/** The sheet on which a day's baskets are composed. */
export { type CompositionSheet, compositionSheet, type SheetColumn } from './server/sheet.ts';
export type { DayTour, SheetProduce } from './server/sheet-store.ts';
/** What baskets hold, for those who write in a transaction of theirs. */
export {
  basketsOfDay,
  type Composition,
  type CompositionLine,
  type CompositionWish,
  type DayBaskets,
  loadCompositions,
  lockCompositions,
  removeComposition,
  writeComposition,
} from './server/store.ts';
export { basketWeights } from './server/weights.ts';
