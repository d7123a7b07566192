import { ink, type Style, type Surface } from '#platform/pdf/paper.ts';

/** One line of a text that runs over several: what stands before it, how far it is set in, the space above it (in sizes). */
export type FlowLine = { text: string; mark: string; indent: number; gap: number; first: boolean; last: boolean };

const leading = 1.36;
const capitals = 0.668;
const bullet = /^[-–•*]\s+/;
const numeral = /^\d{1,2}\s*[.)°]\s*/;

/** A word that no line could hold is cut, long before measuring it costs anything. */
const endless = /\S{70}(?=\S)/g;

/** What French never parts: « 10 h », « serre : », « Merci ! ». */
const unbroken = (text: string): string =>
  text
    .replace(endless, '$& ')
    .replace(/ (?=[:;!?»%€])/g, '\u00a0')
    .replace(/(?<=«) /g, '\u00a0')
    .replace(/(?<=\d) (?=(?:\d{3}|h|g|kg|cl|ml|l|min|cm|mn)\b)/g, '\u00a0');

type Shape = { width: number; size: number; marks?: 'steps' | 'bullets' };

/**
 * A text as typed, in lines no wider than asked. A blank line makes a larger space; « - » at the start of a line makes a bullet. `steps` numbers
 * the lines, `bullets` puts one before each.
 */
export function flow(surface: Surface, text: string, { width, size, marks }: Shape): FlowLine[] {
  const lines: FlowLine[] = [];
  let gap = 0;
  let step = 0;
  for (const typed of text.split('\n')) {
    const paragraph = typed.trim();
    if (!paragraph) {
      gap = 0.75;
      continue;
    }
    const mark = marks === 'steps' ? `${++step}.` : marks === 'bullets' || bullet.test(paragraph) ? '•' : '';
    const words = unbroken(mark ? paragraph.replace(bullet, '').replace(marks === 'steps' ? numeral : '', '') : paragraph);
    const indent = mark === '•' ? size * 0.85 : mark ? size * 1.5 : 0;
    const wrapped = surface.wrap(words, width - indent, { size });
    for (const [place, line] of wrapped.entries()) {
      const first = place === 0;
      lines.push({ text: line, mark: first ? mark : '', indent, gap: first ? gap : 0, first, last: place === wrapped.length - 1 });
    }
    gap = mark ? 0.18 : 0.4;
  }
  return lines;
}

export const flowHeight = (lines: readonly FlowLine[], size: number): number =>
  lines.reduce((sum, line, at) => sum + (leading + (at > 0 ? line.gap : 0)) * size, 0);

/** The lines in two columns of about one height, the first never the shorter; no paragraph leaves one line alone on either side. */
export function twoColumns(lines: readonly FlowLine[], size: number): [FlowLine[], FlowLine[]] {
  const whole = flowHeight(lines, size);
  let cut = 0;
  for (let above = 0; cut < lines.length && above < whole / 2; cut++) above += (leading + (cut > 0 ? lines[cut]!.gap : 0)) * size;
  if (lines[cut - 1]?.first && !lines[cut - 1]!.last) cut += 1;
  if (lines[cut]?.last && !lines[cut]!.first) cut += 1;
  return [lines.slice(0, cut), lines.slice(cut)];
}

/** The first lines, the last of them ending with « … ». */
export function cutFlow(surface: Surface, lines: readonly FlowLine[], kept: number, { width, size }: Shape): FlowLine[] {
  if (kept >= lines.length) return [...lines];
  const shown = lines.slice(0, kept);
  const last = shown.at(-1);
  if (!last) return [];
  const text = surface.shorten(`${last.text.replace(/[\s,;:.]+$/, '')} …`, width - last.indent, { size });
  return [...shown.slice(0, -1), { ...last, text }];
}

export function drawFlow(surface: Surface, lines: readonly FlowLine[], left: number, top: number, size: number): void {
  let y = top;
  for (const [at, { text, mark, indent, gap }] of lines.entries()) {
    if (at > 0) y += gap * size;
    const baseline = y + ((leading + capitals) / 2) * size;
    if (mark) surface.text(mark, left, baseline, { size, weight: 'bold' });
    surface.text(text, left + indent, baseline, { size });
    y += leading * size;
  }
}

/** Where a part stands, and the colour of the garden. */
export type Place = { left: number; width: number; accent: string };
/** A part of the page, laid out: its height, what it lost to fit, and how to draw it. */
export type Laid = { height: number; lost: number; draw: (surface: Surface, top: number) => void };
/** Lays a part out for a size of type; `most` is the height it may take, by losing its end. */
export type Part = (surface: Surface, place: Place, size: number, most?: number) => Laid;

const heading = (size: number): Style => ({ size: size * 1.28, weight: 'bold' });
export const headingHeight = (size: number): number => size * 2;

/** The title of a part, beside a bar in the garden's colour; a few words more stand at the right. */
export function drawHeading(surface: Surface, { left, width, accent }: Place, top: number, size: number, title: string, aside = ''): void {
  const style = heading(size);
  surface.box(left, top + size * 0.12, 4, size * 1.42, { fill: accent });
  const baseline = top + size * 1.25;
  const quiet = { size: size * 0.92, color: ink.grey };
  const room = width - 12 - (aside ? surface.width(aside, quiet) + 12 : 0);
  surface.text(surface.shorten(title, room, style), left + 12, baseline, style);
  if (aside) surface.text(aside, left + width, baseline, { ...quiet, align: 'right' });
}
