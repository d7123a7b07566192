import type { Day } from '#kernel/day.ts';

const inParis = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** Today in France; `COCAGNE_TODAY=2024-12-20` sets it for checks, tests and demonstrations. The only clock of the house: rules take the day as an argument. */
export const today = (): Day => process.env.COCAGNE_TODAY || inParis.format(new Date());
