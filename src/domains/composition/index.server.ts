/** The door of composition: what baskets hold, what it costs, what is harvested for it, what is published of it. */

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

/** Recipes: the garden's own, and those that gardens share. */
export { archiveRecipe, changeRecipe, createRecipe, restoreRecipe } from './server/recipe-commands.ts';
export type { Recipe } from './server/recipe-store.ts';
export { type ProduceChoice, type RecipeRow, type RecipesAsked, recipe, recipeChoices, recipeHistory, recipes } from './server/recipes.ts';
export { copyShared, type SharedRecipe, sharedRecipe, sharedRecipes, shareRecipe, takeBackRecipe } from './server/shared-recipes.ts';

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
export type { Crew, DayProduct, HarvestRow, Supplier } from './server/harvest-store.ts';
export { type LossRow, losses } from './server/losses.ts';
