import { sql } from 'kysely';
import { changedMeanwhile } from '#kernel/conflict.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { articleSlug } from '../rules/news.ts';
import type { SitePhoto } from '../rules/photos.ts';
import type { ArticleGiven } from '../schema.ts';

export type ArticleRow = { id: number; slug: string; title: string; publishedOn: Day; published: boolean; archived: boolean };
export type ArticleRecord = ArticleRow & { version: number; summary: string; body: string; photo: SitePhoto | null };

/** The garden's articles, latest first, those put away last. One query. */
export function articleList(actor: Actor): Promise<ArticleRow[]> {
  requireRight(actor, 'site:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<ArticleRow>`
      select id, slug, title, published_on as "publishedOn", published, archived_at is not null as archived from article
      order by archived_at is not null, published_on desc, id desc limit 500`.execute(tx);
    return rows;
  });
}

async function load(tx: Tx, id: number, lock = false): Promise<ArticleRecord | null> {
  const { rows } = await sql<ArticleRecord>`
    select a.id, a.slug, a.title, a.summary, a.body, a.published_on as "publishedOn", a.published, a.version, a.archived_at is not null as archived,
      (select jsonb_build_object('id', p.id, 'place', p.place, 'productId', null, 'alt', p.alt, 'width', p.width, 'height', p.height, 'position', 0,
        'sizes', array(select f.width from site_photo_file f where f.garden_id = p.garden_id and f.photo_id = p.id order by f.width))
       from site_photo p where p.garden_id = a.garden_id and p.article_id = a.id) as photo
    from article a where a.id = ${id} ${lock ? sql`for update of a` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

/** An article, put away or not; null when there is none. One query. */
export function articleRecord(actor: Actor, id: number): Promise<ArticleRecord | null> {
  requireRight(actor, 'site:read');
  return readInGarden(actor, (tx) => load(tx, id));
}

const values = ({ title, summary, body, publishedOn, published }: Omit<ArticleGiven, 'version'>) => ({
  ...{ title, summary, body, published },
  published_on: publishedOn,
});

/** Writes an article. Sent twice, it is one. @returns its identifier. */
export function createArticle(actor: Actor, { version: _, ...given }: ArticleGiven): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'site:change');
  return inGarden(actor, async (tx) => {
    // Names in addresses are given one at a time.
    await sql`select pg_advisory_xact_lock(hashtext(${`article ${actor.gardenId}`}))`.execute(tx);
    const { rows } = await sql<{ id: number; slug: string; same: boolean }>`
      select id, slug, title = ${given.title} and body = ${given.body} and published_on = ${given.publishedOn} and archived_at is null as same from article`.execute(
      tx,
    );
    const twin = rows.find(({ same }) => same);
    if (twin) return done({ id: twin.id });
    const slug = articleSlug(given.title, new Set(rows.map((row) => row.slug)));
    const made = await tx
      .insertInto('article')
      .values({ garden_id: actor.gardenId, slug, ...values(given) })
      .returning('id')
      .executeTakeFirstOrThrow();
    return done({ id: made.id });
  });
}

/** Changes an article; its address stays. Refused when somebody else changed it since it was read. */
export function changeArticle(actor: Actor, id: number, { version, ...given }: ArticleGiven): Promise<Outcome<null>> {
  requireRight(actor, 'site:change');
  return inGarden(actor, async (tx) => {
    const stored = await load(tx, id, true);
    if (!stored) return refuse('Cet article n’existe plus.');
    const { title, summary, body, publishedOn, published } = stored;
    const now = { title, summary, body, publishedOn, published };
    if (JSON.stringify(now) === JSON.stringify({ ...now, ...given })) return done(null);
    if (stored.version !== version)
      return changedMeanwhile('Cet article', now, given, (field) =>
        field === 'publishedOn'
          ? sayDayAndYear(publishedOn)
          : field === 'published'
            ? published
              ? 'en ligne'
              : 'pas en ligne'
            : now[field],
      );
    await tx
      .updateTable('article')
      .set({ ...values(given), version: version + 1 })
      .where('id', '=', id)
      .execute();
    return done(null);
  });
}

/** Puts an article away, or takes it out again. */
export function archiveArticle(actor: Actor, id: number, away: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'site:change');
  return inGarden(actor, async (tx) => {
    await sql`
      update article set archived_at = case when ${away} then now() end, version = version + 1
      where id = ${id} and (archived_at is not null) <> ${away}`.execute(tx);
    return done(null);
  });
}
