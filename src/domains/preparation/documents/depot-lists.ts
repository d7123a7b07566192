import { sayDayAndYear, shortDay } from '#kernel/day.ts';
import { footerHeight, type Page, printPages } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { type Cell, cellHeight, drawRow, layOut } from '#platform/pdf/row.ts';
import { inSheetOrder } from '../rules/stop-order.ts';
import { sayBaskets, sayCounts, total, withoutEmpty } from './counts.ts';
import { emptyDayPage } from './empty-day.ts';
import { safeColor } from './heading.ts';
import type { DaySheet, StopSheet, TourSheet } from './model.ts';
import { alphabetically } from './names.ts';
import { spread } from './spread.ts';
import { totalsBand } from './stop-totals.ts';

const name = { size: 15, weight: 'bold' } as const;
const receives = { size: 14 };
const small = { size: 10.5, color: ink.grey };
const title = { size: 26, weight: 'bold' } as const;
const strong = { size: 14, weight: 'bold' } as const;
const plain = { size: 14 };
const tableHead = 20;
/** Rows are as high as this when that costs no page more, and never lower than the other: 8 mm, room to sign. */
const wishedRow = 30;
const leastRow = 23.5;
const mostExtra = 12;
const signWidth = 150;
const frame = Paper.frame('portrait');
const left = frame.left + 18;

/**
 * The lists that stay at the depots, as a PDF: one for each, with who receives what and a box to sign. Everybody there can read it: no telephone, no
 * code of a door.
 */
export function drawDepotLists(sheet: DaySheet): Promise<Buffer> {
  const day = withoutEmpty(sheet);
  const paper = new Paper(`Listes de dépôt – ${sayDayAndYear(day.date)} – ${day.garden}`, day.editedOn);
  const pages = day.tours.flatMap((tour) => inSheetOrder(tour.stops, day.order).flatMap((stop) => depotPages(paper, day, tour, stop)));
  return printPages(paper, pages.length > 0 ? pages : [emptyDayPage(day, 'Listes de dépôt')], `édité le ${shortDay(day.editedOn)}`);
}

function depotPages(paper: Paper, day: DaySheet, tour: TourSheet, stop: StopSheet): Page[] {
  const customers = alphabetically(stop.customers).filter((customer) => total(customer.counts) > 0);
  const shared = frame.right - frame.left - signWidth - 2 * 12;
  const longest = Math.max(120, ...customers.map((customer) => paper.width(customer.name, name)));
  const nameWidth = Math.min(longest + 1, shared * 0.56);
  const columns = layOut(frame.left, [{ width: nameWidth }, { width: shared - nameWidth }, { width: signWidth }], 12);
  const rows = customers.map((customer) => {
    const cells: Cell[] = [
      [
        ...paper.wrap(customer.name, nameWidth, name, 2).map((text) => ({ ...name, text })),
        ...(customer.others ? paper.wrap(`ou : ${customer.others}`, nameWidth, small, 2).map((text) => ({ ...small, text })) : []),
      ],
      // What people receive is never cut: the row grows.
      paper.wrap(sayCounts(customer.counts, day.products), shared - nameWidth, receives).map((text) => ({ ...receives, text })),
    ];
    return { cells, needed: Math.max(...cells.map((cell) => cellHeight(cell) + 5)) };
  });

  const heading = depotHeading(paper, day, tour, stop);
  const totals = totalsBand(paper, stop, day.products);
  const bottom = frame.bottom - footerHeight - totals.height;
  const cut = (least: number) =>
    spread(
      rows.map(({ cells, needed }) => ({ cells, height: Math.max(least, needed) })),
      bottom - frame.top - heading.height - tableHead,
      mostExtra,
    );
  const [wished, tight] = [cut(wishedRow), cut(leastRow)];
  const sheets = tight.length < wished.length ? tight : wished;
  const footer = `${tour.code} · ${stop.depotName} · ${sayDayAndYear(day.date)} · ${day.garden}`;
  return sheets.map(({ rows: shown, extra }, index) => {
    const draw = (target: Paper) => {
      heading.draw(target, sheets.length > 1 ? `page ${index + 1}/${sheets.length}` : '');
      const top = frame.top + heading.height;
      const words = ['Nom', 'Reçoit', 'Signature'].map((text) => [{ ...small, text }]);
      drawRow(target, columns, words, { top, height: tableHead });
      let y = top + tableHead;
      target.rule(y, frame.left, frame.right, { thickness: 1.2, color: ink.black });
      for (const row of shown) {
        const height = row.height + extra;
        drawRow(target, columns, row.cells, { top: y, height });
        target.box(columns[2]!.x, y + 3, signWidth, height - 6, { stroke: ink.rule, thickness: 0.7, radius: 2 });
        y += height;
        target.rule(y, frame.left, columns[2]!.x - 8);
      }
      totals.draw(target, bottom);
    };
    const subject = index === 0 ? { subject: `${stop.order}. ${stop.depotName}` } : {};
    return { orientation: 'portrait', section: `${tour.code} ${tour.name}`, footer, draw, ...subject };
  });
}

/** The depot, large; the day; when to come; whom to call. The same on each of its pages. */
function depotHeading(
  paper: Paper,
  day: DaySheet,
  tour: TourSheet,
  stop: StopSheet,
): { height: number; draw: (paper: Paper, part: string) => void } {
  const room = frame.right - left;
  const titles = paper.wrap(stop.depotName, room, title, 2).map((text) => ({ ...title, text }));
  const call = day.phone ? `Une question ? Le jardin : ${day.phone}` : '';
  const lines = [
    { ...strong, text: `Paniers du ${sayDayAndYear(day.date)}${stop.pickup ? ` · retrait ${stop.pickup}` : ''}` },
    ...[stop.mention, call].filter(Boolean).map((text) => ({ ...plain, text })),
  ].flatMap((line) => paper.wrap(line.text, room, line, 2).map((text) => ({ ...line, text })));
  const first = frame.top + 22 + titles.length * 30;
  const height = 22 + titles.length * 30 + lines.length * 19 + 12;
  return {
    height,
    draw: (target, part) => {
      target.box(frame.left, frame.top, 6, height - 12, { fill: safeColor(tour.color) });
      const about = [day.garden, `${tour.code} · arrêt ${stop.order}`, sayBaskets(total(stop.counts)), part].filter(Boolean).join(' · ');
      target.text(target.shorten(about, room, small), left, frame.top + 10, small);
      target.lines(titles, left, frame.top + 40, 30);
      target.lines(lines, left, first + 12, 19);
    },
  };
}
