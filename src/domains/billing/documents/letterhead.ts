import { largestSize } from '#platform/pdf/fit.ts';
import { safeColor } from '#platform/pdf/heading.ts';
import { ink, type Paper } from '#platform/pdf/paper.ts';
import type { Letterhead, Recipient } from './model.ts';
import { town } from './words.ts';

const present = (lines: string[]) => lines.filter(Boolean);

/** The garden, top left: its colour is a bar, and without it nothing is lost. */
export function drawLetterhead(paper: Paper, { name, legalForm, address, postcode, city, phone, email, accent }: Letterhead): void {
  const { left, top } = paper.frame;
  const room = 250;
  paper.box(left, top + 4, 5, 78, { fill: safeColor(accent || ink.black) });
  const size = largestSize(paper.width(name, { size: 1, weight: 'bold' }), room, 11, 16);
  paper.text(paper.shorten(name, room, { size, weight: 'bold' }), left + 16, top + 20, { size, weight: 'bold' });
  const lines = present([legalForm, address, town({ postcode, city }), [phone, email].filter(Boolean).join(' · ')]);
  for (const [index, line] of lines.entries())
    paper.text(paper.shorten(line, room, { size: 10 }), left + 16, top + 37 + index * 14, { size: 10 });
}

/** The customer, where the window of a long envelope (110 × 220 mm) is. */
export function drawRecipient(paper: Paper, { name, address, postcode, city }: Recipient): void {
  const x = 312;
  const room = paper.frame.right - x;
  const style = { size: 11.5 };
  const lines = [
    ...paper.wrap(name, room, { ...style, weight: 'bold' }, 2).map((text) => ({ text, weight: 'bold' as const })),
    ...present([...address.split('\n'), town({ postcode, city })])
      .flatMap((line) => paper.wrap(line, room, style, 2))
      .map((text) => ({ text })),
  ];
  for (const [index, line] of lines.slice(0, 6).entries()) paper.text(line.text, x, 158 + index * 15.5, { ...style, ...line });
}

/** Name and legal numbers at the foot of each page. */
export function foot(paper: Paper, { name, legalForm }: Letterhead, identity: string, page: string): void {
  const { left, right, bottom } = paper.frame;
  const style = { size: 8.5, color: ink.grey };
  paper.rule(bottom - 18, left, right);
  const text = [name, legalForm, identity].filter(Boolean).join(' · ');
  const room = right - left - (page ? paper.width(page, style) + 16 : 0);
  paper.text(paper.shorten(text, room, style), left, bottom - 5, style);
  if (page) paper.text(page, right, bottom - 5, { ...style, align: 'right' });
}
