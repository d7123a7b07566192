import { footerHeight } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { type Cell, cellHeight, drawRow, layOut } from '#platform/pdf/row.ts';
import { sayCounts } from './counts.ts';
import type { DaySheet, StopSheet, TourSheet } from './model.ts';
import { alphabetically } from './names.ts';
import type { TourPage } from './route-tour.ts';
import { spread } from './spread.ts';
import { continuedHeading, depotHeading } from './stop-heading.ts';
import { totalsBand } from './stop-totals.ts';

const name = { size: 13, weight: 'bold' } as const;
const phone = { size: 12 };
const receives = { size: 13 };
const small = { size: 10.5, color: ink.grey };
const tableHead = 20;
/** Rows are never lower than this (9 mm, room to sign with cold hands); they grow while the page has space. */
const leastRow = 26;
const mostExtra = 11;

/** The pages of a stop: the depot, then its customers in alphabetical order, each with a box to sign; the stop's totals at the foot of each page. */
export function stopPages(paper: Paper, day: DaySheet, tour: TourSheet, stop: StopSheet): TourPage[] {
  const frame = Paper.frame('portrait');
  const customers = alphabetically(stop.customers).filter((customer) => customer.counts.some((count) => count > 0));
  const phoneWidth = Math.min(130, Math.max(86, ...customers.map((customer) => paper.width(customer.phone, phone))));
  const signWidth = 104;
  const shared = frame.right - frame.left - phoneWidth - signWidth - 3 * 12;
  const longest = Math.max(0, ...customers.map((customer) => paper.width(customer.name, name)));
  const nameWidth = Math.min(Math.max(longest + 1, 120), shared * 0.54);
  const columns = layOut(
    frame.left,
    [{ width: nameWidth }, { width: phoneWidth }, { width: shared - nameWidth }, { width: signWidth }],
    12,
  );

  const rows = customers.map((customer) => {
    const cells: Cell[] = [
      [
        ...paper.wrap(customer.name, nameWidth, name, 2).map((text) => ({ ...name, text })),
        ...(customer.others ? paper.wrap(`ou : ${customer.others}`, nameWidth, small, 2).map((text) => ({ ...small, text })) : []),
      ],
      [
        ...(customer.phone ? paper.wrap(customer.phone, phoneWidth, phone, 3).map((text) => ({ ...phone, text })) : []),
        ...(customer.otherPhone ? paper.wrap(`ou ${customer.otherPhone}`, phoneWidth, small, 4).map((text) => ({ ...small, text })) : []),
      ],
      // What people receive is never cut: the row grows.
      paper.wrap(sayCounts(customer.counts, day.products), shared - nameWidth, receives).map((text) => ({ ...receives, text })),
    ];
    return { cells, height: Math.max(leastRow, ...cells.map((cell) => cellHeight(cell) + 6)) };
  });

  const first = depotHeading(paper, tour, stop);
  const next = continuedHeading(paper, tour, stop);
  const totals = totalsBand(paper, stop, day.products);
  const bottom = frame.bottom - footerHeight - totals.height;
  const room = bottom - frame.top - next.height - tableHead;
  // The depot's details count as a first row without customers: it takes what they have more than the heading of the next pages.
  const details = { cells: [], height: first.height - next.height };
  const sheets = spread([details, ...rows], room, mostExtra);

  return sheets.map(({ rows: shown, extra }, index) => {
    const header = index === 0 ? first : next;
    const listed = index === 0 ? shown.slice(1) : shown;
    const draw = (target: Paper) => {
      header.draw(target, { page: index + 1, pages: sheets.length });
      const top = frame.top + header.height;
      const words = ['Client', 'Téléphone', 'Reçoit', 'Signature'].map((text) => [{ ...small, text }]);
      drawRow(target, columns, words, { top, height: tableHead });
      target.rule(top + tableHead, frame.left, frame.right, { thickness: 1.2, color: ink.black });
      let y = top + tableHead;
      for (const row of listed) {
        const height = row.height + extra;
        drawRow(target, columns, row.cells, { top: y, height });
        target.box(columns[3]!.x, y + 3, signWidth, height - 6, { stroke: ink.rule, thickness: 0.7, radius: 2 });
        y += height;
        target.rule(y, frame.left, columns[3]!.x - 8);
      }
      totals.draw(target, bottom);
    };
    return { orientation: 'portrait', draw, ...(index === 0 ? { subject: `${stop.order}. ${stop.depotName}` } : {}) };
  });
}
