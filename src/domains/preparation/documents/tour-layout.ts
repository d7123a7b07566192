import { footerHeight } from '#platform/pdf/pages.ts';
import { type Frame, type Orientation, Paper, type Style } from '#platform/pdf/paper.ts';
import { type Cell, type Column, cellHeight, layOut } from '#platform/pdf/row.ts';
import { headingHeight } from './heading.ts';
import type { StopSheet } from './model.ts';
import { distinctNames } from './names.ts';
import { type FigureColumns, figureColumns } from './product-columns.ts';
import { type Spread, spread } from './spread.ts';

/** Type of the table of stops; the dense one is taken when it saves a page. */
export type Type = {
  order: Style;
  arrival: Style;
  name: Style;
  address: Style;
  phone: Style;
  figure: Style;
  heading: Style;
  padding: number;
};

const roomy: Type = {
  order: { size: 17, weight: 'bold' },
  arrival: { size: 14, weight: 'bold' },
  name: { size: 13, weight: 'bold' },
  address: { size: 11 },
  phone: { size: 12, weight: 'bold' },
  figure: { size: 16 },
  heading: { size: 10.5, weight: 'bold' },
  padding: 10,
};
const dense: Type = {
  ...roomy,
  name: { size: 12, weight: 'bold' },
  address: { size: 10.5 },
  phone: { size: 11.5, weight: 'bold' },
  figure: { size: 15 },
  heading: { size: 9.5, weight: 'bold' },
  padding: 6,
};

export const totalsHeight = 36;
const leastPlace = 185;
const placePadding = 10;

export type StopRow = { stop: StopSheet; place: Cell; height: number };
export type TourLayout = {
  type: Type;
  orientation: Orientation;
  frame: Frame;
  /** order, arrival, place, one per product, total */
  columns: Column[];
  figures: FigureColumns;
  sheets: Spread<StopRow>[];
};

/** The table of the stops of a tour laid out: upright unless its products need the width, dense if that saves a page. `sums`: its totals. */
export function layOutTour(paper: Paper, stops: StopSheet[], products: string[], sums: number[]): TourLayout {
  const first = layOutIn(paper, stops, products, sums, roomy);
  if (first.sheets.length === 1) return first;
  const second = layOutIn(paper, stops, products, sums, dense);
  return second.sheets.length < first.sheets.length ? second : first;
}

function layOutIn(paper: Paper, stops: StopSheet[], products: string[], sums: number[], type: Type): TourLayout {
  const orderWidth = Math.max(...stops.map((stop) => paper.width(String(stop.order), type.order))) + 12;
  const arrivalWidth = Math.min(90, Math.max(30, ...stops.map((stop) => paper.width(stop.arrival, type.arrival))) + 14);

  const attempts = [false, true].flatMap((turned) =>
    (['portrait', 'landscape'] as const).map((orientation) => {
      const frame = Paper.frame(orientation);
      const room = frame.right - frame.left - orderWidth - arrivalWidth;
      const { figure, heading } = type;
      const figures = figureColumns(paper, products, sums, { room: room - leastPlace, figure, heading, turned });
      return { orientation, frame, figures, place: room - figures.widths.reduce((sum, width) => sum + width, 0) };
    }),
  );
  const { orientation, frame, figures, place } = attempts.find((attempt) => attempt.figures.fits) ?? attempts.at(-1)!;
  const names = distinctNames(stops);
  const longest = Math.max(
    ...names.map((name) => paper.width(name, type.name)),
    ...stops.map((stop) => paper.width(streetOf(stop), type.address)),
  );
  // What names do not need goes to the figures, up to a point: too far apart, they no longer read as a row.
  const extra = Math.max(0, Math.min(16, (place - longest - placePadding - 4) / figures.widths.length));
  const placeWidth = Math.max(60, place - extra * figures.widths.length);
  const columns = layOut(frame.left, [
    { width: orderWidth },
    { width: arrivalWidth },
    { width: placeWidth },
    ...figures.widths.map((width) => ({ width: width + extra, align: 'center' as const })),
  ]);
  const rows = stops.map((stop, index) => {
    const cell = placeCell(paper, stop, names[index]!, placeWidth - placePadding, type);
    return { stop, place: cell, height: cellHeight(cell) + type.padding };
  });
  const room = frame.bottom - footerHeight - totalsHeight - frame.top - headingHeight - figures.headingHeight;
  return { type, orientation, frame, columns, figures, sheets: spread(rows, room, 14) };
}

/** Drivers know the way: no postcode. */
const streetOf = ({ address, city }: StopSheet): string => [address, city].filter(Boolean).join(', ');

/** Name, address and phone, as whole as two lines each allow. */
function placeCell(paper: Paper, stop: StopSheet, shownName: string, room: number, { name, address, phone }: Type): Cell {
  const street = streetOf(stop);
  return [
    ...paper.wrap(shownName, room, name, 2).map((text) => ({ ...name, text })),
    ...(street ? paper.wrap(street, room, address, 2).map((text) => ({ ...address, text })) : []),
    ...(stop.phone ? paper.wrap(stop.phone, room, phone, 2).map((text) => ({ ...phone, text })) : []),
  ];
}
