import { type Day, sayDay, sayDayAndYear } from '#kernel/day.ts';

/** « le mercredi 3 décembre », « du 3 au 10 décembre », « du mercredi 24 décembre au mercredi 7 janvier 2026 » */
export function sayStretch(from: Day, until: Day): string {
  if (from === until) return `le ${sayDay(from)}`;
  if (from.slice(0, 7) === until.slice(0, 7)) {
    const number = Number(from.slice(8));
    return `du ${number === 1 ? '1er' : number} au ${sayDay(until).split(' ').slice(1).join(' ')}`;
  }
  return `du ${sayDay(from)} au ${from.slice(0, 4) === until.slice(0, 4) ? sayDay(until) : sayDayAndYear(until)}`;
}

/** A basket that is not collected where it usually is. */
export type Displaced = {
  date: Day;
  /** What is received: « 2 Petit panier ». */
  what: string;
  /** Where and when it is to be collected; null when nothing stands in for the closed depot that week. */
  instead: { date: Day; depot: string; address: string; pickup: string } | null;
};

/** What becomes of a basket of a closed depot, in a line. Nothing in it says what is paid. */
export function displacedLine({ date, what, instead }: Displaced, depot: string): string {
  if (!instead) return `${sayDay(date)} : ${what}. Pas de livraison à ${depot} ce jour-là.`;
  const where = [instead.depot, instead.address].filter(Boolean).join(', ');
  const day = instead.date === date ? sayDay(date) : `${sayDay(instead.date)} au lieu du ${sayDay(date)}`;
  return `${day} : ${what}, à retirer à ${where}${instead.pickup ? ` (retrait : ${instead.pickup})` : ''}.`;
}
