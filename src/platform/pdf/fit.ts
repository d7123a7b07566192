/** The width in points of a text at the size and weight the caller has in mind. */
export type Measure = (text: string) => number;

/** The text, or its beginning and « … », so that it is no wider than `room`. Empty when not even « … » fits. */
export function shorten(text: string, room: number, measure: Measure): string {
  if (measure(text) <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${text.slice(0, middle).trimEnd()}…`) <= room) low = middle;
    else high = middle - 1;
  }
  const kept = text.slice(0, low).trimEnd();
  return kept || measure('…') <= room ? `${kept}…` : '';
}

/** Lines no wider than `room`, broken at spaces; a word too wide for a line is cut. Past `most` lines, the last one ends with « … ». */
export function wrap(text: string, room: number, measure: Measure, most = Number.POSITIVE_INFINITY): string[] {
  if (measure(text) <= room) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, room, measure))) {
    const longer = line ? `${line} ${word}` : word;
    if (line && measure(longer) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line) lines.push(line);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), shorten(lines.slice(most - 1).join(' '), room, measure)];
}

/** The pieces of a word that each fit the line. */
function pieces(word: string, room: number, measure: Measure): string[] {
  if (measure(word) <= room) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part && measure(part + character) > room) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/** The largest size between `least` and `most` (steps of half a point) at which the text fits on one line; `least` when none does. */
export function largestSize(widthAt1: number, room: number, least: number, most: number): number {
  const exact = widthAt1 > 0 ? room / widthAt1 : most;
  return Math.max(least, Math.min(most, Math.floor(exact * 2) / 2));
}
