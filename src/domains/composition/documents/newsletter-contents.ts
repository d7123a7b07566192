import { ink, type Surface } from '#platform/pdf/paper.ts';
import type { Contents } from './newsletter-model.ts';
import { drawHeading, headingHeight, type Part, type Place } from './newsletter-text.ts';

const most6 = 6;
const gutter = 26;
type Row = Contents['rows'][number] & { strong?: boolean };
/** Baskets from one place to another, in one table. */
type Grid = { columns: string[]; rows: Row[] };

/**
 * Vegetables by baskets. Many vegetables in one or two baskets stand in two tables side by side; more than six baskets, in several tables one
 * under the other.
 */
export function contentsPart(contents: Contents): Part {
  return (surface, place, size, most = Number.POSITIVE_INFINITY) => {
    const top = headingHeight(size);
    const beside =
      contents.columns.length <= 2 &&
      contents.rows.length >= 8 &&
      (contents.columns.length === 1 || !contents.rows.some((row) => row.price));
    const layOut = (kept: number): { grids: { grid: Grid; place: Place; y: number }[]; height: number } => {
      const grids = gridsOf(contents, kept);
      if (beside) {
        const [grid] = grids as [Grid];
        const cut = Math.ceil(grid.rows.length / 2);
        const width = (place.width - gutter) / 2;
        const halves = [grid.rows.slice(0, cut), grid.rows.slice(cut)].map((rows, at) => ({
          grid: { ...grid, rows },
          place: { ...place, width, left: place.left + at * (width + gutter) },
          y: top,
        }));
        return { grids: halves, height: top + gridHeight(surface, halves[0]!.grid, halves[0]!.place, size) };
      }
      let y = top;
      const placed = grids.map((grid) => {
        const one = { grid, place, y };
        y += gridHeight(surface, grid, place, size) + size * 0.7;
        return one;
      });
      return { grids: placed, height: y - size * 0.7 };
    };
    let kept = contents.rows.length;
    let laid = layOut(kept);
    while (laid.height > most + 0.01 && kept > 1) laid = layOut(--kept);
    return {
      height: laid.height,
      lost: contents.rows.length - kept,
      draw: (target, y) => {
        drawHeading(target, place, y, size, contents.columns.length > 1 ? 'Dans les paniers' : 'Dans le panier');
        for (const one of laid.grids) drawGrid(target, one.grid, one.place, y + one.y, size);
      },
    };
  };
}

function gridsOf({ columns, rows, values }: Contents, kept: number): Grid[] {
  const lost = rows.length - kept;
  const shown: Row[] = rows.slice(0, kept);
  const starts = Array.from({ length: Math.ceil(columns.length / most6) }, (_, at) => at * most6);
  return starts.map((from) => {
    const part = (cells: string[]) => cells.slice(from, from + most6);
    const own = shown
      .filter((row) => columns.length <= most6 || part(row.cells).some(Boolean))
      .map((row) => ({ ...row, cells: part(row.cells) }));
    const blank = part(columns).map(() => '');
    return {
      columns: part(columns),
      rows: [
        ...own,
        ...(lost ? [{ name: `et ${lost} ${lost > 1 ? 'autres' : 'autre'}`, price: '', cells: blank }] : []),
        ...(values ? [{ name: 'Valeur du panier', price: '', cells: part(values), strong: true }] : []),
      ],
    };
  });
}

const rowHeight = (size: number): number => size * 1.62;

/** Widths: the names take what baskets and prices leave. */
function widths({ columns, rows }: Grid, width: number, size: number): { price: number; column: number } {
  const price = rows.some((row) => row.price) ? Math.min(size * 8.5, width * 0.24) : 0;
  const column = Math.min(
    columns.length <= 2 && width > 400 ? size * 11 : size * 8.2,
    ((width - price) * (columns.length > 3 ? 0.7 : width < 400 ? 0.5 : 0.62)) / columns.length,
  );
  return { price, column };
}

const titleStyle = (size: number) => ({ size: size * 0.9, weight: 'bold' }) as const;

function titles(surface: Surface, grid: Grid, place: Place, size: number): string[][] {
  const { column } = widths(grid, place.width, size);
  return grid.columns.map((name) => surface.wrap(name, column - 6, titleStyle(size), 2));
}

function gridHeight(surface: Surface, grid: Grid, place: Place, size: number): number {
  const lines = Math.max(...titles(surface, grid, place, size).map((one) => one.length));
  return lines * size * 1.1 + size * 0.7 + grid.rows.length * rowHeight(size);
}

function drawGrid(surface: Surface, grid: Grid, { left, width, accent }: Place, top: number, size: number): void {
  const place = { left, width, accent };
  const { price, column } = widths(grid, width, size);
  const right = left + width;
  const middle = (at: number) => right - (grid.columns.length - at - 0.5) * column;
  const heads = titles(surface, grid, place, size);
  const lines = Math.max(...heads.map((one) => one.length));
  const head = lines * size * 1.1 + size * 0.7;
  surface.box(left, top, width, head, { fill: ink.tint });
  surface.rule(top + head, left, right, { thickness: 1.4, color: accent });
  for (const [at, head] of heads.entries())
    for (const [line, text] of head.entries())
      surface.text(text, middle(at), top + size * (1.22 + 1.1 * (line + (lines - head.length) / 2)), {
        ...titleStyle(size),
        align: 'center',
      });
  let y = top + head;
  for (const [at, row] of grid.rows.entries()) {
    const baseline = y + rowHeight(size) / 2 + size * 0.34;
    const nameRoom = width - price - grid.columns.length * column - 10;
    const name = { size: size * 1.02, weight: row.strong ? ('bold' as const) : ('regular' as const) };
    surface.text(surface.shorten(row.name, row.price ? nameRoom : nameRoom + price, name), left + 4, baseline, name);
    if (row.price)
      surface.text(row.price, right - grid.columns.length * column - 8, baseline, { size: size * 0.85, color: ink.grey, align: 'right' });
    for (const [place, cell] of row.cells.entries()) {
      if (cell === '•')
        surface.box(middle(place) - size * 0.2, baseline - size * 0.53, size * 0.4, size * 0.4, { fill: ink.black, radius: size * 0.2 });
      else if (cell)
        surface.text(surface.shorten(cell, column - 4, { size, weight: 'bold' }), middle(place), baseline, {
          size,
          weight: 'bold',
          align: 'center',
        });
    }
    y += rowHeight(size);
    if (at < grid.rows.length - 1) surface.rule(y, left, right);
  }
}
