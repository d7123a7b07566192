import { sql } from 'kysely';
import { changedMeanwhile } from '#kernel/conflict.ts';
import type { Day, Week } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { NewsletterPage } from '../documents/newsletter-model.ts';
import { printNewsletter, sketchNewsletter } from '../documents/newsletter-page.ts';
import type { NewsletterValues } from '../schema-newsletter.ts';
import { newsletterPages } from './newsletter-pages.ts';
import { comingFor, composedOn, dayFacts, type RecipeChoice, recipesWith, type Written, writtenFor } from './newsletter-store.ts';
import { loadRecipe } from './recipe-store.ts';

export type NewsletterDay = Week & { date: Day; tours: string[]; composed: number; written: boolean; recipeName: string | null };

/** Delivery days around today: the last ones before it, and the next ones; what is composed and written for each. One query. */
export function newsletterDays(actor: Actor, today: Day, { before = 3, after = 8 } = {}): Promise<NewsletterDay[]> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<NewsletterDay>`
      with wanted as (
        (select distinct date from delivery where garden_id = ${actor.gardenId} and not closed and date >= ${today} order by date limit ${after})
        union all
        (select distinct date from delivery where garden_id = ${actor.gardenId} and not closed and date < ${today} order by date desc limit ${before})
      )
      select d.date, min(d.year) as year, min(d.week) as week, array_agg(t.code order by t.position, t.code) as tours,
        (select count(distinct c.product_id) from composition c where c.day = d.date)::int as composed,
        coalesce((select n.news <> '' from newsletter n where n.day = d.date), false) as written,
        (select r.name from newsletter n join recipe r on r.garden_id = n.garden_id and r.id = n.recipe_id where n.day = d.date) as "recipeName"
      from delivery d
      join wanted w on w.date = d.date
      join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
      where d.garden_id = ${actor.gardenId} and not d.closed
      group by d.date order by d.date`.execute(tx);
    return rows;
  });
}

type Everything = {
  pages: NewsletterPage[];
  written: Written;
  before: { day: Day; title: string; news: string } | null;
  produceIds: number[];
  recipeName: string | null;
};

/** All that the page of a day says; null on a day without delivery. Five queries at most. */
async function loadPages(tx: Tx, gardenId: number, day: Day): Promise<Everything | null> {
  const facts = await dayFacts(tx, gardenId, day);
  if (facts.tours.length === 0) return null;
  const composed = await composedOn(tx, day);
  const { written, before } = await writtenFor(tx, day);
  const recipe = written.recipeId === null ? null : await loadRecipe(tx, written.recipeId);
  const ahead = await comingFor(tx, gardenId, day);
  const produceIds = [...new Set(composed.flatMap(({ lines }) => lines.map(({ produceId }) => produceId)))];
  const pages = newsletterPages({ day, facts, composed, written, recipe, ahead });
  return { pages, written, before, produceIds, recipeName: recipe?.name ?? null };
}

export type Newsletter = {
  written: Written;
  /** The latest news before this day, to be taken up again. */
  before: { day: Day; title: string; news: string } | null;
  /** Recipes in use, those with most vegetables of the day's baskets first. */
  recipes: RecipeChoice[];
  /** Of the recipe chosen, even archived since. */
  recipeName: string | null;
  composed: boolean;
  /** Each page as a picture, with what had to be left out of it. */
  previews: { tours: string; svg: string; warnings: string[] }[];
};

/** The page of a day as it is now, and what it can be made with; null on a day without delivery. Six queries at most. */
export function newsletter(actor: Actor, day: Day, today: Day): Promise<Newsletter | null> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const loaded = await loadPages(tx, actor.gardenId, day);
    if (!loaded) return null;
    const { pages, written, before, produceIds, recipeName } = loaded;
    return {
      ...{ written, before, recipeName },
      recipes: await recipesWith(tx, day, produceIds),
      composed: produceIds.length > 0,
      previews: pages.map((page) => ({ tours: page.tours, ...sketchNewsletter(page, today) })),
    };
  });
}

/** The page of a day as a PDF to print. Refused on a day without delivery. */
export async function newsletterSheet(actor: Actor, day: Day, today: Day): Promise<Outcome<{ pdf: Buffer; warnings: string[] }>> {
  requireRight(actor, 'composition:read');
  const loaded = await readInGarden(actor, (tx) => loadPages(tx, actor.gardenId, day));
  return loaded
    ? done(await printNewsletter(loaded.pages, today))
    : refuse('Aucune livraison ce jour-là : il n’y a pas de feuille de chou.');
}

/**
 * Keeps what is written for a day. @param version the one that was read, 0 when nothing was written yet. Sent twice, it acts once; refused when
 * somebody else wrote meanwhile.
 */
export function saveNewsletter(actor: Actor, day: Day, version: number, values: NewsletterValues): Promise<Outcome<null>> {
  requireRight(actor, 'composition:change');
  const { title, news, recipeId } = values;
  return inGarden(actor, async (tx) => {
    const { tours } = await dayFacts(tx, actor.gardenId, day);
    if (tours.length === 0) return refuse('Aucune livraison ce jour-là : il n’y a pas de feuille de chou.');
    if (recipeId !== null && !(await loadRecipe(tx, recipeId)))
      return refuse('Cette recette n’existe plus.', { recipeId: 'Choisissez une autre recette.' });
    const made = await tx
      .insertInto('newsletter')
      .values({ garden_id: actor.gardenId, day, title, news, recipe_id: recipeId })
      .onConflict((conflict) => conflict.columns(['garden_id', 'day']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made) return done(null);
    const { rows } = await sql<Written & { recipe: string | null }>`
      select n.version, n.title, n.news, n.recipe_id as "recipeId", r.name as recipe
      from newsletter n left join recipe r on r.garden_id = n.garden_id and r.id = n.recipe_id where n.day = ${day} for update of n`.execute(
      tx,
    );
    const stored = rows[0]!;
    const same = stored.title === title && stored.news === news && stored.recipeId === recipeId;
    if (same) return done(null);
    if (stored.version !== version)
      return changedMeanwhile(
        'Cette feuille de chou',
        { title: stored.title, news: stored.news, recipeId: stored.recipeId },
        values,
        (field) => (field === 'recipeId' ? (stored.recipe ?? '') : stored[field]),
      );
    await tx
      .updateTable('newsletter')
      .set({ title, news, recipe_id: recipeId, version: version + 1 })
      .where('day', '=', day)
      .execute();
    return done(null);
  });
}
