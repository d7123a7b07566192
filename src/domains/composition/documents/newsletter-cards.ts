import { ink, type Surface } from '#platform/pdf/paper.ts';
import type { Contents } from './newsletter-model.ts';
import { drawHeading, headingHeight, type Part, type Place } from './newsletter-text.ts';

const gutter = 16;
type Line = { name: string[]; price: string; quantity: string };
type Card = { title: string[]; lines: Line[]; lost: number; value: string; height: number };

/** Whether baskets differ so much that a list for each is shorter, and sooner read, than a table of them all. */
export function differ({ columns, rows }: Contents): boolean {
  const longest = Math.max(0, ...columns.map((_, at) => rows.filter(({ cells }) => cells[at]).length));
  return columns.length > 1 && rows.length > longest * 1.25;
}

/** A list for each basket, up to four side by side. */
export function cardsPart(contents: Contents): Part {
  const { columns, rows, values } = contents;
  const perRow = columns.length <= 4 ? columns.length : Math.ceil(columns.length / Math.ceil(columns.length / 4));
  return (surface, place, size, most = Number.POSITIVE_INFINITY) => {
    const top = headingHeight(size);
    const width = (place.width - (perRow - 1) * gutter) / perRow;
    const name = { size: size * 0.96 };
    const layOut = (kept: number): { bands: Card[][]; height: number } => {
      const cards = columns.map((title, at): Card => {
        const held = rows.filter(({ cells }) => cells[at]);
        const lines = held.slice(0, kept).map(({ name: text, price, cells }) => {
          const quantity = cells[at] === '•' ? '' : cells[at]!;
          const room = width - 6 - (quantity ? surface.width(quantity, { size, weight: 'bold' }) + 8 : 0);
          return { name: surface.wrap(text, room, name, 2), price, quantity };
        });
        const titles = surface.wrap(title, width - 12, { size: size * 0.96, weight: 'bold' }, 2);
        const value = values?.[at] ?? '';
        const card = { title: titles, lines, lost: held.length - lines.length, value };
        return { ...card, height: cardHeight(card, size) };
      });
      const bands = Array.from({ length: Math.ceil(cards.length / perRow) }, (_, at) => cards.slice(at * perRow, (at + 1) * perRow));
      const height = bands.reduce((sum, band) => sum + Math.max(...band.map((card) => card.height)), top + (bands.length - 1) * size);
      return { bands, height };
    };
    let kept = Math.max(...columns.map((_, at) => rows.filter(({ cells }) => cells[at]).length));
    let laid = layOut(kept);
    while (laid.height > most + 0.01 && kept > 1) laid = layOut(--kept);
    return {
      height: laid.height,
      lost: laid.bands.flat().reduce((sum, { lost }) => sum + lost, 0),
      draw: (target, start) => {
        drawHeading(target, place, start, size, 'Dans les paniers');
        let y = start + top;
        for (const band of laid.bands) {
          for (const [at, card] of band.entries())
            drawCard(target, card, { ...place, width, left: place.left + at * (width + gutter) }, y, size);
          y += Math.max(...band.map((card) => card.height)) + size;
        }
      },
    };
  };
}

const headHeight = (lines: number, size: number): number => lines * size * 1.18 + size * 0.62;
const lineHeight = ({ name, price }: Line, size: number): number => size * (name.length * 1.12 + (price ? 0.95 : 0) + 0.46);

function cardHeight({ title, lines, lost, value }: Omit<Card, 'height'>, size: number): number {
  const extra = (lost ? 1 : 0) + (value ? 1 : 0);
  return headHeight(title.length, size) + lines.reduce((sum, line) => sum + lineHeight(line, size), extra * size * 1.58);
}

function drawCard(surface: Surface, { title, lines, lost, value }: Card, { left, width, accent }: Place, top: number, size: number): void {
  const right = left + width;
  const head = headHeight(title.length, size);
  surface.box(left, top, width, head, { fill: ink.tint });
  surface.rule(top + head, left, right, { thickness: 1.4, color: accent });
  for (const [at, text] of title.entries())
    surface.text(text, left + 6, top + size * (1.2 + at * 1.18), { size: size * 0.96, weight: 'bold' });
  let y = top + head;
  for (const [at, line] of lines.entries()) {
    if (at > 0) surface.rule(y, left, right);
    for (const [row, text] of line.name.entries()) surface.text(text, left + 3, y + size * (1.13 + row * 1.12), { size: size * 0.96 });
    if (line.quantity) surface.text(line.quantity, right - 3, y + size * 1.13, { size, weight: 'bold', align: 'right' });
    if (line.price) surface.text(line.price, left + 3, y + size * (1.05 + line.name.length * 1.08), { size: size * 0.8, color: ink.grey });
    y += lineHeight(line, size);
  }
  if (lost) {
    surface.text(`et ${lost} ${lost > 1 ? 'autres' : 'autre'}`, left + 3, y + size * 1.13, { size: size * 0.96 });
    y += size * 1.58;
  }
  if (value) {
    surface.rule(y, left, right, { thickness: 1, color: ink.black });
    surface.text('Valeur', left + 3, y + size * 1.13, { size: size * 0.96, weight: 'bold' });
    surface.text(value, right - 3, y + size * 1.13, { size, weight: 'bold', align: 'right' });
  }
}
