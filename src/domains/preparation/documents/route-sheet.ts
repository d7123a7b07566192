import { sayDayAndYear, shortDay } from '#kernel/day.ts';
import { type Page, printPages } from '#platform/pdf/pages.ts';
import { Paper } from '#platform/pdf/paper.ts';
import { addUp, withoutEmpty } from './counts.ts';
import { emptyDayPage } from './empty-day.ts';
import type { DaySheet } from './model.ts';
import { stopPages } from './route-stop.ts';
import { tourPages } from './route-tour.ts';

/**
 * The sheet drivers leave with, as a PDF: for each tour its stops in order, then each stop with its customers, what they receive and a box
 * to sign. Throws when the customers of a stop do not add up to the stop: two figures on one sheet must never disagree.
 */
export function drawRouteSheet(sheet: DaySheet): Promise<Buffer> {
  checkSums(sheet);
  const day = withoutEmpty(sheet);
  const paper = new Paper(`Feuille de route – ${sayDayAndYear(day.date)} – ${day.garden}`, day.editedOn);
  const pages = day.tours.flatMap((tour): Page[] => {
    const section = `${tour.code} ${tour.name}`;
    const footer = `${tour.code} · ${sayDayAndYear(day.date)} · ${tour.name} · ${day.garden}`;
    return [...tourPages(paper, day, tour), ...tour.stops.flatMap((stop) => stopPages(paper, day, tour, stop))].map((page) => ({
      ...page,
      section,
      footer,
    }));
  });
  return printPages(paper, pages.length > 0 ? pages : [emptyDayPage(day, 'Feuille de route')], `édité le ${shortDay(day.editedOn)}`);
}

function checkSums({ products, tours }: DaySheet): void {
  for (const { code, stops } of tours) {
    for (const stop of stops) {
      const sums = addUp(
        stop.customers.map((customer) => customer.counts),
        products.length,
      );
      if (sums.some((sum, index) => sum !== stop.counts[index])) {
        throw new Error(`Stop ${code}/${stop.order} counts ${stop.counts.join(',')} but its customers receive ${sums.join(',')}`);
      }
    }
  }
}
