import PDFDocument from 'pdfkit';
import type { Day } from '#kernel/day.ts';
import type { Code } from './code.ts';
import { shorten, wrap } from './fit.ts';
import { type FontName, fontFile, type Weight } from './fonts.ts';
import { printable, type Run, runsOf } from './letters.ts';
import { type Known, knownText, operatorsOf, type PdfFont, shareWords } from './words.ts';

export type Orientation = 'portrait' | 'landscape';
/** The part of a page that may be written on, in points from the top left corner. */
export type Frame = { left: number; right: number; top: number; bottom: number };
export type Style = { size: number; weight?: Weight; color?: string; align?: 'left' | 'right' | 'center' };

/** Black and white first: both inks read at 7:1 or better, the others only draw lines and backgrounds. */
export const ink = { black: '#000000', grey: '#505050', rule: '#b4b4b4', tint: '#f1f1f1', white: '#ffffff' };

const sizes: Record<Orientation, [width: number, height: number]> = { portrait: [595.28, 841.89], landscape: [841.89, 595.28] };
/** 12 mm all around: what ordinary office printers leave, and where fingers hold the sheet. */
const margin = 34;

/** An A4 document being drawn: text placed by its baseline, rules and boxes. It remembers the widths it has measured. */
export class Paper {
  #document: PDFKit.PDFDocument;
  #chunks: Buffer[] = [];
  #fonts = new Map<FontName, PdfFont>();
  #orientation: Orientation = 'portrait';

  /**
   * `day` is the one the document says it was made on, so that the same input gives the same file.
   * @param options `archival`: PDF/A-2b (ISO 19005-2), for what is to be read the same in ten years; its title then holds neither & nor <.
   */
  constructor(title: string, day: Day, { archival = false }: { archival?: boolean } = {}) {
    this.#document = new PDFDocument({
      ...(archival && ({ pdfVersion: '1.7', subset: 'PDF/A-2b' } as object)),
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      // None to begin with: reading Helvetica, which no sheet uses, takes a millisecond.
      font: null as unknown as string,
      lang: 'fr-FR',
      displayTitle: true,
      info: { Title: title, Creator: 'Cocagne', Producer: 'Cocagne', CreationDate: new Date(`${day}T12:00:00Z`) },
    });
    for (const name of ['regular', 'bold', 'regular-extended', 'bold-extended'] as const) this.#document.registerFont(name, fontFile(name));
    this.#document.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    // Named in this order, whatever was measured before by other documents: the same input gives the same file.
    if (archival) for (const name of ['regular', 'bold', 'regular-extended', 'bold-extended'] as const) this.#font(name);
  }

  static frame(orientation: Orientation): Frame {
    const [width, height] = sizes[orientation];
    return { left: margin, right: width - margin, top: margin, bottom: height - margin };
  }

  get frame(): Frame {
    return Paper.frame(this.#orientation);
  }

  addPage(orientation: Orientation): void {
    this.#orientation = orientation;
    this.#document.addPage({ size: 'A4', layout: orientation, margin: 0 });
  }

  /** Width in points; needs no page. */
  width(text: string, { size, weight = 'regular' }: Style): number {
    return this.#know(text, weight).width * size;
  }

  shorten(text: string, room: number, style: Style): string {
    return shorten(printable(text), room, (part) => this.width(part, style));
  }

  wrap(text: string, room: number, style: Style, most?: number): string[] {
    return wrap(printable(text), room, (part) => this.width(part, style), most);
  }

  /** Writes one line; `x` is its left edge, its right edge or its middle, as `align` says. */
  text(text: string, x: number, baseline: number, style: Style): void {
    const { size, weight = 'regular', color = ink.black, align = 'left' } = style;
    const { runs, width } = this.#know(text, weight);
    let at = align === 'right' ? x - width * size : align === 'center' ? x - (width * size) / 2 : x;
    for (const run of runs) {
      if (!run.text) continue;
      this.#write(run, weight, { x: at, y: baseline, size, color });
      if (runs.length > 1) at += this.#widthAt1(run, weight) * size;
    }
  }

  #write(run: Run, weight: Weight, place: { x: number; y: number; size: number; color: string }): void {
    const font = this.#font(fontOf(run, weight));
    const operators = operatorsOf(font, run.text, place);
    if (operators === null) {
      this.#document.fillColor(place.color).fontSize(place.size);
      this.#document.text(run.text, place.x, place.y, { lineBreak: false, baseline: 'alphabetic' });
      return;
    }
    (this.#document.page as unknown as { fonts: Record<string, unknown> }).fonts[font.id] ??= font.ref();
    this.#document.addContent(operators);
  }

  /** Writes lines one under the other, `leading` points apart. */
  lines(lines: (Style & { text: string })[], x: number, baseline: number, leading: number): void {
    for (const [index, { text, ...style }] of lines.entries()) this.text(text, x, baseline + index * leading, style);
  }

  /** Writes one line from the bottom up, as on the spine of a book: it starts at `y`, its baseline stands at `x`. */
  textUpwards(text: string, x: number, y: number, style: Style): void {
    this.#document.save().rotate(-90, { origin: [x, y] });
    this.text(text, x, y, style);
    this.#document.restore();
  }

  rule(y: number, from: number, to: number, { thickness = 0.6, color = ink.rule } = {}): void {
    this.#document.moveTo(from, y).lineTo(to, y).lineWidth(thickness).strokeColor(color).stroke();
  }

  box(x: number, y: number, width: number, height: number, { fill, stroke, thickness = 0.8, radius = 0 }: Box): void {
    if (radius) this.#document.roundedRect(x, y, width, height, radius);
    else this.#document.rect(x, y, width, height);
    if (stroke) this.#document.lineWidth(thickness).strokeColor(stroke);
    if (fill && stroke) this.#document.fillColor(fill).fillAndStroke();
    else if (fill) this.#document.fillColor(fill).fill();
    else this.#document.stroke();
  }

  /** Draws a code `width` points wide and `height` high, in black: all its boxes at once, which a sheet of hundreds asks for. */
  code({ width, height, boxes }: Code, x: number, y: number, size: { width: number; height: number }): void {
    const rectangles = boxes.map((box) => `${box.join(' ')} re`).join(' ');
    const number = (value: number) => String(Math.round(value * 1e5) / 1e5);
    const place = [size.width / width, 0, 0, size.height / height, x, y].map(number).join(' ');
    this.#document.fillColor(ink.black).addContent(`q ${place} cm ${rectangles} f Q`);
  }

  /** Draws flat shapes, made on a canvas of their own, with its corner at (x, y). */
  picture(shapes: readonly Shape[], x: number, y: number, scale = 1): void {
    for (const { path, fill, stroke, thickness = 1 } of shapes) {
      const drawn = this.#document.save().translate(x, y).scale(scale).path(path);
      if (fill) drawn.fillColor(fill).fill();
      else if (stroke) drawn.lineWidth(thickness).lineCap('round').strokeColor(stroke).stroke();
      drawn.restore();
    }
  }

  /** Adds the current page to the table of contents readers show beside the pages; returns the entry, for those beneath it. */
  bookmark(title: string, under?: PDFKit.PDFOutline): PDFKit.PDFOutline {
    return (under ?? this.#document.outline).addItem(printable(title));
  }

  finish(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#document.on('end', () => resolve(Buffer.concat(this.#chunks)));
      this.#document.on('error', reject);
      this.#document.end();
    });
  }

  #know(text: string, weight: Weight): Known {
    return knownText(text, weight, () => {
      const runs = runsOf(printable(text));
      return { runs, width: runs.reduce((sum, run) => sum + this.#widthAt1(run, weight), 0) };
    });
  }

  #widthAt1(run: Run, weight: Weight): number {
    this.#font(fontOf(run, weight));
    return this.#document.fontSize(1000).widthOfString(run.text) / 1000;
  }

  /** Makes it the document's font, and gives what pdfkit knows of it. */
  #font(name: FontName): PdfFont {
    this.#document.font(name);
    const before = this.#fonts.get(name);
    if (before) return before;
    const font = (this.#document as unknown as { _font: PdfFont })._font;
    shareWords(font, name);
    this.#fonts.set(name, font);
    return font;
  }
}

/** A path as SVG writes it, filled or drawn. */
export type Shape = { path: string; fill?: string; stroke?: string; thickness?: number };
/** What is drawn on, whether it becomes a file (`Paper`) or is looked at on screen (`Sketch`). */
export type Surface = Pick<Paper, 'frame' | 'width' | 'shorten' | 'wrap' | 'text' | 'rule' | 'box' | 'picture'>;

export type Box = { fill?: string; stroke?: string; thickness?: number; radius?: number };

const fontOf = (run: Run, weight: Weight): FontName => (run.extended ? `${weight}-extended` : weight);
