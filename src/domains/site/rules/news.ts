import { isPublished } from '#domains/composition/rules/publication.ts';
import { freeSlug, slugOf } from '#domains/gardens/rules/slug.ts';
import { type Day, parseDay, sayDay } from '#kernel/day.ts';
import type { SitePhoto } from './photos.ts';

/** Something to read under « Actualités »: an article, or what the garden wrote with the baskets of a day. */
export type NewsItem = {
  slug: string;
  title: string;
  summary: string;
  /** Markdown. */
  body: string;
  day: Day;
  /** From the page that goes with baskets. */
  letter: boolean;
  photo: SitePhoto | null;
};

/** The name in addresses of what was written for a delivery day: « feuille-2026-11-25 ». Articles never take it. */
export const letterSlug = (day: Day): string => `feuille-${day}`;

/** The day of « feuille-2026-11-25 », or null. */
export function slugDay(slug: string): Day | null {
  const text = /^feuille-(\d{4})-(\d{2})-(\d{2})$/.exec(slug);
  return text ? parseDay(`${text[3]}/${text[2]}/${text[1]}`) : null;
}

/**
 * Articles and what was written with baskets as one list, latest first.
 * @param letters with the hours before the delivery day from which they may be read; those that may not yet are left out.
 */
export function newsItems(
  articles: readonly NewsItem[],
  letters: readonly { day: Day; title: string; body: string; hours: number }[],
  now: Date,
): NewsItem[] {
  const weekly = letters
    .filter(({ day, hours }) => isPublished(day, hours, now))
    .map(({ day, title, body }) => ({
      ...{ slug: letterSlug(day), title: title || `Au jardin, pour les paniers du ${sayDay(day)}`, summary: '', body, day },
      ...{ letter: true, photo: null },
    }));
  return [...articles, ...weekly].sort((a, b) => b.day.localeCompare(a.day) || Number(a.letter) - Number(b.letter));
}

/** « La fête de l’automne » → « la-fete-de-l-automne »: free, and never taken for what was written with baskets. */
export function articleSlug(title: string, taken: ReadonlySet<string>): string {
  const named = slugOf(title.replace(/’/g, "'"));
  return freeSlug(/^feuille-\d/.test(named) || named === 'jardin' ? `article-${named}` : named, taken);
}
