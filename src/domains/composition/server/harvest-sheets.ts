import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { drawHarvestSheet, drawPurchaseSheet } from '../documents/harvest-sheet.ts';
import { crewLists, purchaseLists } from '../rules/lists.ts';
import { harvestByCrew, harvestBySupplier } from './harvest.ts';

type About = { garden: string; day: Day; today: Day };

/** What the crews harvest for a day, as a PDF; refused when baskets take nothing of the garden's own. */
export async function harvestSheet(actor: Actor, { garden, day, today }: About): Promise<Outcome<Buffer>> {
  const { needs, rows, crews, products } = await harvestByCrew(actor, day);
  const lists = crewLists(needs, rows, crews);
  if (lists.length === 0) return refuse('Rien n’est à récolter ce jour-là : composez d’abord les paniers.');
  return done(
    await drawHarvestSheet({ garden, day, editedOn: today }, lists, new Map(products.map(({ productId, name }) => [productId, name]))),
  );
}

/** What is bought for a day, as a PDF; refused when baskets take nothing that is bought. */
export async function purchaseSheet(actor: Actor, { garden, day, today }: About): Promise<Outcome<Buffer>> {
  const { needs, rows, suppliers } = await harvestBySupplier(actor, day);
  const lists = purchaseLists(needs, rows, suppliers);
  if (lists.length === 0) return refuse('Rien n’est à acheter ce jour-là : les paniers ne contiennent que ce que le jardin récolte.');
  return done(await drawPurchaseSheet({ garden, day, editedOn: today }, lists));
}
