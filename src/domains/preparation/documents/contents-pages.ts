import { sayDayAndYear } from '#kernel/day.ts';
import { formatQuantity } from '#kernel/quantity.ts';
import { largestSize } from '#platform/pdf/fit.ts';
import { footerHeight, type Page } from '#platform/pdf/pages.ts';
import { ink, type Orientation, Paper } from '#platform/pdf/paper.ts';
import { type Cell, drawRow, layOut } from '#platform/pdf/row.ts';
import { addUp, tourCounts } from './counts.ts';
import { drawHeading, type Heading, headingHeight } from './heading.ts';
import type { ContentsLine, DaySheet, TourSheet } from './model.ts';
import { spread } from './spread.ts';

type Table = { headings: string[][]; rows: { produce: string; cells: string[] }[] };

/** What goes in one basket of each kind of a tour, and how much of everything it takes in all; no page while nothing is composed. */
export function contentsPages(paper: Paper, day: DaySheet, tour: TourSheet): Page[] {
  if (tour.contents.length === 0) return [];
  const counts = tourCounts(tour, day.products.length);
  const shown = day.products.map((_, at) => at).filter((at) => counts[at]! > 0);
  const table = {
    headings: [...shown.map((at) => [day.products[at]!, `× ${counts[at]}`]), ['En tout', '']],
    rows: tour.contents
      .filter((line) => shown.some((at) => line.quantities[at]! > 0))
      .map((line) => ({
        produce: line.produce,
        cells: [...shown.map((at) => say(line, line.quantities[at]!)), say(line, totalOf(line, counts))],
      })),
  };
  const heading = { code: tour.code, title: tour.name, color: tour.color, aside: `Semaine ${tour.week}` };
  return tablePages(paper, table, {
    heading: { ...heading, sentence: `Dans un panier · préparation du ${sayDayAndYear(tour.preparedOn)}` },
    section: `${tour.code} ${tour.name}`,
    footer: `${day.garden} · ${tour.code} · contenu des paniers du ${sayDayAndYear(day.date)}`,
  });
}

/** How much of everything the whole day takes, tour by tour; only when several are composed. */
export function contentsSummaryPages(paper: Paper, day: DaySheet): Page[] {
  const tours = day.tours.filter((tour) => tour.contents.length > 0);
  if (tours.length < 2) return [];
  const sums = new Map<string, { line: ContentsLine; byTour: number[] }>();
  for (const [at, tour] of tours.entries()) {
    const counts = tourCounts(tour, day.products.length);
    for (const line of tour.contents) {
      const key = `${line.produce}/${line.unit}`;
      const sum = sums.get(key) ?? { line, byTour: tours.map(() => 0) };
      sum.byTour[at]! += totalOf(line, counts);
      sums.set(key, sum);
    }
  }
  const title = 'Produits de la journée';
  const table = {
    headings: [...tours.map((tour) => [tour.code, '']), ['En tout', '']],
    rows: [...sums.values()].map(({ line, byTour }) => ({
      produce: line.produce,
      cells: [
        ...byTour,
        addUp(
          byTour.map((one) => [one]),
          1,
        )[0]!,
      ].map((quantity) => say(line, quantity)),
    })),
  };
  return tablePages(paper, table, {
    heading: { code: '', title, color: ink.black, aside: '', sentence: `Ce qu’il faut pour les livraisons du ${sayDayAndYear(day.date)}` },
    section: title,
    footer: `${day.garden} · produits du ${sayDayAndYear(day.date)}`,
  });
}

const totalOf = (line: ContentsLine, counts: number[]): number =>
  line.quantities.reduce((sum, quantity, at) => sum + quantity * (counts[at] ?? 0), 0);
const say = ({ unit }: ContentsLine, quantity: number): string => (quantity > 0 ? formatQuantity(quantity, unit) : '·');

type About = { heading: Heading; section: string; footer: string };
const headHeight = 40;

/** How a table of quantities fills a page: type size, and the width of its columns of quantities. */
function fitTable(paper: Paper, { headings, rows }: Table, orientation: Orientation) {
  const frame = Paper.frame(orientation);
  const width = frame.right - frame.left;
  const top = frame.top + headingHeight + headHeight;
  const nameAt1 = Math.max(...rows.map((row) => paper.width(row.produce, { size: 1, weight: 'bold' })));
  const cellAt1 = headings.map(
    (_, at) => Math.max(3, ...rows.map((row) => paper.width(row.cells[at]!, { size: 1, weight: 'bold' }))) + 0.9,
  );
  const byHeight = (frame.bottom - footerHeight - top) / (rows.length * 1.75);
  const needAt1 =
    Math.min(nameAt1, 12) +
    addUp(
      cellAt1.map((one) => [one]),
      1,
    )[0]!;
  const size = Math.min(largestSize(needAt1, width, 9, 22), Math.max(12, byHeight));
  return { orientation, frame, top, size, widths: cellAt1.map((one) => one * size) };
}

/** The larger type of upright and on its side (upright when equal); as many pages as the rows then need. */
function tablePages(paper: Paper, table: Table, { heading, section, footer }: About): Page[] {
  const { headings, rows } = table;
  const [upright, turned] = [fitTable(paper, table, 'portrait'), fitTable(paper, table, 'landscape')];
  const { orientation, frame, top, size, widths } = turned.size > upright.size ? turned : upright;
  const bottom = frame.bottom - footerHeight;
  const name = Math.max(
    60,
    frame.right -
      frame.left -
      addUp(
        widths.map((one) => [one]),
        1,
      )[0]!,
  );
  const columns = layOut(frame.left, [{ width: name }, ...widths.map((one) => ({ width: one, align: 'right' as const }))]);
  const style = { size };
  const bold = { size, weight: 'bold' } as const;
  const small = { size: Math.max(9, Math.min(12, size * 0.75)), weight: 'bold' } as const;
  const pages = spread(
    rows.map((row) => ({ row, height: size * 1.6 })),
    bottom - top,
    14,
  );
  return pages.map(({ rows: listed, extra }, index) => {
    const part = pages.length > 1 ? `Feuille ${index + 1}/${pages.length} · ` : '';
    const draw = (target: Paper) => {
      drawHeading(target, { ...heading, sentence: part + heading.sentence });
      const titles: Cell[] = headings.map(([title, under], at) => [
        ...target.wrap(title!, widths[at]! - 3, small, 2).map((text) => ({ ...small, text })),
        ...(under ? [{ ...small, weight: 'regular' as const, text: under }] : []),
      ]);
      drawRow(target, columns, [[], ...titles], { top: top - headHeight, height: headHeight });
      target.rule(top, frame.left, frame.right, { thickness: 1.2, color: ink.black });
      let y = top;
      for (const { row, height } of listed) {
        const cells = row.cells.map(
          (text, at): Cell => [{ ...(at === row.cells.length - 1 ? bold : style), text, ...(text === '·' ? { color: ink.grey } : {}) }],
        );
        drawRow(target, columns, [[{ ...bold, text: row.produce }], ...cells], { top: y, height: height + extra });
        y += height + extra;
        target.rule(y, frame.left, frame.right);
      }
    };
    return { orientation, section, footer, draw };
  });
}
