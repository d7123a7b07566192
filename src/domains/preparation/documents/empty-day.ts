import { sayDayAndYear } from '#kernel/day.ts';
import type { Page } from '#platform/pdf/pages.ts';
import { ink } from '#platform/pdf/paper.ts';
import { drawHeading } from './heading.ts';
import type { DaySheet } from './model.ts';

/** The only page of a day without baskets: better a sheet that says so than a file that does not open. */
export function emptyDayPage(day: Pick<DaySheet, 'garden' | 'date'>, title: string): Page {
  const section = `${title} du ${sayDayAndYear(day.date)}`;
  return {
    orientation: 'portrait',
    section,
    footer: day.garden,
    draw: (paper) =>
      drawHeading(paper, {
        code: '',
        title,
        color: ink.black,
        aside: '',
        sentence: `Aucun panier pour la livraison du ${sayDayAndYear(day.date)}.`,
      }),
  };
}
