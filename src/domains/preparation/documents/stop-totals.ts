import { ink, Paper } from '#platform/pdf/paper.ts';
import { named, sayBaskets, total } from './counts.ts';
import type { StopSheet } from './model.ts';

const figure = { size: 16, weight: 'bold' } as const;
const word = { size: 12.5 };
const lineHeight = 22;
const gap = 18;

/** The totals of a stop, by type: « 36 paniers  24 Simple  6 Familial … », on as many lines as they need. Drawn at the foot of its pages. */
export function totalsBand(
  paper: Paper,
  stop: StopSheet,
  products: string[],
): { height: number; draw: (paper: Paper, top: number) => void } {
  const { left, right } = Paper.frame('portrait');
  const sum = sayBaskets(total(stop.counts));
  const label = { size: 12.5, weight: 'bold' } as const;
  const start = left + Math.max(paper.width('Total du dépôt', label), paper.width(sum, figure)) + 28;
  const room = right - start;

  const placed: { x: number; line: number; count: string; product: string }[] = [];
  let x = start;
  let line = 0;
  for (const { count, product } of named(stop.counts, products)) {
    const counted = paper.width(String(count), figure) + 5;
    const shown = paper.shorten(product, room - counted, word);
    const width = counted + paper.width(shown, word);
    if (x > start && x + width > right) {
      x = start;
      line += 1;
    }
    placed.push({ x, line, count: String(count), product: shown });
    x += width + gap;
  }
  const lines = Math.max(2, line + 1);

  return {
    height: lines * lineHeight + 12,
    draw: (target, top) => {
      target.rule(top + 4, left, right, { thickness: 2, color: ink.black });
      const baseline = (index: number) => top + 24 + index * lineHeight;
      target.text('Total du dépôt', left, baseline(0), label);
      target.text(sum, left, baseline(1), figure);
      for (const { x: at, line: index, count, product } of placed) {
        target.text(count, at, baseline(index), figure);
        target.text(product, at + target.width(count, figure) + 5, baseline(index), word);
      }
    },
  };
}
