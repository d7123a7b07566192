import { type Day, daysBetween } from '#kernel/day.ts';

const inParis = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** Today in France; `COCAGNE_TODAY=2024-12-20` sets it for checks, tests and demonstrations. The only clock of the house: rules take the day as an argument. */
export const today = (): Day => process.env.COCAGNE_TODAY || inParis.format(new Date());

/** This moment; the same hour of the day that is set, when one is. */
export const now = (): Date => {
  const moment = new Date();
  return new Date(moment.getTime() + daysBetween(inParis.format(moment), today()) * 86_400_000);
};
