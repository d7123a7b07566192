import { sql } from 'kysely';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type RecipeCard = {
  id: number;
  name: string;
  servings: number | null;
  minutes: number | null;
  produce: { name: string; emoji: string }[];
  /** How many of the vegetables asked for it takes. */
  shared: number;
};

/**
 * The garden's recipes in use, those that take most of the vegetables given first, at most so many. One query.
 * @param produceIds of this week's baskets; none: by name.
 */
export function recipeCards(
  actor: Actor,
  { produceIds = [], most = 100 }: { produceIds?: number[]; most?: number } = {},
): Promise<RecipeCard[]> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<RecipeCard>`
      select r.id, r.name, r.servings, r.minutes, v.produce, v.shared
      from recipe r
      cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('name', p.name, 'emoji', p.emoji) order by p.emoji = '🌱', search_text(p.name)), '[]') as produce,
          count(*) filter (where p.id = any(${`{${produceIds.join()}}`}::bigint[]))::int as shared
        from recipe_produce l join produce p on p.garden_id = l.garden_id and p.id = l.produce_id
        where l.garden_id = r.garden_id and l.recipe_id = r.id
      ) v
      where r.archived_at is null
      order by v.shared desc, search_text(r.name), r.id limit ${most}`.execute(tx);
    return rows;
  });
}
