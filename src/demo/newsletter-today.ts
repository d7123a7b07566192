import {
  copyShared,
  createRecipe,
  newsletter,
  newsletterDays,
  recipeChoices,
  saveNewsletter,
  sharedRecipes,
  shareRecipe,
} from '#domains/composition/index.server.ts';
import { produceNamed } from '#domains/composition/rules/recipe-produce.ts';
import type { Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { type DemoRecipe, othersRecipes, recipes } from './recipes.ts';

function orThrow<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

const cold = {
  title: 'Avant les gelées',
  news: [
    'Les courges sont rentrées et sèchent dans la serre : il y en aura jusqu’en février. L’équipe finit d’arracher les carottes de garde.',
    'Aux champs, les poireaux grossissent. Nous semons la mâche et les épinards sous abri, et des engrais verts sur les parcelles libres.',
    'Samedi, le jardin ouvre ses portes de 10 h à 17 h :\n- visite des serres à 11 h et à 15 h\n- soupe de courge offerte à midi\n- vente au détail tout l’après-midi',
  ],
};
const warm = {
  title: 'Tout pousse',
  news: [
    'Les serres sont pleines et les premières planches de plein champ se récoltent. L’équipe plante les choux d’hiver cette semaine.',
    'Merci aux six personnes venues désherber les carottes mercredi : la parcelle est sauvée.',
    'Prochaine matinée de désherbage partagé, samedi à 9 h. Apportez un chapeau, nous offrons le café.',
  ],
};

/** The recipes of a garden: the first one shares two, the others one, and copy one of hers. Then the page of this week, and that of last week. */
export async function keepNewsletter(actor: Actor, today: Day): Promise<void> {
  const { rows: shared } = await sharedRecipes(actor);
  const gardens = new Set(shared.map(({ gardenName }) => gardenName)).size;
  const own = gardens === 0 ? recipes : (othersRecipes[gardens - 1] ?? []);
  const ids = await write(actor, own);
  for (const id of ids.slice(0, gardens === 0 ? 2 : 1)) orThrow(await shareRecipe(actor, id));
  const [latest] = shared;
  if (latest) orThrow(await copyShared(actor, latest.id));

  const { title, news } = today.slice(5) >= '04-15' && today.slice(5) < '10-01' ? warm : cold;
  const days = await newsletterDays(actor, today, { before: 1, after: 1 });
  for (const { date } of days) {
    const found = (await newsletter(actor, date, today))!;
    const values = date < today ? { title: '', news: news[1]! } : { title, news: news.join('\n\n') };
    orThrow(await saveNewsletter(actor, date, 0, { ...values, recipeId: found.recipes[date < today ? 1 : 0]?.id ?? null }));
  }
}

async function write(actor: Actor, list: readonly DemoRecipe[]): Promise<number[]> {
  const produce = await recipeChoices(actor);
  const ids: number[] = [];
  for (const { name, servings, minutes, ingredients, steps, produce: names } of list) {
    const produceIds = produceNamed(names, produce);
    const values = { name, servings, minutes, ingredients: ingredients.join('\n'), body: steps.join('\n'), produceIds };
    ids.push(orThrow(await createRecipe(actor, values)).id);
  }
  return ids;
}
