import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { produceNamed } from '../rules/recipe-produce.ts';
import { loadRecipe, namedProduce, tellShared, writeProduce } from './recipe-store.ts';
import { searched } from './recipes.ts';

/** A recipe that a garden of the network shares. Any garden reads it; the database lets the giver alone change it or take it back. */
export type SharedRecipe = {
  id: number;
  name: string;
  gardenName: string;
  servings: number | null;
  minutes: number | null;
  ingredients: string;
  body: string;
  /** As the giver names them. */
  produce: string[];
  /** Given by this garden: its own recipe. */
  mine: boolean;
  /** The garden's own recipe, or its copy; null when it has none. */
  recipeId: number | null;
  /** Whether that copy is archived. */
  archived: boolean;
};

export type SharedAsked = { search?: string; others?: boolean; limit?: number; offset?: number };

const shared = (gardenId: number) => sql`
  select s.id, s.name, s.garden_name as "gardenName", s.servings, s.minutes, s.ingredients, s.body, s.produce, s.given_by = ${gardenId} as mine,
    r.id as "recipeId", r.archived_at is not null as archived
  from shared_recipe s
  left join recipe r on r.garden_id = ${gardenId} and (r.copied_from = s.id or r.shared_id = s.id)`;

/** What the network shares, latest first, a page at a time, with their number in all. One query. */
export function sharedRecipes(actor: Actor, asked: SharedAsked = {}): Promise<{ rows: SharedRecipe[]; total: number }> {
  requireRight(actor, 'composition:read');
  const { search = '', others = false, limit = 1000, offset = 0 } = asked;
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<SharedRecipe & { total: number }>`
      with found as (${shared(actor.gardenId)}
        where ${searched(search, "concat_ws(' ', s.name, s.garden_name, s.ingredients, array_to_string(s.produce, ' '))")}
          and ${others ? sql`s.given_by <> ${actor.gardenId}` : sql`true`})
      select *, count(*) over ()::int as total from found order by id desc limit ${limit} offset ${offset}`.execute(tx);
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  });
}

/** One shared recipe, or null. One query. */
export function sharedRecipe(actor: Actor, id: number): Promise<SharedRecipe | null> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, (tx) => loadShared(tx, actor.gardenId, id));
}

async function loadShared(tx: Tx, gardenId: number, id: number): Promise<SharedRecipe | null> {
  const { rows } = await sql<SharedRecipe>`${shared(gardenId)} where s.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** Lets every garden of the network read a recipe, under this garden's name. Done twice, it acts once. */
export function shareRecipe(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    const stored = await loadRecipe(tx, id, true);
    if (!stored || stored.archived) return refuse('Cette recette est archivée ou n’existe plus.');
    if (stored.sharedId !== null) return done(null);
    if (stored.copiedFrom !== null) return refuse('Cette recette vient d’un autre jardin, qui la partage déjà.');
    await sql`
      with given as (
        insert into shared_recipe (garden_name, name, body, given_by) select name, '…', '', id from garden where id = ${actor.gardenId} returning id
      )
      update recipe set shared_id = (select id from given), version = version + 1 where id = ${id}`.execute(tx);
    await tellShared(tx, id);
    return done(null);
  });
}

/** Other gardens no longer find the recipe; their copies stay theirs. */
export function takeBackRecipe(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    const stored = await loadRecipe(tx, id, true);
    if (!stored) return refuse('Cette recette n’existe plus.');
    if (stored.sharedId === null) return done(null);
    await sql`
      with gone as (delete from shared_recipe where id = ${stored.sharedId})
      update recipe set shared_id = null, version = version + 1 where id = ${id}`.execute(tx);
    return done(null);
  });
}

/**
 * Copies a shared recipe into the garden's own, to be changed at will; its vegetables are those of the garden that go by the same names. Done
 * twice, it acts once; a copy that was archived comes back.
 */
export function copyShared(actor: Actor, id: number): Promise<Outcome<{ id: number; missing: string[] }>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    const given = await loadShared(tx, actor.gardenId, id);
    if (!given) return refuse('Cette recette n’est plus partagée : son jardin l’a reprise.');
    if (given.mine) return refuse('C’est une recette de votre jardin.');
    const made = await sql<{ id: number }>`
      insert into recipe (garden_id, name, servings, minutes, ingredients, body, copied_from)
      select ${actor.gardenId}::integer,
        case when exists (select from recipe where name = ${given.name}) then left(${given.name}, 80) || ' (' || left(${given.gardenName}, 36) || ')'
          else ${given.name} end, ${given.servings}, ${given.minutes}, ${given.ingredients}, ${given.body}, ${id}
      on conflict do nothing returning id`.execute(tx);
    const own = made.rows[0]?.id;
    const produce = await namedProduce(tx);
    const known = new Set(produceNamed(given.produce, produce));
    const missing = given.produce.filter((name) => produceNamed([name], produce).length === 0);
    if (own !== undefined) {
      await writeProduce(tx, actor.gardenId, own, [...known]);
      return done({ id: own, missing });
    }
    const copied = await sql<{ id: number }>`
      update recipe set archived_at = null, version = version + (archived_at is not null)::int where copied_from = ${id} returning id`.execute(
      tx,
    );
    if (!copied.rows[0]) return refuse(`Deux de vos recettes s’appellent déjà « ${given.name} » : renommez-en une, puis copiez à nouveau.`);
    return done({ id: copied.rows[0].id, missing: [] });
  });
}
