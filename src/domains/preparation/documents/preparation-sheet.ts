import { type Day, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { type Page, printPages } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { sayLoad } from '../labels-packing.ts';
import { inSheetOrder } from '../rules/stop-order.ts';
import { contentsPages, contentsSummaryPages } from './contents-pages.ts';
import { dayCounts, sayBaskets, total, tourCounts, withoutEmpty } from './counts.ts';
import { crateNote, tourCrates } from './crates.ts';
import { emptyDayPage } from './empty-day.ts';
import { type GridRow, planGrid } from './grid.ts';
import { drawGrid } from './grid-drawing.ts';
import { drawHeading, type Heading } from './heading.ts';
import { heldPages } from './held-pages.ts';
import type { DaySheet, TourSheet } from './model.ts';
import { distinctNames } from './names.ts';

/**
 * The sheet baskets are prepared with, as a PDF: for each tour its depots × basket types, as large as the page
 * allows, with its crates and what carries them; what its baskets hold; then the whole day.
 */
export function drawPreparationSheet(sheet: DaySheet): Promise<Buffer> {
  const day = withoutEmpty(sheet);
  const paper = new Paper(`Préparation – ${sayDayAndYear(day.date)} – ${day.garden}`, day.editedOn);
  const pages =
    day.tours.length === 0
      ? [emptyDayPage(day, 'Préparation')]
      : [
          ...day.tours.flatMap((tour) => [
            ...tourPages(paper, day, tour),
            ...heldPages(paper, day, tour),
            ...contentsPages(paper, day, tour),
          ]),
          ...summaryPages(paper, day),
          ...contentsSummaryPages(paper, day),
        ];
  return printPages(paper, pages, `édité le ${shortDay(day.editedOn)}`);
}

const sentence = (prepared: Day, delivered: Day) =>
  `Préparation du ${sayDayAndYear(prepared)} pour la livraison du ${sayDayAndYear(delivered)}`;

function tourPages(paper: Paper, day: DaySheet, tour: TourSheet): Page[] {
  const stops = inSheetOrder(tour.stops, day.order);
  const names = distinctNames(stops);
  const { full, byStop, load } = tourCrates(day, tour);
  const say = (crates: number) => (crates ? `${crates} c.` : '');
  const rows = stops.map((stop, index) => ({
    ...{ lead: String(stop.order), name: names[index]!, counts: stop.counts },
    notes: [...stop.counts.map((count, at) => crateNote(count, day.perCrate[at]!)), say(byStop.get(stop)!)],
  }));
  const heading = {
    code: tour.code,
    title: tour.name,
    color: tour.color,
    aside: `Semaine ${tour.week}`,
    sentence: sentence(tour.preparedOn, day.date),
  };
  return gridPages(paper, day, rows, heading, {
    section: `${tour.code} ${tour.name}`,
    totals: tourCounts(tour, day.products.length),
    totalNotes: [...full, load.crates].map(say),
    foot: sayLoad(load),
    labels: { name: 'Point de dépôt', total: 'Total de la tournée' },
    footer: `${day.garden} · ${tour.code} · préparation pour le ${sayDayAndYear(day.date)}`,
  });
}

function summaryPages(paper: Paper, day: DaySheet): Page[] {
  const totals = dayCounts(day);
  const rows = day.tours.map((tour) => ({ lead: tour.code, name: tour.name, counts: tourCounts(tour, day.products.length) }));
  const prepared = [...new Set(day.tours.map((tour) => tour.preparedOn))];
  const heading = {
    code: '',
    title: 'Récapitulatif de la journée',
    color: ink.black,
    aside: sayBaskets(total(totals)),
    sentence: prepared.length === 1 ? sentence(prepared[0]!, day.date) : `Livraisons du ${sayDayAndYear(day.date)}`,
  };
  return gridPages(paper, day, rows, heading, {
    section: heading.title,
    totals,
    labels: { name: 'Tournée', total: 'Total de la journée' },
    footer: `${day.garden} · récapitulatif du ${sayDayAndYear(day.date)}`,
  });
}

type Contents = {
  section: string;
  totals: number[];
  totalNotes?: string[];
  foot?: string;
  labels: { name: string; total: string };
  footer: string;
};

function gridPages(paper: Paper, day: DaySheet, rows: GridRow[], heading: Heading, contents: Contents): Page[] {
  const { section, totals, totalNotes, foot, labels, footer } = contents;
  const sums = [...totals, total(totals)];
  const grid = planGrid(paper, { rows, products: day.products, totals: sums, totalNotes, foot });
  const count = Math.ceil(rows.length / grid.rowsPerPage);
  return Array.from({ length: count }, (_, index) => {
    const shown = rows.slice(index * grid.rowsPerPage, (index + 1) * grid.rowsPerPage);
    const part = count > 1 ? `Feuille ${index + 1}/${count} · ` : '';
    const draw = (target: Paper) => {
      drawHeading(target, { ...heading, sentence: part + heading.sentence });
      drawGrid(target, grid, shown, sums, labels, { totalNotes, foot });
    };
    return { orientation: grid.orientation, section, footer, draw };
  });
}
