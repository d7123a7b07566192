import type { FontName, Weight } from './fonts.ts';
import type { Run } from './letters.ts';

/**
 * What was measured once, for the life of the process: the sheets of a day name the same people again and again, and laying out letters is half of what
 * a sheet costs.
 */
export type Known = { runs: Run[]; width: number };
/** What serves here of a font of pdfkit, absent from its types. */
export type PdfFont = {
  id: string;
  ref(): unknown;
  encode(text: string): [glyphs: string[], positions: { xAdvance: number; xOffset: number; yOffset: number; advanceWidth: number }[]];
  layoutCache?: Record<string, unknown>;
};

const most = 20_000;
const known: Record<Weight, Map<string, Known>> = { regular: new Map(), bold: new Map() };
const words = new Map<FontName, Record<string, unknown>>();

/** A text already measured, or what `measure` says of it. */
export function knownText(text: string, weight: Weight, measure: () => Known): Known {
  const before = known[weight].get(text);
  if (before) return before;
  if (known[weight].size >= most) {
    known[weight].clear();
    words.clear();
  }
  const one = measure();
  known[weight].set(text, one);
  return one;
}

/** pdfkit lays out each word once per document: given the words of the documents before, whose font is the same, it takes their layout. */
export function shareWords(font: PdfFont, name: FontName): void {
  const shared = words.get(name) ?? (Object.create(null) as Record<string, unknown>);
  words.set(name, shared);
  font.layoutCache = shared;
}

const number = (value: number): string => String(Math.round(value * 1000) / 1000);

/** « #505050 » as PDF says it. */
const inks = new Map<string, string>();
function inkOf(color: string): string {
  const before = inks.get(color);
  if (before) return before;
  const parts = [1, 3, 5].map((at) => number(Number.parseInt(color.slice(at, at + 2), 16) / 255));
  const said = `${parts.join(' ')} rg`;
  inks.set(color, said);
  return said;
}

/**
 * The operators that write a text on its baseline, in one piece: pdfkit's own `text` sends nine, and looks each time for options that sheets do not use.
 * Letters stand as pdfkit's layout places them, kerning included; null when one is to be moved off the line, which this does not do.
 */
export function operatorsOf(font: PdfFont, text: string, at: { x: number; y: number; size: number; color: string }): string | null {
  const [glyphs, positions] = font.encode(text);
  let shown = '';
  let run = '';
  for (const [index, glyph] of glyphs.entries()) {
    const { xAdvance, xOffset, yOffset, advanceWidth } = positions[index]!;
    if (xOffset || yOffset) return null;
    run += glyph;
    if (xAdvance === advanceWidth) continue;
    shown += `<${run}> ${number(advanceWidth - xAdvance)} `;
    run = '';
  }
  if (run) shown += `<${run}>`;
  return `BT ${inkOf(at.color)} /${font.id} ${number(at.size)} Tf 1 0 0 -1 ${number(at.x)} ${number(at.y)} Tm [${shown}] TJ ET`;
}
