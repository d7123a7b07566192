import type { Day, Weekday } from '#kernel/day.ts';
import type { Ask } from './asks.ts';
import type { ComingLine, NamedReason } from './lines.ts';

/** Told beforehand: null when it may be asked; else why not, and whether staff may allow it all the same. */
export type Told = { why: string; mayDispense: boolean } | null;

/** Where and when baskets are collected, as customers need it. */
export type CollectionPlace = {
  slotId: number;
  depot: string;
  /** Of the slot, when a depot has several. */
  name: string;
  address: string;
  postcode: string;
  city: string;
  pickup: string;
  mention: string;
  weekday: Weekday;
};

/** A reason, with the day of the other week it is about. */
export type OwnReason = NamedReason & { on?: Day };

/** A delivery to come as its customer sees it. */
export type OwnLine = Omit<ComingLine, 'reasons'> & {
  reasons: OwnReason[];
  /** Null when nothing is to be collected. */
  place: CollectionPlace | null;
  tourId: number | null;
  productId: number | null;
  /** Last day on which the customer may still ask for something; null once it is over. */
  until: Day | null;
  /** What may be asked for; null beyond `toldUntil`. */
  told: Record<Exclude<Ask['kind'], 'manual'>, Told> | null;
};
