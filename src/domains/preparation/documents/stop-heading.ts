import { ink, Paper, type Style } from '#platform/pdf/paper.ts';
import { sayCapacity, total } from './counts.ts';
import { safeColor } from './heading.ts';
import type { StopSheet, TourSheet } from './model.ts';

type Position = { page: number; pages: number };
/** What stands above the customers, and how high it is (with the space that follows). */
export type StopHeading = { height: number; draw: (paper: Paper, position: Position) => void };

const small = { size: 11, color: ink.grey };
const strong = { size: 14, weight: 'bold' } as const;
const plain = { size: 14 };
const lineHeight = 19;
const frame = Paper.frame('portrait');
const left = frame.left + 18;

const sayPage = ({ page, pages }: Position): string => (pages > 1 ? `page ${page}/${pages}` : '');

/** First page of a stop: the depot's name, large; where it is, whom to call, when people come, how many places. */
export function depotHeading(paper: Paper, tour: TourSheet, stop: StopSheet): StopHeading {
  const title = { size: 25, weight: 'bold' } as const;
  const time = { size: 25, weight: 'bold' } as const;
  const titleRoom = frame.right - left - paper.width(stop.arrival, time) - 20;
  const wrapped = (text: string, room: number, style: Style, most: number) =>
    text ? paper.wrap(text, room, style, most).map((line) => ({ ...style, text: line })) : [];
  const titleLines = wrapped(stop.depotName, titleRoom, title, 3);
  const half = (frame.right - left) / 2;
  const { text: capacity, over } = sayCapacity(total(stop.counts), stop.capacity);

  const town = [stop.postcode, stop.city].filter(Boolean).join(' ');
  const leftLines = [
    ...wrapped(stop.address, half - 16, plain, 2),
    ...wrapped(town, half - 16, plain, 2),
    ...wrapped(stop.contact && `Contact : ${stop.contact}`, half - 16, plain, 2),
    ...wrapped(stop.phone, half - 16, strong, 2),
  ];
  const rightLines = [...wrapped(stop.pickup && `Retrait ${stop.pickup}`, half, strong, 3), { ...plain, text: capacity }];
  const warning = over > 0 ? `Dépassement : ${over} ${over > 1 ? 'paniers' : 'panier'} de trop` : '';
  const mention = [
    ...wrapped(stop.access, frame.right - left - 24, { ...plain, weight: 'bold' }, 2),
    ...wrapped(stop.mention, frame.right - left - 24, plain, 5),
  ];

  const titleTop = frame.top + 22;
  const detailsTop = titleTop + titleLines.length * 29 + 8;
  const detailsHeight = Math.max(leftLines.length, rightLines.length + (warning ? 1.4 : 0)) * lineHeight;
  const mentionTop = detailsTop + detailsHeight + 8;
  const mentionHeight = mention.length ? mention.length * lineHeight + 10 : 0;
  const end = mentionTop + mentionHeight;

  return {
    height: end + 10 - frame.top,
    draw: (target, position) => {
      target.box(frame.left, frame.top, 6, end - frame.top - (mention.length ? 0 : 6), { fill: safeColor(tour.color) });
      const about = [`${tour.code} · arrêt ${stop.order}`, stop.depotNumber && `dépôt n° ${stop.depotNumber}`, sayPage(position)]
        .filter(Boolean)
        .join(' · ');
      target.text(target.shorten(about, titleRoom, small), left, frame.top + 10, small);
      if (stop.arrival) target.text('Livraison', frame.right, frame.top + 10, { ...small, align: 'right' });
      target.text(stop.arrival, frame.right, titleTop + 22, { ...time, align: 'right' });
      target.lines(titleLines, left, titleTop + 22, 29);
      target.lines(leftLines, left, detailsTop + 14, lineHeight);
      target.lines(rightLines, left + half, detailsTop + 14, lineHeight);
      if (warning) {
        const y = detailsTop + rightLines.length * lineHeight + 2;
        target.box(left + half, y, target.width(warning, strong) + 16, 22, { fill: ink.black, radius: 3 });
        target.text(warning, left + half + 8, y + 16, { ...strong, color: ink.white });
      }
      if (mention.length) {
        target.box(left, mentionTop, frame.right - left, mentionHeight, { fill: ink.tint, radius: 3 });
        target.lines(mention, left + 12, mentionTop + 19, lineHeight);
      }
    },
  };
}

/** The next pages: the depot's name again, « (suite) ». */
export function continuedHeading(paper: Paper, tour: TourSheet, stop: StopSheet): StopHeading {
  const title = { size: 19, weight: 'bold' } as const;
  const suffix = ' (suite)';
  const room = frame.right - left;
  const shown = paper.shorten(stop.depotName, room - paper.width(suffix, title), title);
  return {
    height: 58,
    draw: (target, position) => {
      target.box(frame.left, frame.top, 6, 42, { fill: safeColor(tour.color) });
      target.text(`${tour.code} · arrêt ${stop.order} · ${sayPage(position)}`, left, frame.top + 10, small);
      target.text(shown + suffix, left, frame.top + 36, title);
    },
  };
}
