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

export type ClosingMessage = {
  customer: string;
  depot: string;
  from: Day;
  until: Day;
  reason: string;
  baskets: readonly Displaced[];
  garden: { name: string; phone: string; email: string };
};

/** The letter that tells a customer where the baskets of a closed depot go. Nothing in it says what is paid. */
export function closingMessage({ customer, depot, from, until, reason, baskets, garden }: ClosingMessage): {
  subject: string;
  text: string;
} {
  const when = sayStretch(from, until);
  const lost = baskets.some((basket) => basket.instead === null);
  const lines = baskets.map((basket) => {
    if (!basket.instead) return `- ${sayDay(basket.date)} : ${basket.what}. Pas de livraison à ${depot} ce jour-là.`;
    const { date, depot: place, address, pickup } = basket.instead;
    const where = [place, address].filter(Boolean).join(', ');
    const day = date === basket.date ? sayDay(date) : `${sayDay(date)} au lieu du ${sayDay(basket.date)}`;
    return `- ${day} : ${basket.what}, à retirer à ${where}${pickup ? ` (retrait : ${pickup})` : ''}.`;
  });
  const reach = [garden.phone && `au ${garden.phone}`, garden.email && `à ${garden.email}`].filter(Boolean).join(' ou ');
  const text = [
    `Bonjour${customer ? ` ${customer}` : ''},`,
    '',
    `Le point de dépôt ${depot} est fermé ${when}${reason ? ` (${reason})` : ''}.`,
    baskets.length === 1 ? 'Voici ce qui change pour votre panier :' : 'Voici ce qui change pour vos paniers :',
    '',
    ...lines,
    '',
    ...(lost ? [`Pour décider avec nous de ce qu’il advient des paniers sans livraison, joignez-nous${reach ? ` ${reach}` : ''}.`] : []),
    'Ensuite, tout redevient comme d’habitude.',
    ...(!lost && reach ? [`Une question ? Joignez-nous ${reach}.`] : []),
    '',
    garden.name,
  ];
  return { subject: `Votre panier : ${depot} est fermé ${when}`, text: text.join('\n') };
}
