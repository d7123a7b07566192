import { type Frequency, frequenciesOf, type OfferedFrequency } from './offer.ts';

/** Baskets of a tour by frequency of the subscription they come from: `{ even_weeks: 12, odd_weeks: 30 }`. What is absent is 0. */
export type Loads = Partial<Record<Frequency, number>>;

/** A side on which a subscription can be put, with the baskets it carries already. */
export type Side = { frequency: Frequency; baskets: number };

/**
 * The side on which new baskets weigh least, so that the weeks of a tour balance: even or odd weeks, first to fourth week of the month.
 * Baskets of the other kinds fall on each side alike in the course of a year, and decide nothing. On equal loads, the first side.
 */
export function lightestSide(offered: OfferedFrequency, loads: Loads): { frequency: Frequency; sides: Side[] } {
  const sides = frequenciesOf(offered).map((frequency) => ({ frequency, baskets: loads[frequency] ?? 0 }));
  const lightest = sides.reduce((light, side) => (side.baskets < light.baskets ? side : light));
  return { frequency: lightest.frequency, sides };
}
