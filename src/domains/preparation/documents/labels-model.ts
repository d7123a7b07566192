import type { Day } from '#kernel/day.ts';

/** A sheet of labels as it is sold: A4, in millimetres. */
export type LabelFormat = { columns: number; rows: number; width: number; height: number; left: number; top: number; gapX: number };

export const labelFormats: Record<'3x8' | '3x7' | '2x7' | '2x4', LabelFormat> = {
  '3x8': { columns: 3, rows: 8, width: 70, height: 37, left: 0, top: 0.5, gapX: 0 },
  '3x7': { columns: 3, rows: 7, width: 63.5, height: 38.1, left: 7.2, top: 15.1, gapX: 2.5 },
  '2x7': { columns: 2, rows: 7, width: 99.1, height: 38.1, left: 4.6, top: 15.1, gapX: 2.6 },
  '2x4': { columns: 2, rows: 4, width: 99.1, height: 67.7, left: 4.6, top: 13, gapX: 2.6 },
};

/** What labels print, in plain values; no price, nothing about who pays. */
export type LabelsSheet = {
  garden: string;
  date: Day;
  editedOn: Day;
  format: LabelFormat;
  code: 'code128' | 'qr' | 'none';
  /** in the order they are stuck: tour, stop, kind of basket, name */
  labels: Label[];
};

export type Label = {
  tourCode: string;
  stopOrder: number;
  depotName: string;
  /** the person, as the garden names her; '' on a crate */
  name: string;
  /** « Grand panier », « 3 Petit panier + 1 Grand panier » */
  what: string;
  /** « 1/2 », « caisse 1/3 »: which of several; '' when alone */
  part: string;
  /** what the code says: delivery, slot, then the subscription, the place of the crate (« C2 ») or the product (« P7 ») */
  code: string;
};
