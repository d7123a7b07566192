import { printable } from './letters.ts';
import { type Box, type Frame, ink, Paper, type Shape, type Style, type Surface } from './paper.ts';

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => marks[one]!);
const rounded = (number: number): number => Math.round(number * 100) / 100;

/**
 * One upright A4 page as a picture (SVG) for the screen, where phones show no PDF. It is drawn by what draws the paper and measured by it, in the
 * typeface that pages carry: what is seen is what will be printed.
 */
export class Sketch implements Surface {
  #paper: Paper;
  #drawn: string[] = [];

  constructor(paper: Paper) {
    this.#paper = paper;
  }

  get frame(): Frame {
    return Paper.frame('portrait');
  }

  width(text: string, style: Style): number {
    return this.#paper.width(text, style);
  }

  shorten(text: string, room: number, style: Style): string {
    return this.#paper.shorten(text, room, style);
  }

  wrap(text: string, room: number, style: Style, most?: number): string[] {
    return this.#paper.wrap(text, room, style, most);
  }

  text(text: string, x: number, baseline: number, style: Style): void {
    const written = printable(text);
    if (!written.trim()) return;
    const { size, weight = 'regular', color = ink.black, align = 'left' } = style;
    const anchor = { left: 'start', right: 'end', center: 'middle' }[align];
    this.#add('text', {
      ...{ x: rounded(x), y: rounded(baseline), 'font-size': size, fill: color, 'text-anchor': anchor },
      ...(weight === 'bold' && { 'font-weight': 700 }),
      // Should another typeface stand in, words still keep to their place.
      ...{ textLength: rounded(this.width(text, style)), lengthAdjust: 'spacingAndGlyphs' },
      inner: escaped(written),
    });
  }

  rule(y: number, from: number, to: number, { thickness = 0.6, color = ink.rule } = {}): void {
    this.#add('path', { d: `M${rounded(from)} ${rounded(y)}H${rounded(to)}`, stroke: color, 'stroke-width': thickness });
  }

  box(x: number, y: number, width: number, height: number, { fill = 'none', stroke, thickness = 0.8, radius = 0 }: Box): void {
    const size = { width: rounded(width), height: rounded(height), ...(radius && { rx: radius }) };
    this.#add('rect', { x: rounded(x), y: rounded(y), ...size, fill, ...(stroke && { stroke, 'stroke-width': thickness }) });
  }

  picture(shapes: readonly Shape[], x: number, y: number, scale = 1): void {
    const transform = `translate(${rounded(x)} ${rounded(y)}) scale(${scale})`;
    for (const { path, fill = 'none', stroke, thickness = 1 } of shapes)
      this.#add('path', { d: path, transform, fill, ...(stroke && { stroke, 'stroke-width': thickness, 'stroke-linecap': 'round' }) });
  }

  /** The page as an `<svg>`, named for those who do not see it. */
  svg(name: string): string {
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595.28 841.89" role="img" aria-label="${escaped(name)}">${this.#drawn.join('')}</svg>`;
  }

  #add(tag: string, { inner = '', ...attributes }: Record<string, string | number>): void {
    const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
    this.#drawn.push(`<${tag}${written.join('')}>${inner}</${tag}>`);
  }
}
