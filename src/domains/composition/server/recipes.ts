import { sql } from 'kysely';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import { history } from '#platform/audit/history.ts';
import { type ToldEntry, tellHistory } from '#platform/audit/say.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { recipeTrail } from '../labels-recipes.ts';
import { loadRecipe, type Recipe } from './recipe-store.ts';

export type RecipeRow = {
  id: number;
  name: string;
  servings: number | null;
  minutes: number | null;
  produce: string[];
  shared: boolean;
  /** The garden that a shared recipe was copied from; null for the garden's own, '' when it was taken back since. */
  copiedFrom: string | null;
  archived: boolean;
};

export type RecipesAsked = {
  search?: string;
  state?: 'used' | 'archived' | 'all';
  produceId?: number;
  /** Only those shared by the garden, only those copied from others. */
  origin?: 'shared' | 'copied';
  sort?: 'name' | 'recent';
  direction?: 'asc' | 'desc';
  limit?: number;
  offset?: number;
};

/** Every word must be found, whatever its accents and capitals. */
export const searched = (search: string, where: string) =>
  sql.join(
    [
      sql`true`,
      ...search
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => sql`search_text(${sql.raw(where)}) like '%' || search_text(${word.replace(/[\\%_]/g, '\\$&')}) || '%'`),
    ],
    sql` and `,
  );

/** The garden's recipes that answer what is asked, a page at a time, with their number in all. One query. */
export function recipes(actor: Actor, asked: RecipesAsked = {}): Promise<{ rows: RecipeRow[]; total: number }> {
  requireRight(actor, 'composition:read');
  const { search = '', state = 'used', produceId, origin, sort = 'name', direction = 'asc', limit = 1000, offset = 0 } = asked;
  const way = direction === 'asc' ? sql`asc` : sql`desc`;
  const order = sort === 'recent' ? sql`r.created_at ${way}, r.id ${way}` : sql`search_text(r.name) ${way}, r.id`;
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<RecipeRow & { total: number }>`
      select r.id, r.name, r.servings, r.minutes, v.names as produce, r.shared_id is not null as shared,
        case when r.copied_from is not null then coalesce(s.garden_name, '') end as "copiedFrom", r.archived_at is not null as archived,
        count(*) over ()::int as total
      from recipe r
      left join shared_recipe s on s.id = r.copied_from
      cross join lateral (
        select coalesce(array_agg(p.name order by search_text(p.name)), '{}') as names
        from recipe_produce l join produce p on p.garden_id = l.garden_id and p.id = l.produce_id
        where l.garden_id = r.garden_id and l.recipe_id = r.id
      ) v
      where r.garden_id = ${actor.gardenId}
        and ${state === 'all' ? sql`true` : state === 'archived' ? sql`r.archived_at is not null` : sql`r.archived_at is null`}
        and ${produceId === undefined ? sql`true` : sql`exists (select from recipe_produce l where l.garden_id = r.garden_id and l.recipe_id = r.id and l.produce_id = ${produceId})`}
        and ${origin === 'shared' ? sql`r.shared_id is not null` : origin === 'copied' ? sql`r.copied_from is not null` : sql`true`}
        and ${searched(search, "concat_ws(' ', r.name, r.ingredients, array_to_string(v.names, ' '))")}
      order by ${order} limit ${limit} offset ${offset}`.execute(tx);
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  });
}

/** A recipe, in use or archived; null when the garden has no such recipe. One query. */
export function recipe(actor: Actor, id: number): Promise<Recipe | null> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, (tx) => loadRecipe(tx, id));
}

export type ProduceChoice = { id: number; name: string; category: 'vegetable' | 'fruit' | 'herb' | 'other' };

/** The vegetables in use, by name, that a recipe may name. One query. */
export function recipeChoices(actor: Actor): Promise<ProduceChoice[]> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<ProduceChoice>`
      select id, name, category from produce where archived_at is null order by search_text(name)`.execute(tx);
    return rows;
  });
}

/** Who changed a recipe and its vegetables, latest first; null when it does not exist. Two queries. */
export function recipeHistory(actor: Actor, id: number, limit = 200): Promise<{ name: string; entries: ToldEntry[] } | null> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    // Vegetables that were taken off are in the trail only.
    const { rows } = await sql<{ name: string; links: number[] }>`
      select r.name, coalesce((
        select jsonb_agg(distinct a.row_id) from audit_entry a
        where a.garden_id = r.garden_id and a.table_name = 'recipe_produce' and coalesce(a.after, a.before) ->> 'recipe_id' = r.id::text), '[]') as links
      from recipe r where r.id = ${id}`.execute(tx);
    if (!rows[0]) return null;
    const subjects = [
      { table: 'recipe', ids: [id] },
      { table: 'recipe_produce', ids: rows[0].links },
    ];
    const found = await history(tx, subjects, { references: { produce_id: sql`select id, name from produce` }, limit });
    return { name: rows[0].name, entries: tellHistory(found, recipeTrail, (right) => can(actor, right)) };
  });
}
