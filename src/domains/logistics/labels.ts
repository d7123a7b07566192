import type { Day, Weekday } from '#kernel/day.ts';
import { weekdayNames } from '#kernel/day.ts';

/** French names of what logistics shows. */
export const depotCategories = { open: 'Ouvert à tous', reserved: 'Réservé', professional: 'Professionnel' } as const;
export type DepotCategory = keyof typeof depotCategories;

export const depotCategoryHints: Record<DepotCategory, string> = {
  open: 'Proposé à tout le monde.',
  reserved: 'Proposé seulement à qui connaît le mot de passe (un comité d’entreprise par exemple).',
  professional: 'Pour une structure et les personnes qui y travaillent.',
};

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const satisfies Weekday[];
export const weekdayOptions = weekdays.map((weekday) => ({ value: weekday, label: weekdayNames[weekday] }));

/** « 08:20:00 » → « 08h20 »; null → ''. */
export const sayTime = (time: string | null): string => (time ? time.slice(0, 5).replace(':', 'h') : '');

/** 38_400 → « 38,4 km ». Neither is cut at the end of a line. */
export const sayKilometres = (metres: number): string =>
  `${(metres / 1000).toLocaleString('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 })}\u00a0km`;

/** 95 → « 1 h 35 », 40 → « 40 min ». */
export const sayMinutes = (minutes: number): string =>
  minutes < 60 ? `${minutes}\u00a0min` : `${Math.floor(minutes / 60)}\u00a0h\u00a0${String(minutes % 60).padStart(2, '0')}`;

const months = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
const weekdayShorts = ['di.', 'lu.', 'ma.', 'me.', 'je.', 've.', 'sa.'];

/** « me. 7 mai »: a day in a calendar's cell. A season says hundreds of them: no formatter is asked. */
export function sayBriefDay(day: Day): string {
  const number = Number(day.slice(8));
  const weekday = weekdayShorts[new Date(`${day}T00:00:00Z`).getUTCDay()];
  return `${weekday} ${number === 1 ? '1er' : number} ${months[Number(day.slice(5, 7)) - 1]}`;
}
