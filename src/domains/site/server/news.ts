import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { letterSlug, type NewsItem, newsItems, slugDay } from '../rules/news.ts';
import type { SitePhoto } from '../rules/photos.ts';

export type Article = {
  slug: string;
  title: string;
  summary: string;
  /** Markdown. */
  body: string;
  day: Day;
  /** From the page that goes with baskets, not an article of its own. */
  letter: boolean;
  photo: SitePhoto | null;
};

/** A photo of a row `p` as jsonb, or null. */
const photo = sql`
  (select jsonb_build_object('id', p.id, 'place', p.place, 'productId', null, 'alt', p.alt, 'width', p.width, 'height', p.height, 'position', 0,
    'sizes', array(select f.width from site_photo_file f where f.garden_id = p.garden_id and f.photo_id = p.id order by f.width))
   from site_photo p where p.garden_id = a.garden_id and p.article_id = a.id)`;

const articles = (tx: Tx, today: Day, slug: string | null) =>
  sql<Article>`
    select a.slug, a.title, a.summary, a.body, a.published_on as day, false as letter, ${photo} as photo
    from article a
    where a.published and a.archived_at is null and a.published_on <= ${today} and ${slug === null ? sql`true` : sql`a.slug = ${slug}`}
    order by a.published_on desc, a.id desc limit 60`.execute(tx);

/** What was written for delivery days that subscribers may see. A garden that writes its page every week has news without writing them twice. */
const letters = (tx: Tx, gardenId: number, now: Date, day: Day | null) =>
  sql<{ day: Day; title: string; body: string; settings: unknown }>`
    select n.day, n.title, n.news as body, g.settings from newsletter n join garden g on g.id = n.garden_id
    where n.garden_id = ${gardenId} and n.news <> '' and ${day === null ? sql`n.day <= (${now}::timestamptz at time zone 'Europe/Paris')::date + 14` : sql`n.day = ${day}`}
    order by n.day desc limit 30`.execute(tx);

/** The garden's news, latest first: articles, and what it wrote with its baskets. Two queries. */
export function news(actor: Actor, today: Day, now: Date): Promise<NewsItem[]> {
  requireRight(actor, 'site:read');
  return readInGarden(actor, async (tx) => {
    const [written, weekly] = await Promise.all([articles(tx, today, null), letters(tx, actor.gardenId, now, null)]);
    return newsItems(
      written.rows,
      weekly.rows.map(({ settings, ...letter }) => ({ ...letter, hours: readSettings(settings).publishHours })),
      now,
    );
  });
}

/** One of the news by its name in addresses; null when there is none that may be read. One query. */
export function newsItem(actor: Actor, slug: string, today: Day, now: Date): Promise<NewsItem | null> {
  requireRight(actor, 'site:read');
  return readInGarden(actor, async (tx) => {
    const day = slugDay(slug);
    if (!day) return newsItems((await articles(tx, today, slug)).rows, [], now)[0] ?? null;
    const { rows } = await letters(tx, actor.gardenId, now, day);
    const found = rows.map(({ settings, ...letter }) => ({ ...letter, hours: readSettings(settings).publishHours }));
    return newsItems([], found, now).find((one) => one.slug === letterSlug(day)) ?? null;
  });
}
