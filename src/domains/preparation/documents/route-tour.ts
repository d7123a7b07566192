import { sayDayAndYear } from '#kernel/day.ts';
import type { Page } from '#platform/pdf/pages.ts';
import { ink, type Paper } from '#platform/pdf/paper.ts';
import { type Column, drawRow } from '#platform/pdf/row.ts';
import { sayBaskets, total, tourCounts } from './counts.ts';
import { drawHeading, headingHeight } from './heading.ts';
import type { DaySheet, TourSheet } from './model.ts';
import { countCell, drawHeadings, figuresIn } from './product-columns.ts';
import type { Spread } from './spread.ts';
import { layOutTour, type StopRow, type TourLayout, totalsHeight } from './tour-layout.ts';

/** A page of the route sheet; its footer is the same all along the tour. */
export type TourPage = Pick<Page, 'orientation' | 'draw' | 'subject'>;

const small = { size: 10.5, color: ink.grey };

/** The page a tour opens with (more when it has many stops): where to go, when, whom to call, what to leave there. */
export function tourPages(paper: Paper, day: DaySheet, tour: TourSheet): TourPage[] {
  const totals = tourCounts(tour, day.products.length);
  const sums = [...totals, total(totals)];
  const layout = layOutTour(paper, tour.stops, day.products, sums);
  const { sheets } = layout;
  return sheets.map((sheet, index) => {
    const part = sheets.length > 1 ? `Feuille ${index + 1}/${sheets.length} · ` : '';
    const stops = `${tour.stops.length} ${tour.stops.length > 1 ? 'arrêts' : 'arrêt'}`;
    const sentence = `${part}Livraison du ${sayDayAndYear(day.date)} · ${stops} · ${sayBaskets(total(totals))}`;
    const draw = (target: Paper) => {
      drawHeading(target, { code: tour.code, title: tour.name, color: tour.color, aside: `Semaine ${tour.week}`, sentence });
      drawStops(target, layout, sheet, sums);
    };
    return { orientation: layout.orientation, draw };
  });
}

function drawStops(paper: Paper, { type, frame, columns, figures }: TourLayout, { rows, extra }: Spread<StopRow>, sums: number[]): void {
  const [order, arrival, place, ...products] = columns as [Column, Column, Column, ...Column[]];
  const bold = { ...type.figure, weight: 'bold' } as const;
  const units = products.map((column, index) => figuresIn(column, paper.width(String(sums[index]), bold)));
  const top = frame.top + headingHeight;
  const body = top + figures.headingHeight;

  paper.text('Heure', arrival.x, body - 7, small);
  paper.text('Point de dépôt', place.x, body - 7, small);
  drawHeadings(paper, products, figures, top);
  paper.rule(body, frame.left, frame.right, { thickness: 1.2, color: ink.black });

  let y = body;
  for (const { stop, place: cell, height } of rows) {
    if (y > body) paper.rule(y, frame.left, frame.right);
    const counts = stop.counts.map((count) => countCell(count, type.figure));
    const cells = [
      [{ ...type.order, text: String(stop.order) }],
      [{ ...type.arrival, text: stop.arrival }],
      cell,
      ...counts,
      countCell(total(stop.counts), bold),
    ];
    drawRow(paper, [order, arrival, place, ...units], cells, { top: y, height: height + extra });
    y += height + extra;
  }

  paper.rule(y, frame.left, frame.right, { thickness: 2, color: ink.black });
  const label = { x: frame.left, width: place.x + place.width - frame.left - 8 };
  const cells = [[{ ...type.name, text: 'Total de la tournée' }], ...sums.map((sum) => countCell(sum, bold))];
  drawRow(paper, [label, ...units], cells, { top: y, height: totalsHeight });
}
