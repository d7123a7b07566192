import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { Named } from '../rules/recipe-produce.ts';

export type RecipeProduce = { id: number; name: string; emoji: string };

export type Recipe = {
  id: number;
  version: number;
  name: string;
  servings: number | null;
  minutes: number | null;
  ingredients: string;
  body: string;
  produce: RecipeProduce[];
  /** Where it stands for all gardens; null when it is not shared. */
  sharedId: number | null;
  copiedFrom: string | null;
  archived: boolean;
};

/** A recipe of the garden with its vegetables, in a transaction of the caller's; locked when it is to be written. One query. */
export async function loadRecipe(tx: Tx, id: number, lock = false): Promise<Recipe | null> {
  const { rows } = await sql<Recipe>`
    select r.id, r.version, r.name, r.servings, r.minutes, r.ingredients, r.body, r.shared_id as "sharedId", r.archived_at is not null as archived,
      case when r.copied_from is not null then coalesce((select s.garden_name from shared_recipe s where s.id = r.copied_from), '') end as "copiedFrom",
      coalesce((
        select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'emoji', p.emoji) order by search_text(p.name))
        from recipe_produce l join produce p on p.garden_id = l.garden_id and p.id = l.produce_id
        where l.garden_id = r.garden_id and l.recipe_id = r.id), '[]') as produce
    from recipe r where r.id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

/** The vegetables of a recipe become these. Two statements. */
export async function writeProduce(tx: Tx, gardenId: number, recipeId: number, produceIds: readonly number[]): Promise<void> {
  const ids = sql`${`{${produceIds.join()}}`}::bigint[]`;
  await sql`delete from recipe_produce where recipe_id = ${recipeId} and not produce_id = any(${ids})`.execute(tx);
  await sql`
    insert into recipe_produce (garden_id, recipe_id, produce_id)
    select ${gardenId}::integer, ${recipeId}::bigint, id from produce where id = any(${ids}) on conflict do nothing`.execute(tx);
}

/** The vegetables that a recipe may name: those in use. */
export const namedProduce = (tx: Tx): Promise<Named[]> =>
  tx.selectFrom('produce').select(['id', 'name']).where('archived_at', 'is', null).orderBy('id').execute();

/** What other gardens read becomes what the recipe says now. Nothing for one that is not shared. */
export async function tellShared(tx: Tx, recipeId: number): Promise<void> {
  await sql`
    update shared_recipe s
    set garden_name = g.name, name = r.name, servings = r.servings, minutes = r.minutes, ingredients = r.ingredients, body = r.body, updated_at = now(),
      produce = array(
        select p.name from recipe_produce l join produce p on p.garden_id = l.garden_id and p.id = l.produce_id
        where l.garden_id = r.garden_id and l.recipe_id = r.id order by search_text(p.name))
    from recipe r join garden g on g.id = r.garden_id
    where r.id = ${recipeId} and s.id = r.shared_id`.execute(tx);
}
