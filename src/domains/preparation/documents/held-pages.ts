import { sayDayAndYear } from '#kernel/day.ts';
import { footerHeight, type Page } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { type Cell, drawRow, layOut } from '#platform/pdf/row.ts';
import { drawHeading, headingHeight } from './heading.ts';
import type { DaySheet, TourSheet } from './model.ts';
import { spread } from './spread.ts';

const bold = { size: 15, weight: 'bold' } as const;
const plain = { size: 14 };
const small = { size: 11, color: ink.grey };
const note = 64;

/** Baskets of a tour that stay at the garden until the office says otherwise; a page of the shed alone, none when there are none. It says no reason. */
export function heldPages(paper: Paper, day: DaySheet, tour: TourSheet): Page[] {
  const held = tour.held ?? [];
  if (held.length === 0) return [];
  const frame = Paper.frame('portrait');
  const width = frame.right - frame.left;
  const columns = layOut(frame.left, [{ width: width * 0.42 }, { width: width * 0.3 }, { width: width * 0.2 }], 12);
  const top = frame.top + headingHeight + note;
  const rows = held.map((one) => {
    const wrapped = (text: string, at: number, style: { size: number; weight?: 'bold' }) =>
      paper.wrap(text, columns[at]!.width, style, 2).map((line) => ({ ...style, text: line }));
    const cells: Cell[] = [
      wrapped(one.name, 0, bold),
      wrapped(`${one.order}. ${one.depotName}`, 1, plain),
      wrapped(one.quantity > 1 ? `${one.quantity} ${one.product}` : one.product, 2, plain),
    ];
    return { cells, height: Math.max(30, 19 * Math.max(...cells.map((cell) => cell.length)) + 8) };
  });
  const pages = spread(rows, frame.bottom - footerHeight - top, 8);
  return pages.map(({ rows: shown, extra }): Page => {
    const draw = (target: Paper) => {
      const title = held.length > 1 ? 'Paniers à garder au jardin' : 'Panier à garder au jardin';
      drawHeading(target, {
        code: tour.code,
        title,
        color: tour.color,
        aside: `Semaine ${tour.week}`,
        sentence: `${tour.name} · livraison du ${sayDayAndYear(day.date)}`,
      });
      target.text('Ils ne sont dans aucun total. Ne les préparez pas sans l’accord du bureau.', frame.left, top - note + 24, plain);
      drawRow(
        target,
        columns,
        ['Client', 'Point de dépôt', 'Panier'].map((text) => [{ ...small, text }]),
        { top: top - 24, height: 20 },
      );
      target.rule(top, frame.left, frame.right, { thickness: 1.2, color: ink.black });
      let y = top;
      for (const row of shown) {
        drawRow(target, columns, row.cells, { top: y, height: row.height + extra });
        y += row.height + extra;
        target.rule(y, frame.left, frame.right);
      }
    };
    return {
      orientation: 'portrait',
      section: `${tour.code} ${tour.name}`,
      subject: 'Paniers à garder',
      footer: `${day.garden} · ${tour.code} · paniers à garder`,
      draw,
    };
  });
}
