import type { Day } from '#kernel/day.ts';
import type { Unit } from '#kernel/quantity.ts';
import type { Carriers } from '../rules/crates.ts';
import type { SheetOrder } from '../rules/stop-order.ts';

/**
 * What a day's sheets print, in plain values. No price and nothing about who pays: on paper, every basket of a type is the same basket.
 * Every `counts` has one whole number per product, in the order of `products`.
 */
export type DaySheet = {
  garden: string;
  /** whom to call, on what is left at a depot; '' when the garden gives none */
  phone: string;
  /** the day of delivery */
  date: Day;
  /** the day the sheet is made, for « édité le … » */
  editedOn: Day;
  /** basket types, in the order the garden shows them */
  products: string[];
  /** how many fit in a crate, in the order of `products`; null: they do not go in crates */
  perCrate: (number | null)[];
  carriers: Carriers;
  /** how the garden wants its stops, but on the route sheet */
  order: SheetOrder;
  /** in the order of the day */
  tours: TourSheet[];
};

export type TourSheet = {
  code: string;
  name: string;
  /** « #2e7d32 »; anything else prints black */
  color: string;
  /** ISO week the delivery belongs to */
  week: number;
  preparedOn: Day;
  /** in the order of the tour; those with no basket that day may be among them and are not printed */
  stops: StopSheet[];
  /** what baskets hold; empty while nothing is composed */
  contents: ContentsLine[];
  /** Held back at the garden, and in no count; none most days. */
  held?: HeldLine[];
};

export type HeldLine = { order: number; depotName: string; name: string; product: string; quantity: number };

/** `quantities`: thousandths of the unit in one basket, in the order of `products`; 0 for none. */
export type ContentsLine = { produce: string; unit: Unit; quantities: number[] };

export type StopSheet = {
  order: number;
  depotNumber: string;
  depotName: string;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  contact: string;
  /** what the garden wants said of the depot, '' when nothing */
  mention: string;
  /** how to get in, for the driver alone (route sheet): « Code d’accès : 4512B · portail vert » */
  access: string;
  /** « 08h20 » */
  arrival: string;
  /** « 16h-19h » */
  pickup: string;
  /** places for baskets; null when there is no limit */
  capacity: number | null;
  counts: number[];
  /** in any order; the preparation sheet does not need them */
  customers: CustomerLine[];
};

/**
 * `others`: who else collects for her: « Anna Barré, Marc »; `otherPhone`: whom of them to call, for the driver alone (route sheet). '' or left out:
 * nobody.
 */
export type CustomerLine = { name: string; phone: string; counts: number[]; others?: string; otherPhone?: string };
