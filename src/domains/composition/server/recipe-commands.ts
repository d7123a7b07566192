import { sql } from 'kysely';
import { changedMeanwhile } from '#kernel/conflict.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayMinutes, sayServings } from '../labels-recipes.ts';
import { produceIn } from '../rules/recipe-produce.ts';
import type { RecipeValues } from '../schema-recipes.ts';
import { loadRecipe, namedProduce, type Recipe, tellShared, writeProduce } from './recipe-store.ts';

/** Adds a recipe; the vegetables that its ingredients name are taken when none is chosen. Sent twice, it acts once. */
export function createRecipe(actor: Actor, typed: RecipeValues): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    const values = await withProduce(tx, typed);
    const { name, servings, minutes, ingredients, body } = values;
    const made = await tx
      .insertInto('recipe')
      .values({ garden_id: actor.gardenId, name, servings, minutes, ingredients, body })
      .onConflict((conflict) => conflict.columns(['garden_id', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made) {
      await writeProduce(tx, actor.gardenId, made.id, values.produceIds);
      return done({ id: made.id });
    }
    const taken = await tx.selectFrom('recipe').select('id').where('name', '=', name).executeTakeFirstOrThrow();
    const same = (await loadRecipe(tx, taken.id))!;
    return !same.archived && alike(same, values) ? done({ id: same.id }) : nameTaken(name, same.archived);
  });
}

/** Changes a recipe; where it is shared, other gardens read it as it is now. */
export function changeRecipe(actor: Actor, id: number, version: number, typed: RecipeValues): Promise<Outcome<null>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    const stored = await loadRecipe(tx, id, true);
    if (!stored) return refuse('Cette recette n’existe plus.');
    const values = await withProduce(tx, typed);
    if (alike(stored, values)) return done(null);
    if (stored.version !== version) return conflict(tx, stored, values);
    const { name, servings, minutes, ingredients, body } = values;
    const taken = await tx.selectFrom('recipe').select('archived_at').where('name', '=', name).where('id', '<>', id).executeTakeFirst();
    if (taken) return nameTaken(name, taken.archived_at !== null);
    await tx
      .updateTable('recipe')
      .set({ name, servings, minutes, ingredients, body, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await writeProduce(tx, actor.gardenId, id, values.produceIds);
    await tellShared(tx, id);
    return done(null);
  });
}

/** Puts a recipe away: it is no longer proposed, nor shared; nothing is lost. */
export function archiveRecipe(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    const stored = await loadRecipe(tx, id, true);
    if (!stored) return refuse('Cette recette n’existe pas.');
    await sql`
      with gone as (delete from shared_recipe where id = ${stored.sharedId})
      update recipe set archived_at = now(), shared_id = null, version = version + 1 where id = ${id} and archived_at is null`.execute(tx);
    return done(null);
  });
}

/** Takes an archived recipe out again. */
export function restoreRecipe(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    if (!(await loadRecipe(tx, id, true))) return refuse('Cette recette n’existe pas.');
    await sql`update recipe set archived_at = null, version = version + 1 where id = ${id} and archived_at is not null`.execute(tx);
    return done(null);
  });
}

async function withProduce(tx: Tx, values: RecipeValues): Promise<RecipeValues> {
  return values.produceIds.length ? values : { ...values, produceIds: produceIn(values.ingredients, await namedProduce(tx)) };
}

/** What is compared, and told when two people change one recipe. */
const told = (values: Omit<RecipeValues, 'produceIds'>, produce: readonly string[]) => ({
  name: values.name,
  servings: values.servings === null ? '' : sayServings(values.servings),
  minutes: values.minutes === null ? '' : sayMinutes(values.minutes),
  ingredients: values.ingredients,
  body: values.body,
  produceIds: produce.toSorted().join(', '),
});

function alike(stored: Recipe, values: RecipeValues): boolean {
  const ids = stored.produce.map(({ id }) => String(id));
  return JSON.stringify(told(stored, ids)) === JSON.stringify(told(values, values.produceIds.map(String)));
}

async function conflict(tx: Tx, stored: Recipe, values: RecipeValues) {
  const names = new Map((await namedProduce(tx)).map(({ id, name }) => [id, name]));
  const now = told(
    stored,
    stored.produce.map(({ name }) => name),
  );
  const mine = told(
    values,
    values.produceIds.map((id) => names.get(id) ?? `n° ${id}`),
  );
  return changedMeanwhile('Cette recette', now, mine, (field) => now[field]);
}

const nameTaken = (name: string, archived: boolean) =>
  refuse('Ce nom est déjà pris.', {
    name: `Une autre recette${archived ? ', archivée,' : ''} s’appelle « ${name} ». Choisissez un autre nom.`,
  });
