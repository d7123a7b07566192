import type { NewsletterBlock } from '#domains/gardens/settings-published.ts';
import type { Day } from '#kernel/day.ts';

/** What a page of the « feuille de chou » prints, in plain words. A part that has nothing to say is null, and left out. */
export type NewsletterPage = {
  garden: { name: string; accent: string | null; contact: string };
  day: Day;
  week: number;
  title: string;
  intro: string;
  footer: string;
  /** Which tours it is for, when the day has several pages; '' otherwise. */
  tours: string;
  blocks: NewsletterBlock[];
  contents: Contents | null;
  news: Titled | null;
  recipe: { name: string; effort: string; ingredients: string; steps: string } | null;
  dates: { coming: string[]; closings: string[] } | null;
  notice: Titled | null;
};

export type Titled = { title: string; text: string };

export type Contents = {
  /** One per basket. */
  columns: string[];
  /** `cells`: in the order of the columns, « 500 g », « • » where only names are told, '' for none. `price`: « 1,51 € le kilo », or ''. */
  rows: { name: string; price: string; cells: string[] }[];
  /** What each basket is worth, or null where it is not told. */
  values: string[] | null;
};
