import { ink, type Surface } from '#platform/pdf/paper.ts';
import type { NewsletterPage, Titled } from './newsletter-model.ts';
import {
  cutFlow,
  drawFlow,
  drawHeading,
  type FlowLine,
  flow,
  flowHeight,
  headingHeight,
  type Part,
  type Place,
  twoColumns,
} from './newsletter-text.ts';

const gutter = 22;

/** Sums of heights differ by less than this. */
const hair = 0.01;

/** The most lines, up to all of them, whose height is within `most`; one at least. */
function fitting(count: number, most: number, height: (kept: number) => number): number {
  let [kept, over] = [1, count + 1];
  while (over - kept > 1) {
    const middle = (kept + over) >> 1;
    if (height(middle) <= most + hair) kept = middle;
    else over = middle;
  }
  return kept;
}

/** A title and a text; from six lines on, in two columns, which the eye follows more easily. */
export function newsPart({ title, text }: Titled): Part {
  return (surface, place, size, most = Number.POSITIVE_INFINITY) => {
    const top = headingHeight(size);
    const wide = flow(surface, text, { width: place.width, size });
    const columns = wide.length > 5 ? 2 : 1;
    const width = columns === 2 ? (place.width - gutter) / 2 : place.width;
    const all = columns === 2 ? flow(surface, text, { width, size }) : wide;
    const split = (lines: FlowLine[]) => (columns === 2 ? twoColumns(lines, size) : [lines]);
    const heightOf = (lines: FlowLine[]) => Math.max(...split(lines).map((column) => flowHeight(column, size)));
    const kept = fitting(all.length, most - top, (count) => heightOf(all.slice(0, count)));
    const shown = split(cutFlow(surface, all, kept, { width, size }));
    return {
      height: top + heightOf(all.slice(0, kept)),
      lost: all.length - kept,
      draw: (target, y) => {
        drawHeading(target, place, y, size, title);
        for (const [at, column] of shown.entries()) drawFlow(target, column, place.left + at * (width + gutter), y + top, size);
      },
    };
  };
}

/** Ingredients at the left, numbered steps at the right, on a tinted ground. */
export function recipePart({ name, effort, ingredients, steps }: NonNullable<NewsletterPage['recipe']>): Part {
  return (surface, place, size, most = Number.POSITIVE_INFINITY) => {
    const pad = size * 0.9;
    const inner = { ...place, left: place.left + pad, width: place.width - 2 * pad };
    const title = headingHeight(size);
    const listWidth = ingredients ? inner.width * 0.32 : 0;
    const left = { width: listWidth, size: size * 0.96, marks: 'bullets' as const };
    const right = { width: inner.width - (ingredients ? listWidth + gutter : 0), size, marks: 'steps' as const };
    const list = ingredients ? flow(surface, ingredients, left) : [];
    const all = flow(surface, steps, right);
    const room = most - title - 2 * pad;
    const keptList = fitting(list.length, room, (count) => flowHeight(list.slice(0, count), left.size));
    const kept = fitting(all.length, room, (count) => flowHeight(all.slice(0, count), size));
    const shownList = cutFlow(surface, list, keptList, left);
    const shown = cutFlow(surface, all, kept, right);
    const height = title + 2 * pad + Math.max(flowHeight(shownList, left.size), flowHeight(shown, size));
    return {
      height,
      lost: list.length - shownList.length + all.length - shown.length,
      draw: (target, y) => {
        target.box(place.left, y, place.width, height, { fill: ink.tint, radius: 8 });
        drawHeading(target, inner, y + pad, size, name, effort);
        const top = y + pad + title;
        drawFlow(target, shownList, inner.left, top, left.size);
        drawFlow(target, shown, inner.left + inner.width - right.width, top, size);
      },
    };
  };
}

/** The coming deliveries, then what closes or moves; side by side where there is room. */
export function datesPart({ coming, closings }: NonNullable<NewsletterPage['dates']>): Part {
  return (surface, place, size, most = Number.POSITIVE_INFINITY) => {
    const top = headingHeight(size);
    const groups = [
      { title: 'Prochaines livraisons', text: coming.join('\n') },
      { title: 'À noter', text: closings.join('\n') },
    ].filter(({ text }) => text);
    const beside = groups.length === 2 && place.width > 360;
    const width = beside ? (place.width - gutter) / 2 : place.width;
    let left = most;
    let lost = 0;
    const laid = groups.map(({ title, text }) => {
      const shape = { width, size, marks: 'bullets' as const };
      const all = flow(surface, text, shape);
      const kept = fitting(all.length, (beside ? most : left) - top, (count) => flowHeight(all.slice(0, count), size));
      const lines = cutFlow(surface, all, kept, shape);
      const height = top + flowHeight(lines, size);
      left -= height + size * 0.6;
      lost += all.length - lines.length;
      return { title, lines, height };
    });
    const height = beside
      ? Math.max(...laid.map((one) => one.height))
      : laid.reduce((sum, one) => sum + one.height, (laid.length - 1) * size * 0.6);
    return {
      height,
      lost,
      draw: (target, y) => {
        let at = { ...place, width };
        let line = y;
        for (const { title, lines, height: own } of laid) {
          drawHeading(target, at, line, size, title);
          drawFlow(target, lines, at.left, line + top, size);
          if (beside) at = { ...at, left: at.left + width + gutter };
          else line += own + size * 0.6;
        }
      },
    };
  };
}

/** A few fixed words in a frame. */
export function noticePart({ title, text }: Titled): Part {
  return (surface, place, size, most = Number.POSITIVE_INFINITY) => {
    const pad = size * 0.8;
    const inner: Place = { ...place, left: place.left + pad, width: place.width - 2 * pad };
    const top = title ? headingHeight(size) : 0;
    const shape = { width: inner.width, size };
    const all = flow(surface, text, shape);
    const kept = fitting(all.length, most - top - 2 * pad, (count) => flowHeight(all.slice(0, count), size));
    const lines = cutFlow(surface, all, kept, shape);
    const height = top + 2 * pad + flowHeight(lines, size);
    return {
      height,
      lost: all.length - lines.length,
      draw: (target: Surface, y) => {
        target.box(place.left, y, place.width, height, { stroke: place.accent, thickness: 1.2, radius: 8 });
        if (title) drawHeading(target, inner, y + pad, size, title);
        drawFlow(target, lines, inner.left, y + pad + top, size);
      },
    };
  };
}
