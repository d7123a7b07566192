import { largestSize } from './fit.ts';
import { ink, type Paper } from './paper.ts';

export type Heading = {
  /** tour code, or a short word; '' for none */
  code: string;
  title: string;
  color: string;
  /** large, on the right */
  aside: string;
  /** the sentence beneath */
  sentence: string;
};

/** Height of the heading of a tour's page, with the space that follows it. */
export const headingHeight = 78;

export const safeColor = (color: string): string => (/^#[0-9a-f]{6}$/i.test(color) ? color : ink.black);

/** Code and name of a tour, week, and one sentence saying what the sheet is for. The colour is a bar: without it, nothing is lost. */
export function drawHeading(paper: Paper, { code, title, color, aside, sentence }: Heading): void {
  const { left, right, top } = paper.frame;
  paper.box(left, top, 6, headingHeight - 20, { fill: safeColor(color) });
  let x = left + 18;
  const baseline = top + 26;
  const asideStyle = { size: 17, weight: 'bold' } as const;
  if (aside) paper.text(aside, right, baseline, { ...asideStyle, align: 'right' });
  const end = right - (aside ? paper.width(aside, asideStyle) + 18 : 0);
  if (code) {
    const style = { size: 32, weight: 'bold' } as const;
    const shown = paper.shorten(code, (end - x) / 2, style);
    paper.text(shown, x, baseline, style);
    x += paper.width(shown, style) + 14;
  }
  const room = end - x;
  const size = largestSize(paper.width(title, { size: 1, weight: 'bold' }), room, 13, code ? 20 : 28);
  paper.text(paper.shorten(title, room, { size, weight: 'bold' }), x, baseline, { size, weight: 'bold' });
  const sentenceRoom = right - left - 18;
  const sentenceSize = largestSize(paper.width(sentence, { size: 1 }), sentenceRoom, 10, 14);
  paper.text(paper.shorten(sentence, sentenceRoom, { size: sentenceSize }), left + 18, top + 50, { size: sentenceSize });
}
